package org.guiling.engine.supervision;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.guiling.calendar.CalendarYearLoaded;
import org.guiling.calendar.LimitKind;
import org.guiling.engine.notification.ItemNotices;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.Items;
import org.guiling.item.record.ItemRecords;
import org.guiling.item.request.Suspensions;
import org.guiling.item.todo.ToDos;
import org.guiling.supervision.Card;
import org.guiling.supervision.Cards;
import org.guiling.supervision.Cause;
import org.guiling.supervision.Ladder;
import org.guiling.supervision.Watch;
import org.guiling.time.OfficeClock;
import org.guiling.workflow.CardReply;
import org.guiling.workflow.FiveStepZeroing.UserTask;
import org.guiling.workflow.SupervisionTask;
import org.guiling.workflow.TaskContract;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps one timer at each item that somebody has to do something about: when supervision (督办) looks at it next. It
 * begins with the item's first task, moves with every date in the same transaction, and ends with the item or for as
 * long as the item is suspended.
 *
 * <p>A step that is done moves the timer only where the next one has to be looked at earlier. A timer that comes too
 * early looks, finds nothing and waits on; the ordinary way through the steps costs it no statement.
 */
@Component("supervision")
public class Supervision {

    private final RuntimeService runtime;
    private final ManagementService management;
    private final Items items;
    private final ItemRecords records;
    private final Suspensions suspensions;
    private final ToDos toDos;
    private final Ladder ladder;
    private final Cards cards;
    private final ItemNotices notices;
    private final OfficeClock clock;

    Supervision(
            RuntimeService runtime,
            ManagementService management,
            Items items,
            ItemRecords records,
            Suspensions suspensions,
            ToDos toDos,
            Ladder ladder,
            Cards cards,
            ItemNotices notices,
            OfficeClock clock) {
        this.runtime = runtime;
        this.management = management;
        this.items = items;
        this.records = records;
        this.suspensions = suspensions;
        this.toDos = toDos;
        this.ladder = ladder;
        this.cards = cards;
        this.notices = notices;
        this.clock = clock;
    }

    /** The model asks it when its timer is due: at the beginning of the day. */
    public Date nextLook(DelegateExecution execution) {
        LocalDate day = items.get(execution.getProcessBusinessKey()).nextLook();
        return Date.from(clock.startOf(day));
    }

    /** A task begins to wait. */
    public void follow(Item item, TaskContract contract, Date due) {
        if (!isWatched(item)
                || due == null
                || contract instanceof SupervisionTask
                || contract == CardReply.ANSWER_CARD
                || contract.isConfidential()) {
            return;
        }
        LocalDate known = item.nextLook();
        LocalDate look = watches(item, contract, clock.dayOf(due.toInstant()), clock.today()).stream()
                .map(watch -> ladder.firstLook(item, watch))
                .min(LocalDate::compareTo)
                .orElseThrow();
        boolean earlier = known == null || look.isBefore(known);
        if (earlier) {
            items.setNextLook(item, look);
        }
        if (known == null) {
            runtime.startProcessInstanceByKey(SupervisionTask.KEY, item.itemNo());
        } else if (!settle(item, contract) && earlier) {
            moveTimer(item);
        }
    }

    /** The date of a waiting task was set anew: the ladder begins anew with it. */
    public void startAfresh(Item item, TaskContract contract, LocalDate due) {
        if (isWatched(item)) {
            ladder.startAfresh(item, Watch.due(contract.id(), contract.limit(), due, clock.today()));
            if (isProposedFor(item, Cause.DUE)) {
                items.setNextLook(item, ladder.nextLook(item, watches(item)));
                if (!makeVoid(item)) {
                    moveTimer(item);
                }
            } else {
                lookAgain(item);
            }
        }
    }

    private boolean isProposedFor(Item item, Cause cause) {
        return item.proposedCard() != null && cards.proposed(item).cause() == cause;
    }

    /** The date of a waiting task moved, and the ladder goes on where it stood; also after a suspension. */
    public void carryOver(Item item, TaskContract contract, String taskId, LocalDate due) {
        if (isWatched(item) && !contract.isConfidential()) {
            ladder.carryOver(item, contract.climbKey(taskId), due);
            lookAgain(item);
        }
    }

    /** Nobody has to do anything about the item any more, or for now. */
    public void end(Item item) {
        if (item.nextLook() == null) {
            return;
        }
        if (item.proposedCard() != null) {
            cards.makeVoid(item);
        }
        items.setNextLook(item, null);
        runtime.createMessageCorrelation(SupervisionTask.SUPERVISION_ENDED)
                .processInstanceBusinessKey(item.itemNo())
                .correlate();
    }

    /** The supervised matters of an item at present. */
    public List<Watch> watches(Item item) {
        return toDos.waitingAt(item.itemNo()).stream()
                .flatMap(waiting -> watches(item, waiting))
                .toList();
    }

    private Stream<Watch> watches(Item item, ToDos.Waiting waiting) {
        TaskContract contract = TaskContract.of(waiting.toDo().taskKey()).orElseThrow();
        // An answer that is late holds up no rung of the matter itself.
        return contract.isConfidential() || contract == CardReply.ANSWER_CARD
                ? Stream.empty()
                : watches(
                        item,
                        contract,
                        clock.dayOf(waiting.toDo().due()),
                        clock.dayOf(waiting.toDo().since()))
                        .stream();
    }

