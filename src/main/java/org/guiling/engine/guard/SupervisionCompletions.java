package org.guiling.engine.guard;

import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.guiling.item.Item;
import org.guiling.organization.Person;
import org.guiling.supervision.Card;
import org.guiling.supervision.Cards;
import org.guiling.text.Texts;
import org.guiling.workflow.CardOutcome;
import org.guiling.workflow.FiveStepZeroing.Variables;
import org.guiling.workflow.SupervisionTask;
import org.guiling.workflow.TaskContract;
import org.guiling.workflow.form.CardDecisionForm;
import org.guiling.workflow.form.CardTakingBackForm;
import org.guiling.workflow.form.FormValues;
import org.springframework.stereotype.Component;

/** Completes the user tasks of supervision: takes the form, calls one use case and returns the decision. */
@Component
class SupervisionCompletions implements TaskHandler {

    private final Cards cards;
    private final CardReplies replies;
    private final Texts texts;

    SupervisionCompletions(Cards cards, CardReplies replies, Texts texts) {
        this.cards = cards;
        this.replies = replies;
        this.texts = texts;
    }

    @Override
    public Set<SupervisionTask> tasks() {
        return Set.of(SupervisionTask.values());
    }

    /** The task's name in the lists: which card it is about says more than that it is one. */
    @Override
    public void created(DelegateTask task, TaskContract contract, Item item) {
        Card card = contract == SupervisionTask.DECIDE_ON_CARD ? cards.proposed(item) : cards.issued(item);
        task.setName(texts.get("task.card", task.getName(), texts.label(card.rung())));
    }

    @Override
    public TaskResult complete(TaskContract contract, DelegateTask task, Item item, FormValues values, Person person) {
        return contract == SupervisionTask.DECIDE_ON_CARD
                ? decide(item, values, person)
                : takeBack(item, values, person);
    }

    private TaskResult decide(Item item, FormValues values, Person person) {
        CardOutcome decision = values.get(CardDecisionForm.DECISION);
        cards.decide(item, decision == CardOutcome.ISSUE, values.get(CardDecisionForm.OPINION), person);
        return new TaskResult(
                Map.of(), Map.of(Variables.OUTCOME, decision.value(), SupervisionTask.ISSUER, person.id()));
    }

    private TaskResult takeBack(Item item, FormValues values, Person person) {
        cards.takeBack(item, values.get(CardTakingBackForm.OPINION), person);
        replies.endOfThoseThatFell(item);
        return TaskResult.none();
    }
}
