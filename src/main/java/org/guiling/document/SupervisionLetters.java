package org.guiling.document;

import java.util.Optional;
import java.util.Set;
import org.guiling.item.Item;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineEntry;
import org.guiling.organization.Organization;
import org.guiling.supervision.Card;
import org.guiling.supervision.CardState;
import org.guiling.supervision.Cards;
import org.guiling.supervision.Objections;
import org.guiling.supervision.Rung;
import org.guiling.workflow.TaskContract;
import org.springframework.stereotype.Component;

/** Reads what the letters of supervision say: of urging (催办), and of yellow and red cards. */
@Component
class SupervisionLetters {

    private static final Set<CardState> STANDING = Set.of(CardState.ISSUED, CardState.OBJECTED, CardState.CONFIRMED);
    private static final String URGED = "URGED";

    private final Timeline timeline;
    private final Cards cards;
    private final Objections objections;
    private final Organization organization;
    private final DocumentProperties properties;
    private final ItemRows rows;
    private final Wording wording;

    SupervisionLetters(
            Timeline timeline,
            Cards cards,
            Objections objections,
            Organization organization,
            DocumentProperties properties,
            ItemRows rows,
            Wording wording) {
        this.timeline = timeline;
        this.cards = cards;
        this.objections = objections;
        this.organization = organization;
        this.properties = properties;
        this.rows = rows;
        this.wording = wording;
    }

    /** Of the unit's own work: those who decide on something are urged too, and get no letter. */
    Optional<DocumentContent.SupervisionLetter> urging(Item item, Issue issue) {
        return latestUrged(item)
                .map(urged -> new DocumentContent.SupervisionLetter(
                        properties.office(),
                        wording.year(issue.dated(wording.dayOf(urged.at()))),
                        wording.documentNumber(issue, wording.dayOf(urged.at())),
                        rows.facts(item),
                        wording.unit(item.registration().leadUnit()),
                        wording.text("document.reason.URGED", wording.label(urged.status())),
                        "",
                        wording.day(issue.dated(wording.dayOf(urged.at()))),
                        "",
                        "",
                        rows.measures(item)));
    }

    /** The last time that the unit was urged while the item is open. */
    Optional<TimelineEntry> latestUrged(Item item) {
        if (!item.status().isOpen()) {
            return Optional.empty();
        }
        return timeline.of(item).stream()
                .filter(entry -> entry.notice() != null && isUrged(item, entry.notice()))
                .reduce((earlier, later) -> later);
    }

    /** The letter of the card of a rung that stands; empty where none does. */
    Optional<DocumentContent.SupervisionLetter> ofCard(Item item, Rung rung, Issue issue) {
        return card(item, rung)
                .map(card -> new DocumentContent.SupervisionLetter(
                        properties.office(),
                        wording.year(issue.dated(wording.dayOf(card.decidedAt()))),
                        wording.documentNumber(issue, wording.dayOf(card.decidedAt())),
                        rows.facts(item),
                        wording.unit(card.unit()),
                        reason(card),
                        wording.person(card.decidedBy()),
                        wording.day(issue.dated(wording.dayOf(card.decidedAt()))),
                        replyUntil(card),
                        wording.day(objections.objectionUntil(item, card)),
                        rows.measures(item)));
    }

    /** The last card of a rung that stands. */
    Optional<Card> card(Item item, Rung rung) {
        return cards.of(item).stream()
                .filter(card -> card.rung() == rung && STANDING.contains(card.state()))
                .reduce((earlier, later) -> later);
    }

    /** The last day for the answer; room for a pen where the card was issued before anything waited for one. */
    private String replyUntil(Card card) {
        return card.replyUntil() == null ? wording.text("document.blank-day") : wording.day(card.replyUntil());
    }

    private String reason(Card card) {
        String task = TaskContract.of(card.taskKey())
                .map(contract -> wording.label((Enum<?>) contract))
                .orElse(card.taskKey());
        return wording.text("document.reason." + card.cause(), task, wording.day(card.reference()));
    }

    private boolean isUrged(Item item, TimelineEntry.Notice notice) {
        return notice.kind().equals(URGED)
                && notice.recipients().stream()
                        .flatMap(id -> organization.person(id).stream())
                        .anyMatch(person -> person.belongsTo(item.registration().leadUnit()));
    }
}
