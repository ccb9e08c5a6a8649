package org.guiling.engine.form;

import java.util.Map;
import java.util.Set;
import org.guiling.item.Item;
import org.guiling.item.todo.ToDos.ToDo;
import org.guiling.supervision.Card;
import org.guiling.supervision.Cards;
import org.guiling.workflow.CardReply;
import org.guiling.workflow.SupervisionTask;
import org.guiling.workflow.TaskContract;
import org.springframework.stereotype.Component;

/** Supplies the forms of cards (督办): the decision, the taking back and the answer. */
@Component
class CardForms implements FormSource {

    private final Cards cards;
    private final CardFacts cardFacts;

    CardForms(Cards cards, CardFacts cardFacts) {
        this.cards = cards;
        this.cardFacts = cardFacts;
    }

    @Override
    public Set<? extends TaskContract> tasks() {
        return Set.of(SupervisionTask.DECIDE_ON_CARD, SupervisionTask.TAKE_BACK_CARD, CardReply.ANSWER_CARD);
    }

    @Override
    public void fill(Map<String, Object> data, TaskContract task, Item item, ToDo toDo) {
        Card card = card(task, item, toDo);
        data.put("cardFacts", cardFacts.of(card));
        data.put("earlierCards", cardFacts.before(item, card));
    }

    private Card card(TaskContract task, Item item, ToDo toDo) {
        if (task == CardReply.ANSWER_CARD) {
            return cards.awaiting(item, toDo.taskId());
        }
        return task == SupervisionTask.DECIDE_ON_CARD ? cards.proposed(item) : cards.issued(item);
    }
}
