package org.guiling.workflow.form;

import java.time.LocalDate;
import java.util.List;
import org.guiling.item.SourceReply;
import org.guiling.item.step.ClosureStep;
import org.guiling.workflow.SignOffOutcome;

/** {@code sign-off.form} (销号审批). */
public final class SignOffForm {

    public static final FormContract FORM = new FormContract("sign-off");

    public static final Field<SignOffOutcome> DECISION = FORM.with(Field.code("decision", SignOffOutcome.class));
    private static final Field<SourceReply> SOURCE_REPLY = FORM.with(Field.code("sourceReply", SourceReply.class));
    private static final Field<String> SOURCE_REPLY_NOTE = FORM.with(Field.text("sourceReplyNote"));
    private static final Field<List<String>> MERGED_ANSWERED = FORM.with(Field.texts("mergedAnswered"));
    private static final Field<String> MERGED_REPLY_NOTE = FORM.with(Field.text("mergedReplyNote"));
    private static final Field<String> ON_DISSATISFACTION = FORM.with(Field.text("onDissatisfaction"));
    private static final DefectRows DEFECTS = new DefectRows(FORM, 3);
    private static final Field<LocalDate> REWORK_DUE = FORM.with(Field.date("reworkDue"));
    private static final Field<String> OPINION = FORM.with(Field.text("opinion"));

    private SignOffForm() {}

    public static ClosureStep.Answer read(FormValues values) {
        return new ClosureStep.Answer(
                values.get(DECISION) == SignOffOutcome.APPROVE,
                values.get(SOURCE_REPLY),
                values.get(SOURCE_REPLY_NOTE),
                values.get(MERGED_ANSWERED),
                values.get(MERGED_REPLY_NOTE),
                values.get(ON_DISSATISFACTION),
                DEFECTS.read(values),
                values.get(REWORK_DUE),
                values.get(OPINION));
    }
}
