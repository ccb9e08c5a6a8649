package org.guiling.item.request;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.guiling.calendar.LimitKind;
import org.guiling.calendar.WorkingCalendars;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.RequestKind;
import org.guiling.item.rule.DueDateRule;
import org.guiling.item.rule.ItemLimits;
import org.guiling.item.rule.Pause;
import org.guiling.item.rule.RequestRule;
import org.guiling.item.rule.SuspensionLimits;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineFact;
import org.guiling.organization.Person;
import org.guiling.refusal.Gate;
import org.guiling.refusal.RefusedException;
import org.guiling.time.OfficeClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes a request about an item, and takes it back while nobody has decided on it. */
@Component
@Transactional
public class RequestSubmission {

    private final ItemRequests requests;
    private final Timeline timeline;
    private final Merger merger;
    private final DueDateRule dueDateRule;
    private final ItemLimits limits;
    private final WorkingCalendars calendars;
    private final JdbcClient jdbc;
    private final OfficeClock clock;

    RequestSubmission(
            ItemRequests requests,
            Timeline timeline,
            Merger merger,
            DueDateRule dueDateRule,
            ItemLimits limits,
            WorkingCalendars calendars,
            JdbcClient jdbc,
            OfficeClock clock) {
        this.requests = requests;
        this.timeline = timeline;
        this.merger = merger;
        this.dueDateRule = dueDateRule;
        this.limits = limits;
        this.calendars = calendars;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Asks for something.
     *
     * @throws RefusedException when the item's state, the person or the limits do not allow it, or something else waits
     */
    public void raise(Item item, ItemRequest.Draft draft, Person person) {
        requireEligible(item, draft, person);
        jdbc.sql("""
                        insert into item_request (item_id, kind, round, requested_by, requested_at, reason, evidence,
                            ground, receipt_no, target_no, from_due, asked_day)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        item.id(),
                        draft.kind().name(),
                        item.round(),
                        person.id(),
                        OffsetDateTime.now(clock),
                        draft.reason(),
                        draft.evidence(),
                        draft.ground() == null ? null : draft.ground().name(),
                        draft.receiptNo(),
                        draft.targetNo(),
                        draft.kind() == RequestKind.EXTENSION ? item.currentDue() : null,
                        draft.askedDay())
                .update();
        timeline.appendAction(
                item, Action.REQUEST, person, new TimelineFact.Request(draft.kind()).because(draft.reason()));
    }

    private void requireEligible(Item item, ItemRequest.Draft draft, Person person) {
        Gate gate = new Gate();
        RequestRule.requireAskable(
                gate, draft.kind(), item, person, requests.open(item).isPresent());
        switch (draft.kind()) {
            case EXTENSION -> {
                requests.requireExtendable(gate, item);
                gate.require(Gate.given(draft.evidence()), "evidence", "refusal.extension.evidence");
                dueDateRule.requireExtended(gate, item, draft.askedDay());
            }
            case SUSPENSION -> {
                RequestRule.requireGround(gate, draft.kind(), draft.ground());
                requireSuspendable(gate, item, draft.askedDay());
            }
            case REOPENING -> dueDateRule.requireNextRound(gate, item, "newDue", draft.askedDay());
            case MERGER -> {
                gate.refuse(item.whilePartsAreOpen());
                merger.requireTarget(gate, item, draft.targetNo(), person);
            }
            case TRANSFER -> {
                gate.refuse(item.whilePartsAreOpen());
                gate.require(Gate.given(draft.receiptNo()), "receiptNo", "refusal.request.receipt");
            }
            case CANCELLATION -> {
                gate.refuse(item.whilePartsAreOpen());
                RequestRule.requireGround(gate, draft.kind(), draft.ground());
            }
        }
        gate.pass();
    }

    private void requireSuspendable(Gate gate, Item item, LocalDate reviewOn) {
        LocalDate today = clock.today();
        List<Pause> before = requests.of(item).stream()
                .filter(request -> request.kind() == RequestKind.SUSPENSION && request.isGranted())
                .map(request -> new Pause(
                        clock.dayOf(request.decidedAt()), clock.dayOf(request.endedAt()), calendars.current()))
                .toList();
        new SuspensionLimits(
                        today,
                        calendars
                                .dueAfter(today, limits.limit(LimitKind.SUSPENSION, item))
                                .due(),
                        limits.limit(LimitKind.SUSPENSION_COUNT, item).amount(),
                        limits.limit(LimitKind.SUSPENSION_TOTAL, item).amount())
                .require(gate, before, reviewOn);
    }

    /**
     * Withdraws a request on behalf of the person who made it (撤回申请); nothing has been decided, and it may be made
     * anew.
     *
     * @return what was asked
     * @throws RefusedException when nothing waits, or somebody else has asked it
     */
    public ItemRequest takeBack(Item item, String reason, Person person) {
        ItemRequest request = requests.requireOpen(item);
        if (!RequestRule.mayTakeBack(request.requestedBy(), person)) {
            throw RefusedException.forbidden("refusal.request.asker-only");
        }
        OffsetDateTime now = OffsetDateTime.now(clock);
        jdbc.sql("""
                        update item_request
                        set decided_by = ?, decided_at = ?, granted = false, opinion = ?, taken_back_at = ?
                        where id = ?""").params(person.id(), now, reason, now, request.id()).update();
        timeline.appendAction(
                item, Action.TAKE_BACK_REQUEST, person, new TimelineFact.Request(request.kind()).because(reason));
        return request;
    }
}
