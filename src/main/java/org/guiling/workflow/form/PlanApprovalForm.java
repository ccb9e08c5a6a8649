package org.guiling.workflow.form;

import org.guiling.workflow.PlanOutcome;

/** {@code plan-approval.form} (方案审批). */
public final class PlanApprovalForm {

    public static final FormContract FORM = new FormContract("plan-approval");

    public static final Field<PlanOutcome> DECISION = FORM.with(Field.code("decision", PlanOutcome.class));
    public static final Field<String> OPINION = FORM.with(Field.text("opinion"));

    private PlanApprovalForm() {}
}
