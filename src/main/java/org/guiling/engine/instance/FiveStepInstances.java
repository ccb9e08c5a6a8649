package org.guiling.engine.instance;

import java.util.List;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.guiling.item.Item;
import org.guiling.item.todo.ToDos;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.RoundOutcome;
import org.springframework.stereotype.Component;

/** Finds what the engine runs of an item's five steps. */
@Component
public class FiveStepInstances {

    /** For the gateway at the beginning of the third step; transient. */
    public static final TypedValue REWORK = Variables.stringValue(RoundOutcome.REWORK.value(), true);

    private final RuntimeService runtime;
    private final TaskService tasks;
    private final ToDos toDos;

    FiveStepInstances(RuntimeService runtime, TaskService tasks, ToDos toDos) {
        this.runtime = runtime;
        this.tasks = tasks;
        this.toDos = toDos;
    }

    /** The instance of the five steps of an item that is open. */
    public ProcessInstance of(Item item) {
        return runtime.createProcessInstanceQuery()
                .processDefinitionKey(FiveStepZeroing.KEY)
                .processInstanceBusinessKey(item.itemNo())
                .singleResult();
    }

    /** True where the item's current round has begun. */
    public boolean isUnderWay(Item item) {
        return toDos.of(item.itemNo()).stream()
                .anyMatch(toDo -> FiveStepZeroing.UserTask.of(toDo.taskKey()).isPresent());
    }

    /**
     * Takes an item that was declared done back to its rectification. An instance of a model from before the message existed
     * is moved there.
     */
    public void sendBack(Item item) {
        String instance = of(item).getId();
        boolean listening = runtime.createEventSubscriptionQuery()
                        .processInstanceId(instance)
                        .eventName(FiveStepZeroing.FALSIFIED_WORK_FOUND)
                        .count()
                > 0;
        if (listening) {
            runtime.createMessageCorrelation(FiveStepZeroing.FALSIFIED_WORK_FOUND)
                    .processInstanceId(instance)
                    .setVariable(FiveStepZeroing.Variables.OUTCOME, REWORK)
                    .correlate();
        } else {
            var move = runtime.createProcessInstanceModification(instance)
                    .startBeforeActivity(FiveStepZeroing.UserTask.RECTIFY.id());
            waitingAt(item).forEach(task -> move.cancelAllForActivity(task.getTaskDefinitionKey()));
            move.execute();
        }
    }

    public List<Task> waitingAt(Item item) {
        return tasks.createTaskQuery()
                .processDefinitionKey(FiveStepZeroing.KEY)
                .processInstanceBusinessKey(item.itemNo())
                .list();
    }
}
