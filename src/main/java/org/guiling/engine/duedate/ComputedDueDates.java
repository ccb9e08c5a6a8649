package org.guiling.engine.duedate;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.guiling.calendar.CalendarChange;
import org.guiling.calendar.CalendarYearLoaded;
import org.guiling.calendar.LimitKind;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.item.rule.ItemLimits;
import org.guiling.item.timeline.MovedDate;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.todo.ToDos;
import org.guiling.item.todo.ToDos.ToDo;
import org.guiling.supervision.Replies;
import org.guiling.time.OfficeClock;
import org.guiling.workflow.CardReply;
import org.guiling.workflow.TaskContract;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The dates of waiting tasks that a limit set, and nobody chose: a newly loaded year of the calendar moves them, within
 * the transaction that loads it.
 */
@Component
class ComputedDueDates {

    private static final Set<LimitKind> CHOSEN =
            EnumSet.of(LimitKind.RECTIFICATION, LimitKind.SUSPENSION, LimitKind.CARD_UNDO);

    private final ToDos toDos;
    private final Items items;
    private final Timeline timeline;
    private final Replies replies;
    private final ItemLimits limits;
    private final DueDates dueDates;
    private final OfficeClock clock;

    ComputedDueDates(
            ToDos toDos,
            Items items,
            Timeline timeline,
            Replies replies,
            ItemLimits limits,
            DueDates dueDates,
            OfficeClock clock) {
        this.toDos = toDos;
        this.items = items;
        this.timeline = timeline;
        this.replies = replies;
        this.limits = limits;
        this.dueDates = dueDates;
        this.clock = clock;
    }

    /** The dates that a year moves, or would move. */
    List<MovedDate> movedBy(CalendarChange change) {
        LocalDate first = LocalDate.ofYearDay(change.year().year(), 1);
        return toDos.waiting(clock.startOf(first.plusYears(1)), clock.startOf(first)).stream()
                .filter(waiting -> isComputed(waiting.toDo()))
                .map(waiting -> moved(waiting, change))
                .filter(MovedDate::isAnother)
                .toList();
    }

    /** Before supervision counts its rungs from them. */
    @EventListener
    @Order(0)
    @Transactional(propagation = Propagation.MANDATORY)
    void on(CalendarYearLoaded loaded) {
        items.lock(movedBy(loaded.change()).stream().map(MovedDate::itemNo).toList());
        // A task that moved on while it was waited for is looked at again.
        for (MovedDate date : movedBy(loaded.change())) {
            Item item = items.get(date.itemNo());
            TaskContract contract = TaskContract.of(date.taskKey()).orElseThrow();
            dueDates.carryOver(item, contract, date.taskId(), date.to());
            if (contract == CardReply.ANSWER_CARD) {
                replies.awaitReplyUntil(item, date.taskId(), date.to());
            }
            if (!contract.isConfidential()) {
                timeline.appendMoved(item, date, loaded.change().year());
            }
        }
    }

    /** Rectification and suspension last until a date that people chose and approved. */
    private static boolean isComputed(ToDo toDo) {
        return !CHOSEN.contains(limit(toDo));
    }

    private static LimitKind limit(ToDo toDo) {
        return TaskContract.of(toDo.taskKey()).orElseThrow().limit();
    }

    private MovedDate moved(ToDos.Waiting waiting, CalendarChange change) {
        ToDo toDo = waiting.toDo();
        LocalDate due = clock.dayOf(toDo.due());
        LocalDate moved =
                change.moved(due, clock.dayOf(waiting.toDo().since()), limits.limit(limit(toDo), waiting.facts()));
        return new MovedDate(toDo.itemNo(), toDo.title(), toDo.taskId(), toDo.taskKey(), due, moved);
    }
}
