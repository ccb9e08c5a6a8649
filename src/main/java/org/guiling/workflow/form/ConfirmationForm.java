package org.guiling.workflow.form;

import org.guiling.workflow.ConfirmationOutcome;

/** {@code verification-confirmation.form} (双人确认). */
public final class ConfirmationForm {

    public static final FormContract FORM = new FormContract("verification-confirmation");

    public static final Field<ConfirmationOutcome> DECISION =
            FORM.with(Field.code("decision", ConfirmationOutcome.class));
    public static final Field<String> OPINION = FORM.with(Field.text("opinion"));

    private ConfirmationForm() {}

    static {
        // The form requires it; who confirms says no more with it.
        FORM.with(Field.flag("wasThere"));
    }
}
