package org.guiling.process;

import java.util.List;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.guiling.item.Item;
import org.guiling.item.ToDos;
import org.springframework.stereotype.Component;

/** Finds what the engine runs of an item's five steps. */
@Component
class FiveStepInstances {

    private final RuntimeService runtime;
    private final TaskService tasks;
    private final ToDos toDos;

    FiveStepInstances(RuntimeService runtime, TaskService tasks, ToDos toDos) {
        this.runtime = runtime;
        this.tasks = tasks;
        this.toDos = toDos;
    }

    /** The instance of the five steps of an item that is open. */
    ProcessInstance of(Item item) {
        return runtime.createProcessInstanceQuery()
                .processDefinitionKey(FiveStepZeroing.KEY)
                .processInstanceBusinessKey(item.itemNo())
                .singleResult();
    }

    /** Whether the item's current round has begun. */
    boolean isUnderWay(Item item) {
        return toDos.of(item.itemNo()).stream()
                .anyMatch(toDo -> FiveStepZeroing.UserTask.of(toDo.taskKey()).isPresent());
    }

    List<Task> waitingAt(Item item) {
        return tasks.createTaskQuery()
                .processDefinitionKey(FiveStepZeroing.KEY)
                .processInstanceBusinessKey(item.itemNo())
                .list();
    }
}
