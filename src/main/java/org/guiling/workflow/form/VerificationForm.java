package org.guiling.workflow.form;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.guiling.item.record.CallBack;
import org.guiling.item.record.Criterion;
import org.guiling.item.record.JointFinding;
import org.guiling.item.record.VerificationMethod;
import org.guiling.item.record.VerificationResult;
import org.guiling.item.step.VerificationStep;

/** {@code verification.form} (核查). */
public final class VerificationForm {

    public static final FormContract FORM = new FormContract("verification");

    public static final Field<VerificationResult> DECISION =
            FORM.with(Field.code("decision", VerificationResult.class));
    private static final Field<VerificationMethod> VERIFY_METHOD =
            FORM.with(Field.code("verifyMethod", VerificationMethod.class));
    private static final Field<LocalDate> VERIFIED_ON = FORM.with(Field.date("verifiedOn"));
    private static final Field<List<String>> CO_VERIFIERS = FORM.with(Field.texts("coVerifiers"));
    private static final Field<Set<Criterion>> CRITERIA_PASSED =
            FORM.with(Field.codes("criteriaPassed", Criterion.class));
    private static final Field<CallBack> CALL_BACK = FORM.with(Field.code("callBack", CallBack.class));
    private static final Field<String> CALL_BACK_NOTE = FORM.with(Field.text("callBackNote"));
    private static final DefectRows DEFECTS = new DefectRows(FORM, 6);
    private static final Field<LocalDate> REWORK_DUE = FORM.with(Field.date("reworkDue"));
    private static final Field<String> OPINION = FORM.with(Field.text("opinion"));

    private VerificationForm() {}

    public static VerificationStep.Finding read(FormValues values) {
        return new VerificationStep.Finding(
                values.get(VERIFY_METHOD),
                values.get(VERIFIED_ON),
                values.get(CO_VERIFIERS),
                values.get(CRITERIA_PASSED),
                values.get(DECISION),
                values.get(CALL_BACK),
                values.get(CALL_BACK_NOTE),
                DEFECTS.read(values),
                values.get(REWORK_DUE),
                values.get(OPINION));
    }

    /** Findings of before that were not confirmed: the first verifier goes on from there. */
    public static void show(Map<String, Object> data, JointFinding finding) {
        VERIFY_METHOD.show(data, finding.method());
        VERIFIED_ON.show(data, finding.verifiedOn());
        CO_VERIFIERS.show(data, finding.others());
        CRITERIA_PASSED.show(data, finding.criteria());
        CALL_BACK.show(data, finding.callBack());
        CALL_BACK_NOTE.show(data, finding.callBackNote());
        OPINION.show(data, finding.opinion());
    }
}
