package org.guiling.workflow.form;

import java.time.LocalDate;
import java.util.List;
import org.guiling.item.RectificationType;
import org.guiling.item.duplicate.DuplicateAnswer;
import org.guiling.item.step.DeadlineStep;
import org.guiling.item.step.FastLane;

/** {@code fast-lane.form} (即办): registration, claim and plan in one. */
public final class FastLaneForm {

    public static final FormContract FORM = new FormContract("fast-lane");

    private static final RegistrationForm.Facts FACTS = new RegistrationForm.Facts(FORM);
    private static final Field<DuplicateAnswer> DUPLICATE_ANSWER =
            FORM.with(Field.code("duplicateAnswer", DuplicateAnswer.class));
    private static final Field<String> PRINCIPAL = FORM.with(Field.text("principal"));
    private static final Field<String> DIVISION_LEADER = FORM.with(Field.text("divisionLeader"));
    private static final Field<String> HANDLER = FORM.with(Field.text("handler"));
    private static final Field<String> ROOT_CAUSE = FORM.with(Field.text("rootCause"));
    private static final Field<String> TARGET = FORM.with(Field.text("target"));
    private static final Field<LocalDate> PLANNED_DUE = FORM.with(Field.date("plannedDue"));
    private static final Field<String> LONG_TERM_WAIVER = FORM.with(Field.text("longTermWaiver"));
    private static final List<MeasureRow> MEASURES = MeasureRow.in(FORM, 2);

    private FastLaneForm() {}

    public static FastLane.Filing read(FormValues values) {
        return new FastLane.Filing(
                FACTS.read(values, null, List.of(), null, null),
                values.get(DUPLICATE_ANSWER),
                values.get(PRINCIPAL),
                values.get(DIVISION_LEADER),
                values.get(HANDLER),
                new DeadlineStep.Draft(
                        values.get(ROOT_CAUSE),
                        RectificationType.IMMEDIATE,
                        values.get(TARGET),
                        values.get(PLANNED_DUE),
                        MeasureRow.read(MEASURES, values),
                        null,
                        values.get(LONG_TERM_WAIVER),
                        null,
                        null));
    }
}
