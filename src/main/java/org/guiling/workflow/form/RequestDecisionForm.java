package org.guiling.workflow.form;

import org.guiling.workflow.RequestOutcome;

/** {@code request-decision.form}: any request is decided on with it. */
public final class RequestDecisionForm {

    public static final FormContract FORM = new FormContract("request-decision");

    public static final Field<RequestOutcome> DECISION = FORM.with(Field.code("decision", RequestOutcome.class));
    public static final Field<String> OPINION = FORM.with(Field.text("opinion"));

    private RequestDecisionForm() {}
}
