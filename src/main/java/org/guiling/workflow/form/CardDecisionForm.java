package org.guiling.workflow.form;

import org.guiling.workflow.CardOutcome;

/** {@code card-decision.form} (发牌决定). */
public final class CardDecisionForm {

    public static final FormContract FORM = new FormContract("card-decision");

    public static final Field<CardOutcome> DECISION = FORM.with(Field.code("decision", CardOutcome.class));
    public static final Field<String> OPINION = FORM.with(Field.text("opinion"));

    private CardDecisionForm() {}
}
