package org.guiling.engine.delegate;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.guiling.engine.guard.CardReplies;
import org.guiling.engine.notification.ItemNotices;
import org.guiling.engine.refusal.Refusals;
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
class NotifyOfCardDelegate extends ItemDelegate {

    private final Cards cards;
    private final CardReplies replies;
    private final ItemNotices notices;

    NotifyOfCardDelegate(Items items, Refusals refusals, Cards cards, CardReplies replies, ItemNotices notices) {
        super(items, refusals);
        this.cards = cards;
        this.replies = replies;
        this.notices = notices;
    }

    @Override
    void execute(Item item, DelegateExecution execution) {
        Card card = cards.issued(item);
        if (card.state() == CardState.TAKEN_BACK) {
            notices.takenBack(item, card);
        } else {
            notices.issued(item, card);
            replies.begin(item, card);
        }
    }
}
