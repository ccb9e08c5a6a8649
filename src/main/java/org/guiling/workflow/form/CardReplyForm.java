package org.guiling.workflow.form;

/** {@code card-reply.form} (督办回复). */
public final class CardReplyForm {

    public static final FormContract FORM = new FormContract("card-reply");

    public static final Field<String> CAUSE = FORM.with(Field.text("cause"));
    public static final Field<String> DONE = FORM.with(Field.text("done"));
    public static final Field<String> NEXT = FORM.with(Field.text("next"));

    private CardReplyForm() {}
}
