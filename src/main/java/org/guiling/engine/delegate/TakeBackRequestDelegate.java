package org.guiling.engine.delegate;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.task.Task;
import org.guiling.engine.instance.RequestInstances;
import org.guiling.engine.notification.ItemNotices;
import org.guiling.engine.refusal.Refusals;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.workflow.RequestProcess;
import org.springframework.stereotype.Component;

/** Service task 取消审批: takes the decision away for which a request waited, and notifies those who would have decided. */
@Component("takeBackRequestDelegate")
class TakeBackRequestDelegate extends ItemDelegate {

    private final RequestInstances requests;
    private final ItemNotices notices;

    TakeBackRequestDelegate(Items items, Refusals refusals, RequestInstances requests, ItemNotices notices) {
        super(items, refusals);
        this.requests = requests;
        this.notices = notices;
    }

    @Override
    void execute(Item item, DelegateExecution execution) {
        String taskKey = execution.getVariable(RequestProcess.DECISION).toString();
        Task decision = requests.decisionOn(item, taskKey);
        notices.requestTakenBack(item, taskKey, decision.getId());
        requests.takeBack(decision);
    }
}
