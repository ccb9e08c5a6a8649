package org.guiling.item.request;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.guiling.calendar.LimitKind;
import org.guiling.calendar.WorkingCalendars;
import org.guiling.item.Item;
import org.guiling.item.RequestGround;
import org.guiling.item.RequestKind;
import org.guiling.item.rule.ExtensionLimits;
import org.guiling.item.rule.ItemLimits;
import org.guiling.item.rule.RequestRule;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.refusal.Gate;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;
import org.guiling.time.OfficeClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads what was asked of items and what became of it, and of which items a person may ask something. */
@Component
@Transactional(readOnly = true)
public class ItemRequests {

    private final ItemLimits limits;
    private final WorkingCalendars calendars;
    private final JdbcClient jdbc;
    private final OfficeClock clock;

    ItemRequests(ItemLimits limits, WorkingCalendars calendars, JdbcClient jdbc, OfficeClock clock) {
        this.limits = limits;
        this.calendars = calendars;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** All that was ever asked of an item, the oldest first. */
    public List<ItemRequest> of(Item item) {
        return of(item, 0, Integer.MAX_VALUE);
    }

    /** The number of requests that there ever were. */
    public int count(Item item) {
        return jdbc.sql("select count(*) from item_request where item_id = ?")
                .param(item.id())
                .query(Integer.class)
                .single();
    }

    /** A page of all that was ever asked of an item, the oldest first. */
    public List<ItemRequest> of(Item item, int offset, int limit) {
        return jdbc.sql("select * from item_request where item_id = ? order by id offset ? limit ?")
                .params(item.id(), offset, limit)
                .query(ItemRequests::request)
                .list();
    }

    /** The approvals of a request so far, in their order. */
    public List<RequestApproval> approvals(ItemRequest request) {
        return jdbc.sql(
                        "select approver, approved_at, opinion from request_approval where request_id = ? order by approved_at")
                .param(request.id())
                .query((row, index) -> new RequestApproval(
                        row.getString("approver"),
                        row.getTimestamp("approved_at").toInstant(),
                        row.getString("opinion")))
                .list();
    }

    /** The request that waits for a decision. */
    public Optional<ItemRequest> open(Item item) {
        return of(item).stream().filter(request -> request.decidedAt() == null).findFirst();
    }

    /** @throws RefusedException when nothing waits for a decision */
    ItemRequest requireOpen(Item item) {
        return open(item).orElseThrow(() -> RefusedException.conflict("refusal.request.none"));
    }

    /**
     * The requests that a person may make about an item as it stands; limits of time are checked when the request is
     * made.
     */
    public Set<RequestKind> askable(Item item, Person person) {
        Set<RequestKind> askable = Arrays.stream(RequestKind.values())
                .filter(kind ->
                        RequestRule.statuses(kind).contains(item.status()) && RequestRule.mayAsk(kind, item, person))
                .collect(Collectors.toSet());
        return askable.isEmpty() || open(item).isPresent() ? Set.of() : askable;
    }

    /**
     * The reason for which asking comes to nothing whatever is written, so that nobody fills in a form for it; empty
     * where it may succeed.
     */
    public List<Problem> standsAgainst(Item item, RequestKind kind) {
        Gate gate = new Gate();
        RequestRule.requireNoneWaiting(gate, open(item).isPresent());
        if (kind == RequestKind.EXTENSION && RequestRule.statuses(kind).contains(item.status())) {
            requireExtendable(gate, item);
        }
        return gate.problems();
    }

    /**
     * The items of which a person may ask something as they stand: those of which it is {@link #askable}.
     *
     * @param atMost how many to read, the most urgent first
     */
    public List<ItemChoice> candidates(RequestKind kind, Person person, int atMost) {
        boolean extension = kind == RequestKind.EXTENSION;
        boolean office = RequestRule.isOfTheOffice(person) && kind != RequestKind.SUSPENSION;
        boolean unit = person.has(Role.HANDLER) && kind != RequestKind.REOPENING;
        if (!extension && !office && !unit) {
            return List.of();
        }
        return jdbc.sql("""
                        select item_no, title, status from item
                        where status = any (:statuses)
                          and (cast(:handlers as text[]) is null or handler = any (:handlers))
                          and (cast(:units as text[]) is null or lead_unit = any (:units))
                          and not exists (select from item_request where item_id = item.id and decided_at is null)
                        order by current_due nulls last, item_no limit :atMost""")
                .param(
                        "statuses",
                        RequestRule.statuses(kind).stream().map(Enum::name).toArray(String[]::new))
                .param("handlers", extension ? person.selfAndAbsentees().toArray(String[]::new) : null)
                .param(
                        "units",
                        extension || office
                                ? null
                                : person.unitsAs(Role.HANDLER).toArray(String[]::new))
                .param("atMost", atMost)
                .query(ItemChoice::of)
                .list();
    }

    /** Checks the number of earlier extensions and that there is time left to ask. */
    void requireExtendable(Gate gate, Item item) {
        long granted = of(item).stream()
                .filter(request -> request.kind() == RequestKind.EXTENSION && request.isGranted())
                .count();
        LocalDate earliest = calendars
                .dueAfter(clock.today(), limits.limit(LimitKind.EXTENSION_NOTICE, item))
                .due();
        new ExtensionLimits(limits.limit(LimitKind.EXTENSION_COUNT, item).amount(), earliest)
                .require(gate, granted, item.currentDue());
    }

    /** The latest request, open or decided; the item has at least one. */
    public ItemRequest latest(Item item) {
        List<ItemRequest> all = of(item);
        return all.get(all.size() - 1);
    }

    /** True where something waits for a decision that the person, or whom they act for, asked. */
    public boolean mayTakeBack(Item item, Person person) {
        return open(item)
                .filter(request -> RequestRule.mayTakeBack(request.requestedBy(), person))
                .isPresent();
    }

    /**
     * The items of which a person, or whom they act for, asked or objected to something that is not decided.
     *
     * @param atMost how many to read
     */
    public List<ItemChoice> undecidedOf(Person person, int atMost) {
        return jdbc.sql("""
                        select item_no, title, status from item
                        where id in (select item_id from item_request
                                     where decided_at is null and requested_by = any (:people)
                                     union
                                     select item_id from supervision_card
                                     where objected_at is not null and ruled_at is null
                                       and objected_by = any (:people))
                        order by item_no limit :atMost""")
                .param("people", person.selfAndAbsentees().toArray(String[]::new))
                .param("atMost", atMost)
                .query(ItemChoice::of)
                .list();
    }

    private static ItemRequest request(ResultSet row, int index) throws SQLException {
        String ground = row.getString("ground");
        return new ItemRequest(
                row.getLong("id"),
                RequestKind.valueOf(row.getString("kind")),
                row.getInt("round"),
                row.getString("requested_by"),
                row.getTimestamp("requested_at").toInstant(),
                row.getString("reason"),
                row.getString("evidence"),
                ground == null ? null : RequestGround.valueOf(ground),
                row.getString("receipt_no"),
                row.getString("target_no"),
                row.getObject("from_due", LocalDate.class),
                row.getObject("asked_day", LocalDate.class),
                row.getString("decided_by"),
                row.getTimestamp("decided_at") == null
                        ? null
                        : row.getTimestamp("decided_at").toInstant(),
                row.getObject("granted", Boolean.class),
                row.getString("opinion"),
                row.getTimestamp("ended_at") == null
                        ? null
                        : row.getTimestamp("ended_at").toInstant(),
                row.getTimestamp("taken_back_at") == null
                        ? null
                        : row.getTimestamp("taken_back_at").toInstant());
    }
}
