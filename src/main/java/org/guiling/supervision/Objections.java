package org.guiling.supervision;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.guiling.calendar.LimitKind;
import org.guiling.calendar.WorkingCalendars;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.record.FourEyes;
import org.guiling.item.request.ItemChoice;
import org.guiling.item.rule.ItemLimits;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineFact;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.refusal.Gate;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;
import org.guiling.time.OfficeClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The units' objections to cards (申辩), and the rulings on them. */
@Component
@Transactional
public class Objections {

    private final Cards cards;
    private final Timeline timeline;
    private final FourEyes fourEyes;
    private final ItemLimits limits;
    private final WorkingCalendars calendars;
    private final JdbcClient jdbc;
    private final OfficeClock clock;

    Objections(
            Cards cards,
            Timeline timeline,
            FourEyes fourEyes,
            ItemLimits limits,
            WorkingCalendars calendars,
            JdbcClient jdbc,
            OfficeClock clock) {
        this.cards = cards;
        this.timeline = timeline;
        this.fourEyes = fourEyes;
        this.limits = limits;
        this.calendars = calendars;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** True where a person may object to a card of the item as it stands; whether it is in time is looked at when they do. */
    @Transactional(readOnly = true)
    public boolean mayObject(Item item, Person person) {
        return isOfAUnit(person)
                && cards.of(item).stream()
                        .anyMatch(card -> card.state() == CardState.ISSUED && CardRule.speaksFor(card.unit(), person));
    }

    /**
     * The items about which a person {@link #mayObject}.
     *
     * @param atMost how many to read, those with the latest card first
     */
    @Transactional(readOnly = true)
    public List<ItemChoice> candidates(Person person, int atMost) {
        if (!isOfAUnit(person)) {
            return List.of();
        }
        return jdbc.sql("""
                        select item_no, title, status from item
                        join (select item_id, max(decided_at) as issued_at from supervision_card
                              where decision = 'ISSUED' and taken_back_at is null and objected_at is null and unit = any (?)
                              group by item_id) as card on card.item_id = item.id
                        order by issued_at desc, item_no limit ?""")
                .params(
                        Stream.of(Role.HANDLER, Role.UNIT_LEADER)
                                .flatMap(role -> person.unitsAs(role).stream())
                                .toArray(String[]::new),
                        atMost)
                .query(ItemChoice::of)
                .list();
    }

    private static boolean isOfAUnit(Person person) {
        return person.has(Role.HANDLER) || person.has(Role.UNIT_LEADER);
    }

    /**
     * The unit objects to the last card of a rung.
     *
     * @param evidence may be null
     * @return the group that rules on it
     * @throws RefusedException when there is no such card, it was objected to before, it is too late or the person is of
     *     another unit
     */
    public String object(Item item, Rung rung, String reason, String evidence, Person person) {
        Card card = cards.of(item).stream()
                .filter(each -> each.rung() == rung && each.state().compareTo(CardState.ISSUED) >= 0)
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> RefusedException.invalid("rung", "refusal.objection.no-card", rung));
        boolean waiting = cards.last(item, CardState.OBJECTED).isPresent();
        CardRule.requireObjection(card, person, waiting, objectionUntil(item, card), clock.today());
        jdbc.sql("""
                        update supervision_card
                        set objected_by = ?, objected_at = ?, objection = ?, objection_evidence = ?
                        where id = ?""")
                .params(person.id(), OffsetDateTime.now(clock), reason, evidence, card.id())
                .update();
        timeline.appendAction(item, Action.OBJECT, person, new TimelineFact.Card(rung.name()).because(reason));
        return card.objectionDecidedBy();
    }

    /** True where an objection waits that the person, or whom they act for, has made. */
    @Transactional(readOnly = true)
    public boolean mayTakeBack(Item item, Person person) {
        return cards.last(item, CardState.OBJECTED)
                .filter(card -> CardRule.mayTakeBackObjection(card, person))
                .isPresent();
    }

    /**
     * Withdraws an objection on behalf of the person who made it: the card is as it was, and the history keeps what was
     * said against it.
     *
     * @throws RefusedException when no objection waits, or somebody else has made it
     */
    public void takeBack(Item item, String reason, Person person) {
        Card card = cards.last(item, CardState.OBJECTED)
                .orElseThrow(() -> RefusedException.conflict("refusal.request.none"));
        if (!CardRule.mayTakeBackObjection(card, person)) {
            throw RefusedException.forbidden("refusal.request.asker-only");
        }
        jdbc.sql("""
                        update supervision_card
                        set objected_by = null, objected_at = null, objection = null, objection_evidence = null
                        where id = ?""").param(card.id()).update();
        timeline.appendAction(
                item,
                Action.TAKE_BACK_REQUEST,
                person,
                new TimelineFact.Card(card.rung().name()).because(reason));
    }

    /** The last day on which the unit may object to a card that was issued. */
    @Transactional(readOnly = true)
    public LocalDate objectionUntil(Item item, Card card) {
        return calendars
                .dueAfter(clock.dayOf(card.decidedAt()), limits.limit(LimitKind.OBJECTION, item))
                .due();
    }

    /**
     * Rules on the objection; one that is upheld lifts the card.
     *
     * @return the card as it was objected to
     */
    public Card rule(Item item, boolean upheld, String opinion, Person person) {
        fourEyes.check(item, Action.RULE_ON_OBJECTION, person);
        Card card = cards.objectedTo(item);
        CardRule.requireRuling(card, person);
        jdbc.sql("update supervision_card set ruled_by = ?, ruled_at = ?, upheld = ?, ruling = ? where id = ?")
                .params(person.id(), OffsetDateTime.now(clock), upheld, opinion, card.id())
                .update();
        timeline.appendAction(
                item,
                Action.RULE_ON_OBJECTION,
                person,
                new TimelineFact.ObjectionRuling(card.rung().name(), upheld).because(opinion));
        return card;
    }

    /**
     * An item is not at zero while the unit's objection waits (DOMAIN.md §1, step 5).
     *
     * @throws RefusedException when one does
     */
    @Transactional(readOnly = true)
    public void requireNoObjection(Item item) {
        new Gate().refuse(openObjection(item)).pass();
    }

    /** That an objection waits, as a reason why the item cannot be closed; empty when none does. */
    @Transactional(readOnly = true)
    public Optional<Problem> openObjection(Item item) {
        boolean waiting = jdbc.sql("""
                        select exists (select from supervision_card
                                       where item_id = ? and objected_at is not null and ruled_at is null)""").param(item.id()).query(Boolean.class).single();
        return waiting ? Optional.of(Problem.of(null, "refusal.closure.open-objection")) : Optional.empty();
    }
}
