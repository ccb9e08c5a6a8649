package org.guiling.engine.form;

import static org.guiling.engine.form.FactTexts.joined;
import static org.guiling.engine.form.FactTexts.text;

import java.util.List;
import java.util.Map;
import org.guiling.calendar.WorkingCalendars;
import org.guiling.engine.form.FactTexts.Rows;
import org.guiling.item.Item;
import org.guiling.organization.Organization;
import org.guiling.supervision.Card;
import org.guiling.supervision.CardState;
import org.guiling.supervision.Cards;
import org.guiling.supervision.Cause;
import org.guiling.text.Texts;
import org.guiling.time.OfficeClock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The facts of cards (督办) in the words of the reader: tables of {@code label} and {@code value}, or with the columns that the
 * forms name.
 */
@Component
@Transactional(readOnly = true)
public class CardFacts {

    private final Cards cards;
    private final Organization organization;
    private final WorkingCalendars calendars;
    private final FactTexts factTexts;
    private final Texts texts;
    private final OfficeClock clock;

    CardFacts(
            Cards cards,
            Organization organization,
            WorkingCalendars calendars,
            FactTexts factTexts,
            Texts texts,
            OfficeClock clock) {
        this.cards = cards;
        this.organization = organization;
        this.calendars = calendars;
        this.factTexts = factTexts;
        this.texts = texts;
        this.clock = clock;
    }

    /** One card, with the objection and the answer where there are any. */
    public List<Map<String, Object>> of(Card card) {
        Rows rows = factTexts
                .rows()
                .add("facts.card", texts.label(card.rung()))
                .add("facts.cardUnit", organization.unitName(card.unit()))
                .add("facts.cardCause", texts.get("card.cause." + card.cause(), factTexts.lastDay(card.reference())))
                .add("facts.cardLate", overdue(card))
                .add("facts.proposedAt", texts.minute(card.proposedAt()))
                .add(
                        "facts.issuedBy",
                        card.decidedBy() == null
                                ? null
                                : joined(organization.personName(card.decidedBy()), texts.minute(card.decidedAt())));
        if (card.objection() != null) {
            rows.add(
                            "facts.objectedBy",
                            joined(
                                    organization.personName(card.objection().objectedBy()),
                                    texts.minute(card.objection().objectedAt())))
                    .add("facts.objection", card.objection().reason())
                    .add("facts.evidence", card.objection().evidence());
        }
        if (card.awaitsReply()) {
            rows.add("facts.replyUntil", factTexts.lastDay(card.replyUntil()));
        }
        rows.list().addAll(reply(card));
        return rows.list();
    }

    /** The unit's answer to a card; empty before there is one. */
    public List<Map<String, Object>> reply(Card card) {
        Rows rows = factTexts.rows();
        if (card.reply() != null) {
            rows.add(
                            "facts.repliedBy",
                            joined(
                                    organization.personName(card.reply().repliedBy()),
                                    texts.minute(card.reply().repliedAt())))
                    .add("facts.replyCause", card.reply().cause())
                    .add("facts.replyDone", card.reply().done())
                    .add("facts.replyNext", card.reply().next());
        }
        return rows.list();
    }

    private String overdue(Card card) {
        long days = calendars.current().workingDaysBetween(card.reference(), clock.today());
        return card.cause() == Cause.REJECTION ? null : texts.get("card.late." + card.cause(), days);
    }

    /** The cards that were issued before one, so that nobody decides without knowing them. */
    public List<Map<String, Object>> before(Item item, Card later) {
        return cards.of(item).stream()
                .filter(card -> card.id() < later.id())
                .filter(card -> card.state() != CardState.PROPOSED && card.state() != CardState.VOID)
                .map(card -> Map.<String, Object>of(
                        "rung", texts.label(card.rung()),
                        "state", texts.label(card.state()),
                        "by", organization.personName(card.decidedBy()),
                        "at", texts.minute(card.decidedAt()),
                        "opinion", text(card.opinion()),
                        "reply", card.reply() == null ? "" : card.reply().done()))
                .toList();
    }
}
