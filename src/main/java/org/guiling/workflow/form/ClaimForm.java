package org.guiling.workflow.form;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.guiling.item.Registration;
import org.guiling.item.step.OwnershipStep;
import org.guiling.workflow.ClaimOutcome;

/** {@code claim.form} (认领). */
public final class ClaimForm {

    public static final FormContract FORM = new FormContract("claim");

    public static final Field<ClaimOutcome> DECISION = FORM.with(Field.code("decision", ClaimOutcome.class));
    public static final Field<String> HANDLER = FORM.with(Field.text("handler"));
    public static final Field<String> DECLINE_REASON = FORM.with(Field.text("declineReason"));
    public static final Field<String> DECLINE_BASIS = FORM.with(Field.text("declineBasis"));
    public static final Field<String> SUGGESTED_UNIT = FORM.with(Field.text("suggestedUnit"));
    private static final Field<String> PRINCIPAL = FORM.with(Field.text("principal"));
    private static final Field<String> DIVISION_LEADER = FORM.with(Field.text("divisionLeader"));
    private static final Field<List<String>> CO_UNITS = FORM.with(Field.texts("coUnits"));
    private static final Field<Boolean> RESPONSIBILITY_CONFIRMED = FORM.with(Field.flag("responsibilityConfirmed"));

    private ClaimForm() {}

    /** @param due the last day of the task, or null */
    public static OwnershipStep.Claim read(FormValues values, LocalDate due) {
        return new OwnershipStep.Claim(
                values.get(PRINCIPAL),
                values.get(DIVISION_LEADER),
                values.get(HANDLER),
                values.get(CO_UNITS),
                values.get(RESPONSIBILITY_CONFIRMED),
                due);
    }

    public static void show(Map<String, Object> data, Registration facts) {
        CO_UNITS.show(data, facts.coUnits());
    }
}