    private List<Watch> watches(Item item, TaskContract contract, LocalDate due, LocalDate since) {
        List<Watch> watches = new ArrayList<>();
        Watch date = Watch.due(contract.id(), contract.limit(), due, since);
        watches.add(date);
        if (contract.limit() == LimitKind.RECTIFICATION) {
            watches.add(Watch.stagnation(
                    contract.id(), contract.limit(), lastProgress(item, since), ladder.firstRung(item, date)));
            rejection(item, since).ifPresent(watches::add);
        } else if (contract == UserTask.VERIFY
                || contract == UserTask.CONFIRM_VERIFICATION
                || contract == UserTask.SIGN_OFF) {
            // Handing the work in again at once does not outrun the ladder.
            rejection(item, since)
                    .filter(watch -> !ladder.hasClimbed(item, watch))
                    .ifPresent(watches::add);
        }
        return watches;
    }

    /** That the item came back in its present round; empty in the first, and after it was reopened. */
    private Optional<Watch> rejection(Item item, LocalDate since) {
        int rejections = item.round() > 1 ? records.rejections(item) : 0;
        return rejections > 0
                ? Optional.of(Watch.rejection(UserTask.RECTIFY.id(), UserTask.RECTIFY.limit(), since, rejections))
                : Optional.empty();
    }

    /** Each report of progress makes a new task; what was suspended could not progress. */
    private LocalDate lastProgress(Item item, LocalDate since) {
        if (since.equals(clock.today())) {
            return since;
        }
        return suspensions
                .resumedAt(item)
                .map(clock::dayOf)
                .filter(resumed -> resumed.isAfter(since))
                .orElse(since);
    }

    /** Items of a version that did not supervise. */
    @EventListener(ApplicationReadyEvent.class)
    @Transactional
    public void takeUp() {
        lookAgain(items.unwatched());
    }

    /** A rung is so many working days away: other days are worked, other days are its own. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void on(CalendarYearLoaded loaded) {
        LocalDate first = LocalDate.ofYearDay(loaded.change().year().year(), 1);
        lookAgain(items.watchedFrom(first));
    }

    private void lookAgain(List<String> itemNos) {
        items.lock(itemNos);
        itemNos.forEach(itemNo -> lookAgain(items.get(itemNo)));
    }

    /** Reviews the ladder after a change of the facts that its table asks for. */
    public void lookAgain(Item item) {
        if (!isWatched(item)) {
            return;
        }
        LocalDate known = item.nextLook();
        LocalDate look = ladder.nextLook(item, watches(item));
        if (look.equals(known)) {
            return;
        }
        items.setNextLook(item, look);
        if (known == null) {
            runtime.startProcessInstanceByKey(SupervisionTask.KEY, item.itemNo());
        } else {
            moveTimer(item);
        }
    }

    /** @return whether a proposed card was about what is settled now that this task waits, and supervision waits anew */
    private boolean settle(Item item, TaskContract contract) {
        if (item.proposedCard() == null || !(contract instanceof UserTask)) {
            return false;
        }
        Card card = cards.proposed(item);
        boolean settled = card.cause() != Cause.REJECTION
                && (!card.taskKey().equals(contract.id())
                        || card.round() != item.round()
                        || card.cause() == Cause.STAGNATION);
        return settled && makeVoid(item);
    }

    /**
     * @return whether the proposal waited for its decision, so that supervision waits for its next look from now on;
     *     false between the proposal's end and the next look, which follows at once and finds no proposal
     */
    private boolean makeVoid(Item item) {
        cards.makeVoid(item);
        // Rungs that gave way to the card, or waited for it, have not been decided by anybody.
        if (item.round() > 1 && !cards.hasDecidedOnReturn(item)) {
            ladder.forget(item, Cause.REJECTION);
            items.setNextLook(item, clock.today());
        }
        return !runtime.createMessageCorrelation(SupervisionTask.MATTER_SETTLED)
                .processInstanceBusinessKey(item.itemNo())
                .correlateAllWithResult()
                .isEmpty();
    }

    private void moveTimer(Item item) {
        ProcessInstance instance = runtime.createProcessInstanceQuery()
                .processDefinitionKey(SupervisionTask.KEY)
                .processInstanceBusinessKey(item.itemNo())
                .singleResult();
        boolean undoRuns = management
                        .createJobQuery()
                        .processInstanceId(instance.getId())
                        .activityId(SupervisionTask.UNDO_TIMER)
                        .count()
                > 0;
        // Once a card can no longer be taken back, the timer that follows asks for the day itself.
        if (!undoRuns) {
            Date day = Date.from(clock.startOf(item.nextLook()));
            management
                    .createJobQuery()
                    .processInstanceId(instance.getId())
                    .timers()
                    .list()
                    .forEach(timer -> moveTimer(item, timer, day));
        }
    }

    /** A timer that has failed for good moves as well, but does not fire any more until an operator retries it. */
    private void moveTimer(Item item, Job timer, Date day) {
        management.setJobDuedate(timer.getId(), day);
        if (timer.getRetries() == 0) {
            notices.supervisionStuck(item, timer.getId());
        }
    }

    private static boolean isWatched(Item item) {
        return item.status().isOpen() && item.status() != ItemStatus.SUSPENDED;
    }
}
