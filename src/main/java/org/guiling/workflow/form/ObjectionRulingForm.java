package org.guiling.workflow.form;

import org.guiling.workflow.ObjectionOutcome;

/** {@code objection-ruling.form} (申辩裁定). */
public final class ObjectionRulingForm {

    public static final FormContract FORM = new FormContract("objection-ruling");

    public static final Field<ObjectionOutcome> DECISION = FORM.with(Field.code("decision", ObjectionOutcome.class));
    public static final Field<String> OPINION = FORM.with(Field.text("opinion"));

    private ObjectionRulingForm() {}
}
