package org.guiling.workflow.form;

import org.guiling.workflow.DeclineRuling;

/** {@code decline-ruling.form} (退回裁定). */
public final class DeclineRulingForm {

    public static final FormContract FORM = new FormContract("decline-ruling");

    public static final Field<DeclineRuling> DECISION = FORM.with(Field.code("decision", DeclineRuling.class));
    public static final Field<String> NEW_UNIT = FORM.with(Field.text("newUnit"));
    public static final Field<String> OPINION = FORM.with(Field.text("opinion"));

    private DeclineRulingForm() {}
}
