package org.guiling.process;

import java.time.LocalDate;
import java.util.Date;
import org.camunda.bpm.engine.TaskService;
import org.guiling.item.ToDos;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Moves the dates of waiting tasks: engine and to-do list in the caller's transaction, both or neither. */
@Component
public class DueDates {

    private final TaskService tasks;
    private final ToDos toDos;
    private final TaskDeadlines taskDeadlines;

    DueDates(TaskService tasks, ToDos toDos, TaskDeadlines taskDeadlines) {
        this.tasks = tasks;
        this.toDos = toDos;
        this.taskDeadlines = taskDeadlines;
    }

    /** Gives a waiting task another last day. Whoever calls knows why, and writes it down. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void move(String taskId, LocalDate lastDay) {
        Date due = taskDeadlines.endOf(lastDay);
        tasks.setDueDate(taskId, due);
        toDos.moveDue(taskId, due.toInstant());
    }
}
