package org.guiling.supervision;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.guiling.calendar.LimitKind;
import org.guiling.calendar.WorkingCalendars;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.Items;
import org.guiling.item.record.FourEyes;
import org.guiling.item.request.SimilarItem;
import org.guiling.item.rule.ItemLimits;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineDetail;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;
import org.guiling.time.OfficeClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The cards of an item: proposed by the ladder, issued or dropped by a person, taken back, answered, objected to, ruled
 * upon.
 */
@Component
@Transactional
public class Cards {

    /** A card that is only proposed is nobody's business but that of whoever decides. */
    private static final String KNOWN = "decision = 'ISSUED'";

    private final Items items;
    private final Timeline timeline;
    private final FourEyes fourEyes;
    private final ItemLimits limits;
    private final WorkingCalendars calendars;
    private final JdbcClient jdbc;
    private final OfficeClock clock;

    Cards(
            Items items,
            Timeline timeline,
            FourEyes fourEyes,
            ItemLimits limits,
            WorkingCalendars calendars,
            JdbcClient jdbc,
            OfficeClock clock) {
        this.items = items;
        this.timeline = timeline;
        this.fourEyes = fourEyes;
        this.limits = limits;
        this.calendars = calendars;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** All cards of an item, the oldest first. */
    @Transactional(readOnly = true)
    public List<Card> of(Item item) {
        return of(item, 0, Integer.MAX_VALUE);
    }

    /** A card of an item; empty where the item has none with that id. */
    @Transactional(readOnly = true)
    public Optional<Card> find(Item item, long id) {
        return jdbc.sql("select * from supervision_card where item_id = ? and id = ?")
                .params(item.id(), id)
                .query(Cards::card)
                .optional();
    }

    /** The number of an item's cards, of any state. */
    @Transactional(readOnly = true)
    public int count(Item item) {
        return jdbc.sql("select count(*) from supervision_card where item_id = ?")
                .param(item.id())
                .query(Integer.class)
                .single();
    }

    /** A page of all cards of an item, the oldest first. */
    @Transactional(readOnly = true)
    public List<Card> of(Item item, int offset, int limit) {
        return jdbc.sql("select * from supervision_card where item_id = ? order by id offset ? limit ?")
                .params(item.id(), offset, limit)
                .query(Cards::card)
                .list();
    }

    /** The number of an item's cards of which its unit knows. */
    @Transactional(readOnly = true)
    public int countKnown(Item item) {
        return jdbc.sql("select count(*) from supervision_card where item_id = ? and " + KNOWN)
                .param(item.id())
                .query(Integer.class)
                .single();
    }

    /** A page of the cards of which the unit knows: what was decided on, and was neither dropped nor has lapsed; the oldest first. */
    @Transactional(readOnly = true)
    public List<Card> known(Item item, int offset, int limit) {
        return jdbc.sql("select * from supervision_card where item_id = ? and " + KNOWN
                        + " order by id offset ? limit ?")
                .params(item.id(), offset, limit)
                .query(Cards::card)
                .list();
    }

    /** True where a person may object to a card of the item as it stands; whether it is in time is looked at when they do. */
    @Transactional(readOnly = true)
    public boolean mayObject(Item item, Person person) {
        return isOfAUnit(person)
                && of(item).stream().anyMatch(card -> card.state() == CardState.ISSUED && isOf(card.unit(), person));
    }

    /**
     * The items about which a person {@link #mayObject}.
     *
     * @param atMost how many to read, those with the latest card first
     */
    @Transactional(readOnly = true)
    public List<SimilarItem> candidates(Person person, int atMost) {
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
                .query((row, index) -> new SimilarItem(
                        row.getString("item_no"), row.getString("title"), ItemStatus.valueOf(row.getString("status"))))
                .list();
    }

    private static boolean isOfAUnit(Person person) {
        return person.has(Role.HANDLER) || person.has(Role.UNIT_LEADER);
    }

    private static boolean isOf(String unit, Person person) {
        return person.has(Role.HANDLER, unit) || person.has(Role.UNIT_LEADER, unit);
    }

    /**
     * The card that is proposed.
     *
     * @throws RefusedException when there is none any more
     */
    @Transactional(readOnly = true)
    public Card proposed(Item item) {
        return last(item, CardState.PROPOSED).orElseThrow(() -> RefusedException.conflict("refusal.card.none"));
    }

    /** The card that the unit objects to. */
    @Transactional(readOnly = true)
    public Card objectedTo(Item item) {
        return last(item, CardState.OBJECTED).orElseThrow(() -> RefusedException.conflict("refusal.card.none"));
    }

    /** The card that was issued last, whatever became of it. */
    @Transactional(readOnly = true)
    public Card issued(Item item) {
        return of(item).stream()
                .filter(card -> card.state().compareTo(CardState.ISSUED) >= 0)
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> RefusedException.conflict("refusal.card.none"));
    }

