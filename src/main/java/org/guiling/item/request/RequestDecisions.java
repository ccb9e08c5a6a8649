package org.guiling.item.request;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.Items;
import org.guiling.item.RequestKind;
import org.guiling.item.lookback.LookBackStep;
import org.guiling.item.record.FourEyes;
import org.guiling.item.rule.DueDateRule;
import org.guiling.item.rule.RequestRule;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineFact;
import org.guiling.organization.Person;
import org.guiling.refusal.Gate;
import org.guiling.refusal.RefusedException;
import org.guiling.time.OfficeClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Decides on the request that waits, and does to the item what was granted. */
@Component
@Transactional
public class RequestDecisions {

    private final ItemRequests requests;
    private final Items items;
    private final Timeline timeline;
    private final FourEyes fourEyes;
    private final LookBackStep lookBackStep;
    private final Merger merger;
    private final DueDateRule dueDateRule;
    private final JdbcClient jdbc;
    private final OfficeClock clock;

    RequestDecisions(
            ItemRequests requests,
            Items items,
            Timeline timeline,
            FourEyes fourEyes,
            LookBackStep lookBackStep,
            Merger merger,
            DueDateRule dueDateRule,
            JdbcClient jdbc,
            OfficeClock clock) {
        this.requests = requests;
        this.items = items;
        this.timeline = timeline;
        this.fourEyes = fourEyes;
        this.lookBackStep = lookBackStep;
        this.merger = merger;
        this.dueDateRule = dueDateRule;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * One approval; the engine knows whether another has to follow.
     *
     * @return how many there are now
     */
    public int approve(Item item, String opinion, Person approver) {
        ItemRequest request = requireMayDecide(item, approver);
        jdbc.sql("insert into request_approval (request_id, approver, approved_at, opinion) values (?, ?, ?, ?)")
                .params(request.id(), approver.id(), OffsetDateTime.now(clock), opinion)
                .update();
        timeline.appendAction(
                item,
                Action.DECIDE_REQUEST,
                approver,
                new TimelineFact.RequestDecision(request.kind(), true).because(opinion));
        return jdbc.sql("select count(*) from request_approval where request_id = ?")
                .param(request.id())
                .query(Integer.class)
                .single();
    }

    /** @return what was refused */
    public ItemRequest refuse(Item item, String opinion, Person approver) {
        ItemRequest request = requireMayDecide(item, approver);
        decide(request, false, approver, opinion);
        timeline.appendAction(
                item,
                Action.DECIDE_REQUEST,
                approver,
                new TimelineFact.RequestDecision(request.kind(), false).because(opinion));
        return request;
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
                new TimelineFact.DateMoved(before, item.currentDue(), null)
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
                new TimelineFact.Suspension(request.askedDay()).because(request.reason()));
        item.moveTo(item.step(), ItemStatus.SUSPENDED);
        items.save(item);
        return request;
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
        ItemRequest request = requests.requireOpen(item);
        // It may have been split while the request waited.
        new Gate().refuse(item.whilePartsAreOpen()).pass();
        decide(request, true, approver, null);
        if (request.kind() == RequestKind.MERGER) {
            merger.merge(item, request, approver);
        }
        RequestRule.Ending ending = RequestRule.ending(request.kind());
        timeline.appendAction(item, ending.action(), approver, endingOf(request).because(request.reason()));
        item.moveTo(item.step(), ending.status());
        items.save(item);
        return request;
    }

    /** The item that takes over what a withdrawal ended; empty where it was no merger. */
    public Optional<Item> mergedInto(ItemRequest withdrawal) {
        return withdrawal.kind() == RequestKind.MERGER
                ? Optional.of(items.get(withdrawal.targetNo()))
                : Optional.empty();
    }

    private static TimelineFact endingOf(ItemRequest request) {
        return switch (request.kind()) {
            case MERGER -> new TimelineFact.MergedInto(request.targetNo());
            case TRANSFER -> new TimelineFact.Receipt(request.receiptNo());
            default -> new TimelineFact.Cancellation(request.ground());
        };
    }

    private ItemRequest requireMayDecide(Item item, Person approver) {
        ItemRequest request = requests.requireOpen(item);
        fourEyes.check(item, Action.DECIDE_REQUEST, approver);
        return request;
    }

    private ItemRequest granted(Item item, RequestKind kind, Person approver) {
        ItemRequest request = requests.open(item)
                .filter(open -> open.kind() == kind)
                .orElseThrow(() -> RefusedException.conflict("refusal.request.none"));
        Gate gate = new Gate();
        RequestRule.requireDateToCome(gate, request.askedDay(), clock.today());
        gate.pass();
        decide(request, true, approver, null);
        return request;
    }

    private void decide(ItemRequest request, boolean granted, Person approver, String opinion) {
        jdbc.sql("update item_request set decided_by = ?, decided_at = ?, granted = ?, opinion = ? where id = ?")
                .params(approver.id(), OffsetDateTime.now(clock), granted, opinion, request.id())
                .update();
    }
}
