package org.guiling.engine.notification;

import java.util.List;
import java.util.Optional;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.item.todo.ToDos;
import org.guiling.item.todo.ToDos.Waiting;
import org.guiling.item.todo.WatchedTasks;
import org.guiling.refusal.RefusedException;
import org.guiling.supervision.Ladder;
import org.guiling.supervision.Watch;
import org.guiling.time.OfficeClock;
import org.guiling.workflow.TaskContract;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Watches the tasks that no item's supervision watches (回头看、抽查、发牌决定、督办回复、重开审批): reminds and urges those whom they wait
 * for, and reports to those above them, by the same ladder. The items of these tasks are closed, or the task is part of
 * their supervision, whose only timer would take the proposal away, or must not hold up its rungs.
 *
 * <p>The day of the next look is in the task's row of the to-do list, so that instances of every version of a model are
 * watched, and looking costs nothing where there is nothing to see.
 */
@Component
public class TaskWatch {

    private static final Logger log = LoggerFactory.getLogger(TaskWatch.class);
    private static final int AT_A_TIME = 500;

    private final WatchedTasks tasks;
    private final ToDos toDos;
    private final Items items;
    private final Ladder ladder;
    private final ItemNotices notices;
    private final TransactionTemplate transactions;
    private final OfficeClock clock;

    TaskWatch(
            WatchedTasks tasks,
            ToDos toDos,
            Items items,
            Ladder ladder,
            ItemNotices notices,
            TransactionTemplate transactions,
            OfficeClock clock) {
        this.tasks = tasks;
        this.toDos = toDos;
        this.items = items;
        this.ladder = ladder;
        this.notices = notices;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Looks at all that is due, each task in a transaction of its own. Each hour, on whichever node is first; calling it
     * again changes nothing. What fails is looked at again the next time.
     */
    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT1H")
    public void look() {
        List<WatchedTasks.Due> due;
        int failed = 0;
        do {
            due = tasks.toLookAt(clock.today(), AT_A_TIME);
            failed = (int) due.stream().filter(watched -> !looked(watched)).count();
        } while (due.size() == AT_A_TIME && failed < AT_A_TIME);
    }

    private boolean looked(WatchedTasks.Due watched) {
        try {
            transactions.executeWithoutResult(transaction -> look(watched));
            return true;
        } catch (DataAccessException | RefusedException failure) {
            log.warn("Task {} of {} was not looked at: {}", watched.taskId(), watched.itemNo(), failure.toString());
            return false;
        }
    }

    private void look(WatchedTasks.Due watched) {
        Item item = items.getLocked(watched.itemNo());
        // Somebody else may have looked, or done the task, while this waited for the item.
        boolean due = tasks.isToLookAt(watched.taskId(), clock.today());
        Optional<Waiting> waiting = toDos.waitingAt(watched.itemNo()).stream()
                .filter(each -> due && each.toDo().taskId().equals(watched.taskId()))
                .findFirst();
        waiting.ifPresent(task -> climb(item, task));
    }

    private void climb(Item item, Waiting waiting) {
        TaskContract contract = TaskContract.of(waiting.toDo().taskKey()).orElseThrow();
        Watch watch = Watch.due(
                contract.climbKey(waiting.toDo().taskId()),
                contract.limit(),
                clock.dayOf(waiting.toDo().due()),
                clock.dayOf(waiting.toDo().since()));
        ladder.climbApart(item, watch)
                // Cards are about a unit's work on an item; of an office's own task the table may have none.
                .filter(rise -> !rise.rung().isCard())
                .ifPresent(rise -> {
                    if (contract.isConfidential()) {
                        notices.climbedInConfidence(item, rise, waiting.toDo());
                    } else {
                        notices.climbed(item, rise, waiting.toDo());
                    }
                });
        tasks.setNextLook(waiting.toDo().taskId(), ladder.nextLook(item, List.of(watch)));
    }
}