    /**
     * The card that a task waits for an answer to.
     *
     * @throws RefusedException when it waits for none any more
     */
    @Transactional(readOnly = true)
    public Card awaiting(Item item, String taskId) {
        return of(item).stream()
                .filter(card -> taskId.equals(card.replyTask()))
                .findFirst()
                .orElseThrow(() -> RefusedException.conflict("refusal.reply.none"));
    }

    /** True where somebody has decided on the card for the return (退回) with which the item's present round began. */
    @Transactional(readOnly = true)
    public boolean hasDecidedOnReturn(Item item) {
        return of(item).stream()
                .filter(card -> card.cause() == Cause.REJECTION && card.round() == item.round())
                .anyMatch(card -> card.decidedBy() != null);
    }

    /**
     * Puts a card before those who may issue it. One that nobody has decided on gives way to it; but a card for a return,
     * which nothing settles, gives way to a higher one only, and takes no higher one's place.
     */
    public void propose(Item item, Rise rise) {
        if (item.proposedCard() != null) {
            Card standing = proposed(item);
            boolean ofReturn =
                    standing.cause() == Cause.REJECTION || rise.watch().cause() == Cause.REJECTION;
            if (ofReturn && rise.rung().compareTo(standing.rung()) <= 0) {
                return;
            }
            makeVoid(item);
        }
        long id = jdbc.sql("""
                        insert into supervision_card (item_id, round, rung, cause, task_key, reference, unit, issuers,
                            objection_decided_by, proposed_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        returning id""")
                .params(
                        item.id(),
                        item.round(),
                        rise.rung().name(),
                        rise.watch().cause().name(),
                        rise.watch().taskKey(),
                        rise.watch().reference(),
                        item.registration().leadUnit(),
                        rise.step().issuers(),
                        rise.step().objectionDecidedBy(),
                        OffsetDateTime.now(clock))
                .query(Long.class)
                .single();
        items.propose(item, id);
        timeline.append(item, Action.PROPOSE_CARD, null, rise.rung().name());
    }

    /** The proposal is about something that is settled, or that the next rung is about. */
    public void makeVoid(Item item) {
        Card card = proposed(item);
        decide(item, card, "VOID", null, null);
        timeline.append(item, Action.VOID_CARD, null, card.rung().name());
    }

    /**
     * A person's decision on the proposed card.
     *
     * @param opinion why it is dropped; null where it is issued
     */
    public void decide(Item item, boolean issue, String opinion, Person person) {
        fourEyes.check(item, Action.ISSUE_CARD, person);
        Card card = proposed(item);
        decide(item, card, issue ? "ISSUED" : "DROPPED", person, opinion);
        timeline.appendAction(
                item,
                issue ? Action.ISSUE_CARD : Action.DROP_CARD,
                person,
                TimelineDetail.of(card.rung().name()).because(opinion));
    }

    private void decide(Item item, Card card, String decision, Person person, String opinion) {
        jdbc.sql("""
                        update supervision_card set decision = ?, decided_by = ?, decided_at = ?, opinion = ?
                        where id = ?""")
                .params(decision, person == null ? null : person.id(), OffsetDateTime.now(clock), opinion, card.id())
                .update();
        items.propose(item, null);
    }

    /** Lets the issuer take the latest card back; the engine knows for how long they may. */
    public void takeBack(Item item, String reason, Person person) {
        Card card = issued(item);
        if (card.state() != CardState.ISSUED) {
            throw RefusedException.conflict("refusal.card.objected");
        }
        if (!person.selfAndAbsentees().contains(card.decidedBy())) {
            throw RefusedException.forbidden("refusal.card.issuer-only");
        }
        jdbc.sql("update supervision_card set taken_back_at = ?, take_back_reason = ? where id = ?")
                .params(OffsetDateTime.now(clock), reason, card.id())
                .update();
        timeline.appendAction(
                item,
                Action.TAKE_BACK_CARD,
                person,
                TimelineDetail.of(card.rung().name()).because(reason));
    }

    /** A task waits for the unit's answer to a card, until the end of a day. */
    public void awaitReply(Card card, String taskId, LocalDate until) {
        jdbc.sql("update supervision_card set reply_task = ?, reply_due = ? where id = ?")
                .params(taskId, until, card.id())
                .update();
    }

    /** Another last day for an answer that is awaited. */
    public void awaitReplyUntil(Item item, String taskId, LocalDate until) {
        jdbc.sql("update supervision_card set reply_due = ? where item_id = ? and reply_task = ?")
                .params(until, item.id(), taskId)
                .update();
    }

