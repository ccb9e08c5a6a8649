package org.guiling.supervision;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.item.record.FourEyes;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineFact;
import org.guiling.organization.Person;
import org.guiling.refusal.Gate;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The cards of an item: proposed by the ladder, issued or dropped by a person, taken back. */
@Component
@Transactional
public class Cards {

    /** A card that is only proposed is nobody's business but that of whoever decides. */
    private static final String KNOWN = "decision = 'ISSUED'";

    private final Items items;
    private final Timeline timeline;
    private final FourEyes fourEyes;
    private final JdbcClient jdbc;
    private final Clock clock;

    Cards(Items items, Timeline timeline, FourEyes fourEyes, JdbcClient jdbc, Clock clock) {
        this.items = items;
        this.timeline = timeline;
        this.fourEyes = fourEyes;
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
            if (!CardRule.givesWay(proposed(item), rise)) {
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
        timeline.append(
                item,
                Action.PROPOSE_CARD,
                null,
                new TimelineFact.Card(rise.rung().name()));
    }

    /** The proposal is about something that is settled, or that the next rung is about. */
    public void makeVoid(Item item) {
        Card card = proposed(item);
        decide(item, card, "VOID", null, null);
        timeline.append(
                item, Action.VOID_CARD, null, new TimelineFact.Card(card.rung().name()));
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
                new TimelineFact.Card(card.rung().name()).because(opinion));
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
        CardRule.requireTakingBack(card, person);
        jdbc.sql("update supervision_card set taken_back_at = ?, take_back_reason = ? where id = ?")
                .params(OffsetDateTime.now(clock), reason, card.id())
                .update();
        timeline.appendAction(
                item,
                Action.TAKE_BACK_CARD,
                person,
                new TimelineFact.Card(card.rung().name()).because(reason));
    }

    /** Another unit answers for the item: it is whose cards wait for a decision, an answer, an objection or a ruling. */
    public void handOver(Item item, String from, String to) {
        jdbc.sql("update supervision_card set unit = ? where item_id = ? and unit = ?"
                        + " and (ruled_at is null or reply_task is not null)")
                .params(to, item.id(), from)
                .update();
    }

    /**
     * An item is not at zero while a card for its return waits for a person's decision.
     *
     * @throws RefusedException when one does
     */
    @Transactional(readOnly = true)
    public void requireNoCardForReturn(Item item) {
        new Gate().refuse(openCardForReturn(item)).pass();
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

    /** The last card that is in the state. */
    @Transactional(readOnly = true)
    Optional<Card> last(Item item, CardState state) {
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
                CardState.of(row.getString("decision"), takenBackAt != null, objection),
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
