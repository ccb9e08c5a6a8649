package org.guiling.engine.form;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.guiling.item.Item;
import org.guiling.item.todo.ToDos.ToDo;
import org.guiling.supervision.Cards;
import org.guiling.workflow.RequestTask;
import org.guiling.workflow.TaskContract;
import org.springframework.stereotype.Component;

/** Supplies the forms of the decisions on what is asked of an item (申请). */
@Component
class RequestForms implements FormSource {

    private final Cards cards;
    private final CardFacts cardFacts;
    private final ItemFacts itemFacts;

    RequestForms(Cards cards, CardFacts cardFacts, ItemFacts itemFacts) {
        this.cards = cards;
        this.cardFacts = cardFacts;
        this.itemFacts = itemFacts;
    }

    @Override
    public Set<? extends TaskContract> tasks() {
        return EnumSet.allOf(RequestTask.class);
    }

    @Override
    public void fill(Map<String, Object> data, TaskContract task, Item item, ToDo toDo) {
        if (task == RequestTask.RULE_ON_OBJECTION) {
            data.put("cardFacts", cardFacts.of(cards.objectedTo(item)));
        } else {
            data.put("requestFacts", itemFacts.request(item));
        }
    }
}
