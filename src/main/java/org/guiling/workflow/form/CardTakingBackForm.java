package org.guiling.workflow.form;

/** {@code card-taking-back.form} (撤回). */
public final class CardTakingBackForm {

    public static final FormContract FORM = new FormContract("card-taking-back");

    public static final Field<String> OPINION = FORM.with(Field.text("opinion"));

    private CardTakingBackForm() {}
}
