package org.guiling.workflow.form;

/** {@code request-taking-back.form} (撤回申请). */
public final class TakingBackForm {

    public static final FormContract FORM = new FormContract("request-taking-back");

    public static final Field<TakenBack> SUBJECT = FORM.with(Field.code("subject", TakenBack.class));
    public static final Field<String> REASON = FORM.with(Field.text("reason"));

    static {
        FORM.with(RequestForm.ITEM_NO);
    }

    private TakingBackForm() {}
}
