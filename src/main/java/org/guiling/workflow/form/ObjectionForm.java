package org.guiling.workflow.form;

import org.guiling.supervision.Rung;

/** {@code objection-request.form} (申辩). */
public final class ObjectionForm {

    public static final FormContract FORM = new FormContract("objection-request");

    public static final Field<Rung> RUNG = FORM.with(Field.code("rung", Rung.class));
    public static final Field<String> REASON = FORM.with(Field.text("reason"));
    public static final Field<String> EVIDENCE = FORM.with(Field.text("evidence"));

    static {
        FORM.with(RequestForm.ITEM_NO);
    }

    private ObjectionForm() {}
}
