package org.guiling.engine.instance;

import java.util.List;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.MessageCorrelationBuilder;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.guiling.item.Item;
import org.guiling.item.todo.ToDos;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.RoundOutcome;
import org.springframework.stereotype.Component;

/** Begins, finds and ends what the engine runs of an item's five steps. */
@Component
public class FiveStepInstances {

    /** For the gateway at the beginning of the third step; transient. */
    private static final TypedValue REWORK = Variables.stringValue(RoundOutcome.REWORK.value(), true);

    private final RuntimeService runtime;
    private final TaskService tasks;
    private final ToDos toDos;
    private final InstanceVariables variables;

    FiveStepInstances(RuntimeService runtime, TaskService tasks, ToDos toDos, InstanceVariables variables) {
        this.runtime = runtime;
        this.tasks = tasks;
        this.toDos = toDos;
        this.variables = variables;
    }

    /** The instance of the five steps of an item that is open. */
    public ProcessInstance of(Item item) {
        return runtime.createProcessInstanceQuery()
                .processDefinitionKey(FiveStepZeroing.KEY)
                .processInstanceBusinessKey(item.itemNo())
                .singleResult();
    }

    /** Begins an item that is registered, at its review. */
    public void begin(Item item) {
        runtime.startProcessInstanceByKey(FiveStepZeroing.KEY, item.itemNo(), variables.columns(item));
    }

    /** Begins a part of an item that was split, at its claim. */
    public void beginPart(Item part) {
        startMessage(part, FiveStepZeroing.PART_ASSIGNED).correlateStartMessage();
    }

    /** Begins an item at its rectification: the record has the first three steps. */
    public void beginRectification(Item item, String message) {
        startMessage(item, message)
                .setVariable(
                        FiveStepZeroing.Variables.HANDLER, item.responsibility().handler())
                .setVariable(FiveStepZeroing.Variables.OUTCOME, REWORK)
                .correlateStartMessage();
    }

    private MessageCorrelationBuilder startMessage(Item item, String message) {
        return runtime.createMessageCorrelation(message)
                .processInstanceBusinessKey(item.itemNo())
                .setVariables(variables.columns(item));
    }

    /** Ends an item that was merged, transferred or cancelled, at whatever step. */
    public void withdraw(Item item) {
        runtime.createMessageCorrelation(FiveStepZeroing.ITEM_WITHDRAWN)
                .processInstanceId(of(item).getId())
                .correlate();
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
