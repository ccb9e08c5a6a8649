package org.guiling.process;

import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.task.Task;
import org.guiling.item.Item;
import org.guiling.item.ItemRequests;
import org.guiling.item.ItemStatus;
import org.guiling.item.Items;
import org.guiling.item.ToDos;
import org.guiling.organization.CurrentPerson;
import org.guiling.process.FiveStepZeroing.UserTask;
import org.springframework.stereotype.Component;

/**
 * Service task 恢复办理, by a person or when the review day has come: what waited waits again, later by the days that the
 * suspension lasted. Run twice, it does it once.
 */
@Component("resumeItemDelegate")
class ResumeItemDelegate implements JavaDelegate {

    private final ItemRequests requests;
    private final ItemNotices notices;
    private final Items items;
    private final ToDos toDos;
    private final FiveStepInstances instances;
    private final DueDates dueDates;
    private final RuntimeService runtime;
    private final CurrentPerson currentPerson;
    private final Refusals refusals;

    ResumeItemDelegate(
            ItemRequests requests,
            ItemNotices notices,
            Items items,
            ToDos toDos,
            FiveStepInstances instances,
            DueDates dueDates,
            RuntimeService runtime,
            CurrentPerson currentPerson,
            Refusals refusals) {
        this.requests = requests;
        this.notices = notices;
        this.items = items;
        this.toDos = toDos;
        this.instances = instances;
        this.dueDates = dueDates;
        this.runtime = runtime;
        this.currentPerson = currentPerson;
        this.refusals = refusals;
    }

    @Override
    public void execute(DelegateExecution execution) {
        refusals.readable(() -> {
            Item item = items.get(execution.getProcessBusinessKey());
            if (item.status() == ItemStatus.SUSPENDED) {
                resume(item);
            }
        });
    }

    private void resume(Item item) {
        int days = requests.resume(item, currentPerson.find().orElse(null));
        runtime.activateProcessInstanceById(instances.of(item).getId());
        instances.waitingAt(item).forEach(task -> takeUpAgain(item, task, days));
        notices.wokenUp(item, requests.latest(item));
    }

    private void takeUpAgain(Item item, Task task, int days) {
        UserTask contract = UserTask.of(task.getTaskDefinitionKey()).orElseThrow();
        items.moveTo(item.itemNo(), contract.step(), contract.status());
        toDos.pause(task.getId(), false);
        dueDates.postpone(item, task, contract, days);
    }
}
