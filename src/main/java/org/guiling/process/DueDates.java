package org.guiling.process;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Date;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.guiling.calendar.LimitKind;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.ToDos;
import org.guiling.process.FiveStepZeroing.UserTask;
import org.springframework.stereotype.Component;

/** Moves the dates of waiting tasks together with the record's: engine and to-do list in the caller's transaction. */
@Component
class DueDates {

    private final TaskService tasks;
    private final FiveStepInstances instances;
    private final ToDos toDos;
    private final TaskDeadlines taskDeadlines;
    private final Clock clock;

    DueDates(TaskService tasks, FiveStepInstances instances, ToDos toDos, TaskDeadlines taskDeadlines, Clock clock) {
        this.tasks = tasks;
        this.instances = instances;
        this.toDos = toDos;
        this.taskDeadlines = taskDeadlines;
        this.clock = clock;
    }

    /** Rectification lasts until the item's own date. What is suspended follows when it is taken up again. */
    void followItem(Item item) {
        if (item.status() == ItemStatus.SUSPENDED) {
            return;
        }
        instances.waitingAt(item).stream()
                .filter(task -> UserTask.of(task.getTaskDefinitionKey())
                        .filter(contract -> contract.limit() == LimitKind.RECTIFICATION)
                        .isPresent())
                .forEach(task -> move(task.getId(), item.currentDue()));
    }

    LocalDate lastDayOf(Task task) {
        return task.getDueDate().toInstant().atZone(clock.getZone()).toLocalDate();
    }

    /** Gives a waiting task another last day. Whoever calls knows why, and writes it down. */
    void move(String taskId, LocalDate lastDay) {
        Date due = taskDeadlines.endOf(lastDay);
        tasks.setDueDate(taskId, due);
        toDos.moveDue(taskId, due.toInstant());
    }
}
