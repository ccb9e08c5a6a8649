package org.guiling.engine.duedate;

import java.time.LocalDate;
import java.util.Date;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.guiling.calendar.LimitKind;
import org.guiling.engine.instance.FiveStepInstances;
import org.guiling.engine.supervision.Supervision;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.todo.ToDos;
import org.guiling.time.OfficeClock;
import org.guiling.workflow.FiveStepZeroing.UserTask;
import org.guiling.workflow.TaskContract;
import org.springframework.stereotype.Component;

/**
 * Moves the dates of waiting tasks together with the record's: engine, to-do list and the timer of supervision in the
 * caller's transaction.
 */
@Component
public class DueDates {

    private final TaskService tasks;
    private final FiveStepInstances instances;
    private final ToDos toDos;
    private final TaskDeadlines taskDeadlines;
    private final Supervision supervision;
    private final OfficeClock clock;

    DueDates(
            TaskService tasks,
            FiveStepInstances instances,
            ToDos toDos,
            TaskDeadlines taskDeadlines,
            Supervision supervision,
            OfficeClock clock) {
        this.tasks = tasks;
        this.instances = instances;
        this.toDos = toDos;
        this.taskDeadlines = taskDeadlines;
        this.supervision = supervision;
        this.clock = clock;
    }

    /**
     * Rectification lasts until the item's own date: where that was set anew, supervision begins anew. What is suspended
     * follows when it is taken up again.
     */
    public void followItem(Item item) {
        if (item.status() == ItemStatus.SUSPENDED) {
            return;
        }
        instances.waitingAt(item).forEach(task -> UserTask.of(task.getTaskDefinitionKey())
                .filter(contract -> contract.limit() == LimitKind.RECTIFICATION)
                .filter(contract -> !lastDayOf(task).equals(item.currentDue()))
                .ifPresent(contract -> {
                    move(task.getId(), item.currentDue());
                    supervision.startAfresh(item, contract, item.currentDue());
                }));
    }

    /** Another item was merged in: the rectification is due on the earlier day, and the ladder follows the higher level. */
    public void followMerger(Item target) {
        followItem(target);
        supervision.lookAgain(target);
    }

    /** Gives a waiting task another last day, for a reason that its unit has nothing to do with. */
    public void carryOver(Item item, TaskContract contract, String taskId, LocalDate lastDay) {
        move(taskId, lastDay);
        supervision.carryOver(item, contract, taskId, lastDay);
    }

    public LocalDate lastDayOf(Task task) {
        return clock.dayOf(task.getDueDate().toInstant());
    }

    void move(String taskId, LocalDate lastDay) {
        Date due = taskDeadlines.endOf(lastDay);
        tasks.setDueDate(taskId, due);
        toDos.moveDue(taskId, due.toInstant());
    }
}
