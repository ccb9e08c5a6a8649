package org.guiling.engine.guard;

import org.guiling.engine.supervision.Supervision;
import org.guiling.item.Item;
import org.springframework.stereotype.Component;

/** Ends the supervision of an item that has come to its end: its ladder, and the answers to its cards. */
@Component
public class SupervisionEnd {

    private final Supervision supervision;
    private final CardReplies cardReplies;

    SupervisionEnd(Supervision supervision, CardReplies cardReplies) {
        this.supervision = supervision;
        this.cardReplies = cardReplies;
    }

    public void of(Item item) {
        supervision.end(item);
        cardReplies.end(item);
    }
}
