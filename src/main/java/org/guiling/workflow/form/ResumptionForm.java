package org.guiling.workflow.form;

/** {@code resumption.form} (提前恢复). */
public final class ResumptionForm {

    public static final FormContract FORM = new FormContract("resumption");

    public static final Field<String> OPINION = FORM.with(Field.text("opinion"));

    private ResumptionForm() {}
}
