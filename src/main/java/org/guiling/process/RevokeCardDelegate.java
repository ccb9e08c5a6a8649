package org.guiling.process;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.guiling.escalation.Cards;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.springframework.stereotype.Component;

/** Service task 告知撤回: tells whoever heard of the card that it was taken back. */
@Component("revokeCardDelegate")
class RevokeCardDelegate implements JavaDelegate {

    private final Cards cards;
    private final ItemNotices notices;
    private final Items items;

    RevokeCardDelegate(Cards cards, ItemNotices notices, Items items) {
        this.cards = cards;
        this.notices = notices;
        this.items = items;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Item item = items.get(execution.getProcessBusinessKey());
        notices.takenBack(item, cards.issued(item));
    }
}