    /** Nobody waits for the unit's answer any more. */
    public void awaitNoReply(Card card) {
        jdbc.sql("update supervision_card set reply_task = null where id = ?")
                .param(card.id())
                .update();
    }

    /**
     * The unit that leads the item answers a card, once. Whether it objects as well is another matter, and nobody rules
     * on the answer.
     *
     * @param taskId the task that waits for the answer
     * @param cause of the delay
     * @param done what has been done since
     * @param next what will be done, and by when
     * @return the card with the answer
     * @throws RefusedException when no answer is awaited any more, the person is of another unit, or has to do with the item
     *     otherwise
     */
    public Card answer(Item item, String taskId, String cause, String done, String next, Person person) {
        fourEyes.check(item, Action.ANSWER_CARD, person);
        Card card = awaiting(item, taskId);
        if (!isOf(item.registration().leadUnit(), person)) {
            throw RefusedException.forbidden("refusal.reply.other-unit");
        }
        jdbc.sql("""
                        update supervision_card
                        set reply_task = null, replied_by = ?, replied_at = ?, reply_cause = ?, reply_done = ?,
                            reply_next = ?
                        where id = ?""")
                .params(person.id(), OffsetDateTime.now(clock), cause, done, next, card.id())
                .update();
        timeline.appendAction(
                item,
                Action.ANSWER_CARD,
                person,
                TimelineDetail.of(card.rung().name()).because(done));
        return find(item, card.id()).orElseThrow();
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
        Card card = of(item).stream()
                .filter(each -> each.rung() == rung && each.state().compareTo(CardState.ISSUED) >= 0)
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> RefusedException.invalid("rung", "refusal.objection.no-card", rung));
        if (!isOf(card.unit(), person)) {
            throw RefusedException.forbidden("refusal.objection.other-unit");
        }
        if (card.state() != CardState.ISSUED) {
            throw RefusedException.conflict("refusal.objection.state", card.state());
        }
        if (last(item, CardState.OBJECTED).isPresent()) {
            throw RefusedException.conflict("refusal.objection.waiting");
        }
        LocalDate last = objectionUntil(item, card);
        if (clock.today().isAfter(last)) {
            throw RefusedException.conflict("refusal.objection.late", last);
        }
        jdbc.sql("""
                        update supervision_card
                        set objected_by = ?, objected_at = ?, objection = ?, objection_evidence = ?
                        where id = ?""")
                .params(person.id(), OffsetDateTime.now(clock), reason, evidence, card.id())
                .update();
        timeline.appendAction(
                item, Action.OBJECT, person, TimelineDetail.of(rung.name()).because(reason));
        return card.objectionDecidedBy();
    }

    /** True where an objection waits that the person, or whom they act for, has made. */
    @Transactional(readOnly = true)
    public boolean mayTakeBackObjection(Item item, Person person) {
        return last(item, CardState.OBJECTED)
                .filter(card ->
                        person.selfAndAbsentees().contains(card.objection().objectedBy()))
                .isPresent();
    }

    /**
     * Withdraws an objection on behalf of the person who made it: the card is as it was, and the history keeps what was
     * said against it.
     *
     * @throws RefusedException when no objection waits, or somebody else has made it
     */
    public void takeBackObjection(Item item, String reason, Person person) {
        Card card = last(item, CardState.OBJECTED).orElseThrow(() -> RefusedException.conflict("refusal.request.none"));
        if (!mayTakeBackObjection(item, person)) {
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
                TimelineDetail.of(card.rung().name()).because(reason));
    }

    /** The last day on which the unit may object to a card that was issued. */
    @Transactional(readOnly = true)
    public LocalDate objectionUntil(Item item, Card card) {
        return calendars
                .dueAfter(clock.dayOf(card.decidedAt()), limits.limit(LimitKind.OBJECTION, item))
                .due();
    }

    /** Another unit answers for the item: it is whose cards wait for a decision, an answer, an objection or a ruling. */
    public void handOver(Item item, String from, String to) {
        jdbc.sql("update supervision_card set unit = ? where item_id = ? and unit = ?"
                        + " and (ruled_at is null or reply_task is not null)")
                .params(to, item.id(), from)
                .update();
    }

    /**
     * Rules on the objection; one that is upheld lifts the card.
     *
     * @return the card as it was objected to
     */
    public Card rule(Item item, boolean upheld, String opinion, Person person) {
        fourEyes.check(item, Action.RULE_ON_OBJECTION, person);
        Card card = objectedTo(item);
        if (person.selfAndAbsentees().contains(card.decidedBy())) {
            throw RefusedException.forbidden("refusal.four-eyes", Action.RULE_ON_OBJECTION, Action.ISSUE_CARD);
        }
        jdbc.sql("update supervision_card set ruled_by = ?, ruled_at = ?, upheld = ?, ruling = ? where id = ?")
                .params(person.id(), OffsetDateTime.now(clock), upheld, opinion, card.id())
                .update();
        timeline.appendAction(
                item,
                Action.RULE_ON_OBJECTION,
                person,
                TimelineDetail.of(card.rung() + (upheld ? " UPHOLD" : " REJECT"))
                        .because(opinion));
        return card;
    }

    /**
     * An item is not at zero while the unit's objection waits (DOMAIN.md §1, step 5).
     *
     * @throws RefusedException when one does
     */
    @Transactional(readOnly = true)
    public void requireNoObjection(Item item) {
        openObjection(item).ifPresent(problem -> {
            throw new RefusedException(RefusedException.Kind.INVALID, List.of(problem));
        });
    }

    /**
     * Nor is it while a card for its return waits for a person's decision.
     *
     * @throws RefusedException when one does
     */
    @Transactional(readOnly = true)
    public void requireNoCardForReturn(Item item) {
        openCardForReturn(item).ifPresent(problem -> {
            throw new RefusedException(RefusedException.Kind.INVALID, List.of(problem));
        });
    }

    /** That such a card waits, as a reason why the item cannot be closed; empty when none does. */
    @Transactional(readOnly = true)
    public Optional<Problem> openCardForReturn(Item item) {
        return item.proposedCard() == null
                ? Optional.empty()
                : Optional.of(proposed(item))
                        .filter(card -> card.cause() == Cause.REJECTION)
                        .map(card -> Problem.of(null, "refusal.closure.open-card", card.rung()));
    }

    /** That an objection waits, as a reason why the item cannot be closed; empty when none does. */
    @Transactional(readOnly = true)
    public Optional<Problem> openObjection(Item item) {
        boolean waiting = jdbc.sql("""
                        select exists (select from supervision_card
                                       where item_id = ? and objected_at is not null and ruled_at is null)""").param(item.id()).query(Boolean.class).single();
        return waiting ? Optional.of(Problem.of(null, "refusal.closure.open-objection")) : Optional.empty();
    }

    private Optional<Card> last(Item item, CardState state) {
        return of(item).stream().filter(card -> card.state() == state).reduce((earlier, later) -> later);
    }

    private static Card card(ResultSet row, int index) throws SQLException {
        Instant takenBackAt = instant(row, "taken_back_at");
        Card.Objection objection = objection(row);
        return new Card(
                row.getLong("id"),
                row.getInt("round"),
                Rung.valueOf(row.getString("rung")),
                Cause.valueOf(row.getString("cause")),
                row.getString("task_key"),
                row.getObject("reference", LocalDate.class),
                row.getString("unit"),
                row.getString("issuers"),
                row.getString("objection_decided_by"),
                instant(row, "proposed_at"),
                state(row.getString("decision"), takenBackAt, objection),
                row.getString("decided_by"),
                instant(row, "decided_at"),
                row.getString("opinion"),
                takenBackAt,
                row.getString("take_back_reason"),
                objection,
                row.getString("reply_task"),
                row.getObject("reply_due", LocalDate.class),
                reply(row));
    }

    private static Card.Reply reply(ResultSet row) throws SQLException {
        Instant repliedAt = instant(row, "replied_at");
        return repliedAt == null
                ? null
                : new Card.Reply(
                        row.getString("replied_by"),
                        repliedAt,
                        row.getString("reply_cause"),
                        row.getString("reply_done"),
                        row.getString("reply_next"));
    }

    private static CardState state(String decision, Instant takenBackAt, Card.Objection objection) {
        if (decision == null) {
            return CardState.PROPOSED;
        }
        if (takenBackAt != null) {
            return CardState.TAKEN_BACK;
        }
        if (objection != null) {
            return objection.ruledAt() == null
                    ? CardState.OBJECTED
                    : objection.upheld() ? CardState.LIFTED : CardState.CONFIRMED;
        }
        return CardState.valueOf(decision);
    }

    private static Card.Objection objection(ResultSet row) throws SQLException {
        Instant objectedAt = instant(row, "objected_at");
        return objectedAt == null
                ? null
                : new Card.Objection(
                        row.getString("objected_by"),
                        objectedAt,
                        row.getString("objection"),
                        row.getString("objection_evidence"),
                        row.getString("ruled_by"),
                        instant(row, "ruled_at"),
                        row.getObject("upheld", Boolean.class),
                        row.getString("ruling"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
