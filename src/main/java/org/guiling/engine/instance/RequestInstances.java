package org.guiling.engine.instance;

import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.guiling.item.Item;
import org.guiling.workflow.RequestProcess;
import org.springframework.stereotype.Component;

/** Finds what the engine runs of a request about an item. */
@Component
public class RequestInstances {

    private final RuntimeService runtime;
    private final TaskService tasks;

    RequestInstances(RuntimeService runtime, TaskService tasks) {
        this.runtime = runtime;
        this.tasks = tasks;
    }

    /** The task in which somebody is to decide on the item's request. */
    public Task decisionOn(Item item, String taskKey) {
        return tasks.createTaskQuery()
                .processInstanceBusinessKey(item.itemNo())
                .taskDefinitionKey(taskKey)
                .singleResult();
    }

    /** Takes the decision away. An instance of a model from before the message existed is ended. */
    public void takeBack(Task decision) {
        String instance = decision.getProcessInstanceId();
        boolean listening = runtime.createEventSubscriptionQuery()
                        .processInstanceId(instance)
                        .eventName(RequestProcess.REQUEST_TAKEN_BACK)
                        .count()
                > 0;
        if (listening) {
            runtime.createMessageCorrelation(RequestProcess.REQUEST_TAKEN_BACK)
                    .processInstanceId(instance)
                    .correlate();
        } else {
            runtime.createProcessInstanceModification(instance)
                    .cancelAllForActivity(decision.getTaskDefinitionKey())
                    .execute();
        }
    }
}
