package org.guiling.web.item;

import java.util.List;
import java.util.Map;
import org.guiling.engine.form.CardFacts;
import org.guiling.item.Item;
import org.guiling.organization.Organization;
import org.guiling.supervision.Card;
import org.guiling.supervision.Cards;
import org.guiling.text.Texts;
import org.guiling.web.support.Dues;
import org.guiling.web.support.Dues.Due;
import org.guiling.web.support.Paging;
import org.guiling.web.support.Paging.Paged;
import org.springframework.stereotype.Component;

/** The cards of supervision on an item's page. */
@Component
class CardLines {

    private final Cards cards;
    private final CardFacts facts;
    private final Organization organization;
    private final Paging paging;
    private final Dues dues;
    private final Texts texts;

    CardLines(Cards cards, CardFacts facts, Organization organization, Paging paging, Dues dues, Texts texts) {
        this.cards = cards;
        this.facts = facts;
        this.organization = organization;
        this.paging = paging;
        this.dues = dues;
        this.texts = texts;
    }

    /**
     * A card.
     *
     * @param replyUntil until when the unit is to answer it; null where no answer is awaited
     * @param reply what the unit has answered; empty before
     */
    record Line(String rung, String state, String at, String by, Due replyUntil, List<Map<String, Object>> reply) {}

    /** The cards that were decided on. Proposals concern only those who decide on them. */
    Paged<Line> of(Item item) {
        return paging.readLatest(
                cards.countKnown(item), "cards", (offset, limit) -> cards.known(item, offset, limit).stream()
                        .map(this::line)
                        .toList());
    }

    private Line line(Card card) {
        return new Line(
                texts.label(card.rung()),
                texts.label(card.state()),
                texts.minute(card.decidedAt()),
                organization.personName(card.decidedBy()),
                card.awaitsReply() ? dues.of(card.replyUntil()) : null,
                facts.reply(card));
    }
}
