package org.guiling.process;

import java.util.Map;
import org.guiling.escalation.Card;
import org.guiling.escalation.Cards;
import org.guiling.item.Item;
import org.guiling.organization.Person;
import org.guiling.text.Texts;
import org.guiling.workflow.CardDecisionForm;
import org.guiling.workflow.CardOutcome;
import org.guiling.workflow.CardTakingBackForm;
import org.guiling.workflow.FiveStepZeroing.Variables;
import org.guiling.workflow.FormValues;
import org.guiling.workflow.SupervisionTask;
import org.springframework.stereotype.Component;

/** Completes the user tasks of supervision: takes the form, calls one use case and returns the decision. */
@Component
class SupervisionCompletions {

    private final Cards cards;
    private final CardReplies replies;
    private final Texts texts;

    SupervisionCompletions(Cards cards, CardReplies replies, Texts texts) {
        this.cards = cards;
        this.replies = replies;
        this.texts = texts;
    }

    /** The task's name in the lists: which card it is about says more than that it is one. */
    String title(SupervisionTask task, String name, Item item) {
        Card card = task == SupervisionTask.DECIDE_ON_CARD ? cards.proposed(item) : cards.issued(item);
        return texts.get("task.card", name, texts.label(card.rung()));
    }

    StepCompletions.Result complete(SupervisionTask task, Item item, FormValues values, Person person) {
        return switch (task) {
            case DECIDE_ON_CARD -> decide(item, values, person);
            case TAKE_BACK_CARD -> takeBack(item, values, person);
        };
    }

    private StepCompletions.Result decide(Item item, FormValues values, Person person) {
        CardOutcome decision = values.get(CardDecisionForm.DECISION);
        cards.decide(item, decision == CardOutcome.ISSUE, values.get(CardDecisionForm.OPINION), person);
        return new StepCompletions.Result(
                Map.of(), Map.of(Variables.OUTCOME, decision.value(), SupervisionTask.ISSUER, person.id()));
    }

    private StepCompletions.Result takeBack(Item item, FormValues values, Person person) {
        cards.takeBack(item, values.get(CardTakingBackForm.OPINION), person);
        replies.endOfThoseThatFell(item);
        return StepCompletions.Result.none();
    }
}
