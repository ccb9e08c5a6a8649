package org.guiling.process;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.guiling.escalation.Cards;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.springframework.stereotype.Component;

/** Service task 送达: tells the unit and the handler of the card. Run twice, they hear it once. */
@Component("deliverCardDelegate")
class DeliverCardDelegate implements JavaDelegate {

    private final Cards cards;
    private final ItemNotices notices;
    private final Items items;

    DeliverCardDelegate(Cards cards, ItemNotices notices, Items items) {
        this.cards = cards;
        this.notices = notices;
        this.items = items;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Item item = items.get(execution.getProcessBusinessKey());
        notices.issued(item, cards.issued(item));
    }
}
