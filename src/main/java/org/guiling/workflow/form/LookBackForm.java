package org.guiling.workflow.form;

import java.time.LocalDate;
import org.guiling.item.lookback.LookBackStep;
import org.guiling.item.record.VerificationMethod;
import org.guiling.workflow.LookBackOutcome;

/** {@code look-back.form} (回头看核实). */
public final class LookBackForm {

    public static final FormContract FORM = new FormContract("look-back");

    public static final Field<LookBackOutcome> DECISION = FORM.with(Field.code("decision", LookBackOutcome.class));
    private static final Field<VerificationMethod> VERIFY_METHOD =
            FORM.with(Field.code("verifyMethod", VerificationMethod.class));
    private static final Field<LocalDate> LOOKED_ON = FORM.with(Field.date("lookedOn"));
    private static final Field<Boolean> FALSIFIED = FORM.with(Field.flag("falsified"));
    private static final DefectRows DEFECTS = new DefectRows(FORM, 3);
    private static final Field<LocalDate> REWORK_DUE = FORM.with(Field.date("reworkDue"));
    private static final Field<String> OPINION = FORM.with(Field.text("opinion"));

    private LookBackForm() {}

    public static LookBackStep.Finding read(FormValues values) {
        return new LookBackStep.Finding(
                values.get(VERIFY_METHOD),
                values.get(LOOKED_ON),
                values.get(DECISION) == LookBackOutcome.REBOUNDED,
                values.get(FALSIFIED),
                DEFECTS.read(values),
                values.get(REWORK_DUE),
                values.get(OPINION));
    }
}
