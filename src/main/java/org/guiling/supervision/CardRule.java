package org.guiling.supervision;

import java.time.LocalDate;
import org.guiling.item.Action;
import org.guiling.item.rule.RequestRule;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.refusal.RefusedException;

/** Rules of cards: which proposal stays, and who may take back, answer, object to and rule on one that was issued. */
final class CardRule {

    private CardRule() {}

    /**
     * True where a proposed card gives way to the rung that is due now. A card for a return, which nothing settles, gives way
     * to a higher one only, and takes no higher one's place.
     */
    static boolean givesWay(Card proposed, Rise rise) {
        boolean ofReturn = proposed.cause() == Cause.REJECTION || rise.watch().cause() == Cause.REJECTION;
        return !ofReturn || rise.rung().compareTo(proposed.rung()) > 0;
    }

    /** True for those who speak for a unit. */
    static boolean speaksFor(String unit, Person person) {
        return person.has(Role.HANDLER, unit) || person.has(Role.UNIT_LEADER, unit);
    }

    /** @throws RefusedException unless the card stands as it was issued, by the person or somebody for whom they act */
    static void requireTakingBack(Card card, Person person) {
        if (card.state() != CardState.ISSUED) {
            throw RefusedException.conflict("refusal.card.objected");
        }
        if (!person.selfAndAbsentees().contains(card.decidedBy())) {
            throw RefusedException.forbidden("refusal.card.issuer-only");
        }
    }

    /**
     * A unit objects to a card once, in time, and to one card at a time.
     *
     * @param waiting whether an objection to a card of the item waits
     * @param last the last day to object
     * @throws RefusedException when there is something against it
     */
    static void requireObjection(Card card, Person person, boolean waiting, LocalDate last, LocalDate today) {
        if (!speaksFor(card.unit(), person)) {
            throw RefusedException.forbidden("refusal.objection.other-unit");
        }
        if (card.state() != CardState.ISSUED) {
            throw RefusedException.conflict("refusal.objection.state", card.state());
        }
        if (waiting) {
            throw RefusedException.conflict("refusal.objection.waiting");
        }
        if (today.isAfter(last)) {
            throw RefusedException.conflict("refusal.objection.late", last);
        }
    }

    /** True where the person, or somebody for whom they act, has made the objection that waits. */
    static boolean mayTakeBackObjection(Card card, Person person) {
        return RequestRule.mayTakeBack(card.objection().objectedBy(), person);
    }

    /** @throws RefusedException when the person, or somebody for whom they act, has issued the card */
    static void requireRuling(Card card, Person person) {
        if (person.selfAndAbsentees().contains(card.decidedBy())) {
            throw RefusedException.forbidden("refusal.four-eyes", Action.RULE_ON_OBJECTION, Action.ISSUE_CARD);
        }
    }
}
