package org.guiling.workflow.form;

import org.guiling.item.duplicate.DuplicateAnswer;
import org.guiling.item.step.IntakeStep;
import org.guiling.workflow.RegistrationOutcome;

/** {@code registration-review.form} (立项审核). */
public final class RegistrationReviewForm {

    public static final FormContract FORM = new FormContract("registration-review");

    public static final Field<RegistrationOutcome> DECISION =
            FORM.with(Field.code("decision", RegistrationOutcome.class));
    private static final Field<DuplicateAnswer> DUPLICATE_ANSWER =
            FORM.with(Field.code("duplicateAnswer", DuplicateAnswer.class));
    private static final Field<String> DUPLICATE_NOTE = FORM.with(Field.text("duplicateNote"));
    private static final Field<Boolean> ONE_FACT = FORM.with(Field.flag("oneFact"));
    private static final Field<String> OPINION = FORM.with(Field.text("opinion"));

    private RegistrationReviewForm() {}

    public static IntakeStep.Answer read(FormValues values) {
        return new IntakeStep.Answer(
                values.get(DECISION).decision(),
                values.get(DUPLICATE_ANSWER),
                values.get(DUPLICATE_NOTE),
                values.get(ONE_FACT),
                values.get(OPINION));
    }
}
