package org.guiling.engine.delegate;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.guiling.engine.guard.CardReplies;
import org.guiling.engine.notification.ItemNotices;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.supervision.Card;
import org.guiling.supervision.CardState;
import org.guiling.supervision.Cards;
import org.springframework.stereotype.Component;

/**
 * Service tasks 送达 and 告知撤回: the unit's leaders and the handler are notified that a card was issued, and the unit is to
 * answer it, or that it was taken back. Run twice, it notifies them once. The bean keeps the name that deployed models
 * use.
 */
@Component("tellOfCardDelegate")
class NotifyOfCardDelegate implements JavaDelegate {

    private final Cards cards;
    private final CardReplies replies;
    private final ItemNotices notices;
    private final Items items;

    NotifyOfCardDelegate(Cards cards, CardReplies replies, ItemNotices notices, Items items) {
        this.cards = cards;
        this.replies = replies;
        this.notices = notices;
        this.items = items;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Item item = items.getLocked(execution.getProcessBusinessKey());
        Card card = cards.issued(item);
        if (card.state() == CardState.TAKEN_BACK) {
            notices.takenBack(item, card);
        } else {
            notices.issued(item, card);
            if (card.replyUntil() == null) {
                replies.begin(item, card);
            }
        }
    }
}
