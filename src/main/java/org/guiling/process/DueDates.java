package org.guiling.process;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.guiling.calendar.LimitKind;
import org.guiling.item.Item;
import org.guiling.item.ToDos;
import org.guiling.process.FiveStepZeroing.UserTask;
import org.springframework.stereotype.Component;

/** Moves the dates of waiting tasks together with the record's: engine and to-do list in the caller's transaction. */
@Component
class DueDates {

    private final TaskService tasks;
    private final RuntimeService runtime;
    private final ToDos toDos;
    private final TaskDeadlines taskDeadlines;
    private final Clock clock;

    DueDates(TaskService tasks, RuntimeService runtime, ToDos toDos, TaskDeadlines taskDeadlines, Clock clock) {
        this.tasks = tasks;
        this.runtime = runtime;
        this.toDos = toDos;
        this.taskDeadlines = taskDeadlines;
        this.clock = clock;
    }

    /** The instance of the five steps of an item that is open. */
    ProcessInstance fiveStepsOf(Item item) {
        return runtime.createProcessInstanceQuery()
                .processDefinitionKey(FiveStepZeroing.KEY)
                .processInstanceBusinessKey(item.itemNo())
                .singleResult();
    }

    List<Task> waitingAt(Item item) {
        return tasks.createTaskQuery()
                .processDefinitionKey(FiveStepZeroing.KEY)
                .processInstanceBusinessKey(item.itemNo())
                .list();
    }

    /** Rectification lasts until the item's own date. */
    void followItem(Item item) {
        waitingAt(item).stream()
                .filter(task -> UserTask.of(task.getTaskDefinitionKey())
                        .filter(contract -> contract.limit() == LimitKind.RECTIFICATION)
                        .isPresent())
                .forEach(task -> move(task, due -> item.currentDue()));
    }

    void move(Task task, UnaryOperator<LocalDate> change) {
        move(
                task.getId(),
                change.apply(
                        task.getDueDate().toInstant().atZone(clock.getZone()).toLocalDate()));
    }

    /** Gives a waiting task another last day. Whoever calls knows why, and writes it down. */
    void move(String taskId, LocalDate lastDay) {
        Date due = taskDeadlines.endOf(lastDay);
        tasks.setDueDate(taskId, due);
        toDos.moveDue(taskId, due.toInstant());
    }
}
