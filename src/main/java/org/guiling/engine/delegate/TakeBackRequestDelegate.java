package org.guiling.engine.delegate;

import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.task.Task;
import org.guiling.engine.notification.ItemNotices;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.workflow.RequestProcess;
import org.springframework.stereotype.Component;

/**
 * Service task 取消审批: takes the decision away for which a request waited, and tells those who would have decided. An
 * instance of a model from before the message existed is ended.
 */
@Component("takeBackRequestDelegate")
class TakeBackRequestDelegate implements JavaDelegate {

    private final Items items;
    private final ItemNotices notices;
    private final TaskService tasks;
    private final RuntimeService runtime;

    TakeBackRequestDelegate(Items items, ItemNotices notices, TaskService tasks, RuntimeService runtime) {
        this.items = items;
        this.notices = notices;
        this.tasks = tasks;
        this.runtime = runtime;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Item item = items.getLocked(execution.getProcessBusinessKey());
        String decision = execution.getVariable(RequestProcess.DECISION).toString();
        Task task = tasks.createTaskQuery()
                .processInstanceBusinessKey(item.itemNo())
                .taskDefinitionKey(decision)
                .singleResult();
        notices.requestTakenBack(item, decision, task.getId());
        boolean listening = runtime.createEventSubscriptionQuery()
                        .processInstanceId(task.getProcessInstanceId())
                        .eventName(RequestProcess.REQUEST_TAKEN_BACK)
                        .count()
                > 0;
        if (listening) {
            runtime.createMessageCorrelation(RequestProcess.REQUEST_TAKEN_BACK)
                    .processInstanceId(task.getProcessInstanceId())
                    .correlate();
        } else {
            runtime.createProcessInstanceModification(task.getProcessInstanceId())
                    .cancelAllForActivity(decision)
                    .execute();
        }
    }
}
