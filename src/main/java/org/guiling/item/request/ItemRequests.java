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
import org.guiling.item.ItemStatus;
import org.guiling.item.RequestGround;
import org.guiling.item.RequestKind;
import org.guiling.item.rule.ExtensionLimits;
import org.guiling.item.rule.ItemLimits;
import org.guiling.item.rule.RequestRule;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.refusal.Gate;
import org.guiling.refusal.Problem;
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
    public List<SimilarItem> candidates(RequestKind kind, Person person, int atMost) {
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
                .query(ItemRequests::similar)
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
    public List<SimilarItem> undecidedOf(Person person, int atMost) {
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
                .query(ItemRequests::similar)
                .list();
    }

    /** A date that has passed while the request waited would be no date; the request is denied and made again. */
    private void requireDateToCome(ItemRequest request) {
        new Gate()
                .require(
                        request.askedDay() == null || !request.askedDay().isBefore(clock.today()),
                        "decision",
                        "refusal.request.date-passed",
                        request.askedDay())
                .pass();
    }

    /** True where the item's date in force has passed: its suspension is for the leading group then (DOMAIN.md §7). */
    @Transactional(readOnly = true)
    public boolean isOverdue(Item item) {
        return item.currentDue() != null && item.currentDue().isBefore(clock.today());
    }

    /** The review day (复核日) of the suspension that lasts; null when none does. */
    @Transactional(readOnly = true)
    public LocalDate suspendedUntil(Item item) {
        return runningSuspension(item).map(ItemRequest::askedDay).orElse(null);
    }

    private Optional<ItemRequest> runningSuspension(Item item) {
        return of(item).stream().filter(ItemRequest::isRunningSuspension).findFirst();
    }

    /** The latest request, open or decided; the item has at least one. */
    @Transactional(readOnly = true)
    public ItemRequest latest(Item item) {
        List<ItemRequest> all = of(item);
        return all.get(all.size() - 1);
    }

    /**
     * The new date counts from now on; the original one stays (DOMAIN.md §3).
     *
     * @return what was granted
     */
    public ItemRequest extend(Item item, Person approver) {
        ItemRequest request = granted(item, RequestKind.EXTENSION, approver);
        LocalDate before = item.currentDue();
        // A rework may have set a later one in the meantime.
        if (request.askedDay().isAfter(before)) {
            item.extendTo(request.askedDay(), dueDateRule.extension(item).basis(), clock.today());
            items.save(item);
        }
        timeline.appendAction(
                item,
                Action.EXTEND,
                approver,
                TimelineDetail.of(before + " → " + item.currentDue())
                        .because(request.reason())
                        .moving(before, item.currentDue(), item.dueBasis()));
        return request;
    }

    /** @return what was granted: the suspension ends by itself on the day that was asked */
    public ItemRequest suspend(Item item, Person approver) {
        ItemRequest request = granted(item, RequestKind.SUSPENSION, approver);
        timeline.appendAction(
                item,
                Action.SUSPEND,
                approver,
                TimelineDetail.of("→ " + request.askedDay()).because(request.reason()));
        item.moveTo(item.step(), ItemStatus.SUSPENDED);
        items.save(item);
        return request;
    }

    /**
     * Ends a suspension; the date in force moves by the days that it lasted. A server that was down over the review day
     * takes nothing from it. Status and step follow the engine.
     *
     * @param person null when its review day has come
     * @return how long it lasted; empty where somebody has ended it already
     */
    public Optional<Pause> resume(Item item, Person person) {
        if (item.status() != ItemStatus.SUSPENDED) {
            return Optional.empty();
        }
        ItemRequest suspension =
                runningSuspension(item).orElseThrow(() -> RefusedException.conflict("refusal.request.not-suspended"));
        LocalDate today = clock.today();
        Pause pause = new Pause(
                clock.dayOf(suspension.decidedAt()),
                today.isAfter(suspension.askedDay()) ? suspension.askedDay() : today,
                calendars.current());
        jdbc.sql("update item_request set ended_at = ? where id = ?")
                .params(OffsetDateTime.now(clock), suspension.id())
                .update();
        LocalDate before = item.currentDue();
        if (before != null) {
            item.resumeUntil(dueDateRule.afterPause(item, pause));
            items.save(item);
        }
        timeline.appendAction(
                item,
                Action.RESUME,
                person,
                TimelineDetail.of(Long.toString(pause.days()))
                        .because(suspension.opinion())
                        .moving(before, item.currentDue(), item.dueBasis()));
        return Optional.of(pause);
    }

    /** The time at which the item was resumed after its last suspension; empty when it never was suspended. */
    @Transactional(readOnly = true)
    public Optional<Instant> resumedAt(Item item) {
        return of(item).stream()
                .map(ItemRequest::endedAt)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder());
    }

    /** Reasons for which a suspension ends before its review day. */
    public void noteResumption(Item item, String opinion) {
        jdbc.sql("""
                        update item_request set opinion = ?
                        where item_id = ? and kind = 'SUSPENSION' and granted and ended_at is null""").params(opinion, item.id()).update();
    }

    /**
     * The same fact is back: what was reported is the defect of the next round. Where looking back or a spot check has
     * reopened the item already, nothing was asked.
     */
    public void reopen(Item item, Person approver) {
        if (item.status() != ItemStatus.CLOSED) {
            return;
        }
        ItemRequest request = granted(item, RequestKind.REOPENING, approver);
        lookBackStep.reopen(item, Action.REOPEN, List.of(request.reason()), request.askedDay(), approver);
    }

    /**
     * Takes the item out of the ledger's count for good: merged, transferred or cancelled, never closed.
     *
     * @return what was granted
     */
    public ItemRequest withdraw(Item item, Person approver) {
        ItemRequest request = open(item).orElseThrow(() -> RefusedException.conflict("refusal.request.none"));
        // It may have been split while the request waited.
        new Gate().refuse(item.whilePartsAreOpen()).pass();
        decide(request, true, approver, null);
        switch (request.kind()) {
            case MERGER -> {
                merger.merge(item, request, approver);
                end(item, Action.MERGE, ItemStatus.MERGED, request, "→ " + request.targetNo(), approver);
            }
            case TRANSFER -> end(item, Action.TRANSFER, ItemStatus.TRANSFERRED, request, request.receiptNo(), approver);
            case CANCELLATION ->
                end(
                        item,
                        Action.CANCEL,
                        ItemStatus.CANCELLED,
                        request,
                        request.ground().name(),
                        approver);
            default -> throw new IllegalStateException(request.kind() + " does not end an item");
        }
        return request;
    }

    /** The item that takes over what a withdrawal ended; empty where it was no merger. */
    public Optional<Item> mergedInto(ItemRequest withdrawal) {
        return withdrawal.kind() == RequestKind.MERGER
                ? Optional.of(items.get(withdrawal.targetNo()))
                : Optional.empty();
    }

    private void end(Item item, Action action, ItemStatus status, ItemRequest request, String note, Person approver) {
        timeline.appendAction(item, action, approver, TimelineDetail.of(note).because(request.reason()));
        item.moveTo(item.step(), status);
        items.save(item);
    }

    private ItemRequest requireMayDecide(Item item, Person approver) {
        ItemRequest request = open(item).orElseThrow(() -> RefusedException.conflict("refusal.request.none"));
        fourEyes.check(item, Action.DECIDE_REQUEST, approver);
        return request;
    }

    private ItemRequest granted(Item item, RequestKind kind, Person approver) {
        ItemRequest request = open(item)
                .filter(open -> open.kind() == kind)
                .orElseThrow(() -> RefusedException.conflict("refusal.request.none"));
        requireDateToCome(request);
        decide(request, true, approver, null);
        return request;
    }

    private void decide(ItemRequest request, boolean granted, Person approver, String opinion) {
        jdbc.sql("update item_request set decided_by = ?, decided_at = ?, granted = ?, opinion = ? where id = ?")
                .params(approver.id(), OffsetDateTime.now(clock), granted, opinion, request.id())
                .update();
    }

    private void requireEligible(Item item, ItemRequest.Draft draft, Person person) {
        Gate gate = new Gate();
        if (draft.kind() == RequestKind.REOPENING) {
            requireReopening(gate, item, draft, person);
            return;
        }
        gate.require(WORKED_ON.contains(item.status()), "itemNo", "refusal.request.status", item.status())
                .require(open(item).isEmpty(), "itemNo", "refusal.request.waiting")
                .pass();
        switch (draft.kind()) {
            case EXTENSION -> requireExtension(gate, item, draft, person);
            case SUSPENSION -> requireSuspension(gate, item, draft, person);
            case MERGER -> {
                requireAsker(gate, item, draft, person);
                gate.refuse(item.whilePartsAreOpen());
                merger.requireTarget(gate, item, draft.targetNo(), person);
            }
            case TRANSFER -> {
                requireAsker(gate, item, draft, person);
                gate.refuse(item.whilePartsAreOpen());
                gate.require(Gate.given(draft.receiptNo()), "receiptNo", "refusal.request.receipt");
            }
            case CANCELLATION -> {
                requireAsker(gate, item, draft, person);
                gate.refuse(item.whilePartsAreOpen());
                requireGround(gate, draft);
            }
            default -> throw new IllegalStateException(draft.kind() + " is asked of a closed item");
        }
        gate.pass();
    }

    private void requireReopening(Gate gate, Item item, ItemRequest.Draft draft, Person person) {
        gate.require(mayAsk(draft.kind(), item, person), null, "refusal.request.office-only")
                .require(item.status() == ItemStatus.CLOSED, "itemNo", "refusal.request.status", item.status())
                .require(open(item).isEmpty(), "itemNo", "refusal.request.waiting")
                .pass();
        dueDateRule.requireNextRound(gate, item, "newDue", draft.askedDay());
        gate.pass();
    }

    private void requireExtension(Gate gate, Item item, ItemRequest.Draft draft, Person person) {
        gate.require(mayAsk(draft.kind(), item, person), null, "refusal.request.handler-only")
                .require(RECTIFYING.contains(item.status()), "itemNo", "refusal.request.status", item.status())
                .pass();
        requireExtendable(gate, item);
        gate.require(Gate.given(draft.evidence()), "evidence", "refusal.extension.evidence");
        dueDateRule.requireExtended(gate, item, draft.askedDay());
    }

    /** Checks the number of earlier extensions and that there is time left to ask. */
    private void requireExtendable(Gate gate, Item item) {
        long before = of(item).stream()
                .filter(request -> request.kind() == RequestKind.EXTENSION && Boolean.TRUE.equals(request.granted()))
                .count();
        int allowed = limits.limit(LimitKind.EXTENSION_COUNT, item).amount();
        LocalDate notice = end(clock.today(), limits.limit(LimitKind.EXTENSION_NOTICE, item));
        gate.require(before < allowed, "itemNo", "refusal.extension.used", allowed)
                .require(!item.currentDue().isBefore(notice), "itemNo", "refusal.extension.late", notice);
    }

    private void requireSuspension(Gate gate, Item item, ItemRequest.Draft draft, Person person) {
        LocalDate today = clock.today();
        LocalDate latest = end(today, limits.limit(LimitKind.SUSPENSION, item));
        requireAsker(gate, item, draft, person);
        requireGround(gate, draft);
        gate.require(draft.askedDay().isAfter(today), "reviewOn", "refusal.suspension.past")
                .require(!draft.askedDay().isAfter(latest), "reviewOn", "refusal.suspension.cap", latest);
        requireSuspensionsLeft(gate, item, draft.askedDay());
    }

    /** So many suspensions, and so many days of them, in an item's whole life (DOMAIN.md §7). */
    private void requireSuspensionsLeft(Gate gate, Item item, LocalDate reviewOn) {
        List<ItemRequest> before = of(item).stream()
                .filter(request -> request.kind() == RequestKind.SUSPENSION && Boolean.TRUE.equals(request.granted()))
                .toList();
        int allowed = limits.limit(LimitKind.SUSPENSION_COUNT, item).amount();
        long used = before.stream()
                .mapToLong(request ->
                        ChronoUnit.DAYS.between(clock.dayOf(request.decidedAt()), clock.dayOf(request.endedAt())))
                .sum();
        long left = limits.limit(LimitKind.SUSPENSION_TOTAL, item).amount() - used;
        LocalDate latest = clock.today().plusDays(Math.max(left, 0));
        gate.require(before.size() < allowed, "itemNo", "refusal.suspension.used", allowed)
                .require(!reviewOn.isAfter(latest), "reviewOn", "refusal.suspension.total", used, latest);
    }

    private static void requireGround(Gate gate, ItemRequest.Draft draft) {
        gate.require(
                draft.ground() != null && draft.ground().kind() == draft.kind(), "ground", "refusal.request.ground");
    }

    private static void requireAsker(Gate gate, Item item, ItemRequest.Draft draft, Person person) {
        gate.require(mayAsk(draft.kind(), item, person), null, "refusal.request.other-unit")
                .pass();
    }

    /** The office that keeps the ledger, the unit whose item it is, or whoever has it in hand. */
    private static boolean mayAsk(RequestKind kind, Item item, Person person) {
        boolean office = isOfTheOffice(person);
        boolean unit = person.has(Role.HANDLER, item.registration().leadUnit());
        return switch (kind) {
            case EXTENSION -> person.selfAndAbsentees().stream().anyMatch(item::isHandledBy);
            case SUSPENSION -> unit;
            case REOPENING -> office;
            case MERGER, TRANSFER, CANCELLATION -> office || unit;
        };
    }

    private static boolean isOfTheOffice(Person person) {
        return person.has(Role.REGISTRAR) || person.has(Role.REVIEWER);
    }

    private LocalDate end(LocalDate event, TimeLimit limit) {
        return calendars.dueAfter(event, limit).due();
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
