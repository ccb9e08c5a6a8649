package org.guiling.process;

import java.time.LocalDate;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.task.Task;
import org.guiling.calendar.LimitKind;
import org.guiling.item.Item;
import org.guiling.item.ItemLimits;
import org.guiling.item.ItemRequests;
import org.guiling.item.ItemStatus;
import org.guiling.item.Items;
import org.guiling.item.Pause;
import org.guiling.item.Timeline;
import org.guiling.item.TimelineDetail;
import org.guiling.item.ToDos;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Person;
import org.guiling.workflow.FiveStepZeroing.UserTask;
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
    private final Timeline timeline;
    private final ItemLimits limits;
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
            Timeline timeline,
            ItemLimits limits,
            RuntimeService runtime,
            CurrentPerson currentPerson,
            Refusals refusals) {
        this.requests = requests;
        this.notices = notices;
        this.items = items;
        this.toDos = toDos;
        this.instances = instances;
        this.dueDates = dueDates;
        this.timeline = timeline;
        this.limits = limits;
        this.runtime = runtime;
        this.currentPerson = currentPerson;
        this.refusals = refusals;
    }

    @Override
    public void execute(DelegateExecution execution) {
        refusals.readable(() -> {
            Item item = items.getLocked(execution.getProcessBusinessKey());
            if (item.status() == ItemStatus.SUSPENDED) {
                resume(item);
            }
        });
    }

    private void resume(Item item) {
        Person person = currentPerson.find().orElse(null);
        Pause pause = requests.resume(item, person);
        runtime.activateProcessInstanceById(instances.of(item).getId());
        instances.waitingAt(item).forEach(task -> resume(item, task, pause, person));
        notices.wokenUp(item, requests.latest(item));
    }

    private void resume(Item item, Task task, Pause pause, Person person) {
        UserTask contract = UserTask.of(task.getTaskDefinitionKey()).orElseThrow();
        items.moveTo(item.itemNo(), contract.step(), contract.status());
        toDos.pause(task.getId(), false);
        LocalDate before = dueDates.lastDayOf(task);
        boolean ofItem = contract.limit() == LimitKind.RECTIFICATION;
        LocalDate due = ofItem
                ? item.currentDue()
                : pause.after(before, limits.limit(contract.limit(), item).unit());
        dueDates.carryOver(item, contract, task.getId(), due);
        // The item's own date is in the entry of the resumption.
        if (!ofItem && !due.equals(before)) {
            TimelineDetail moved =
                    TimelineDetail.of(Long.toString(pause.days())).moving(before, due, null);
            timeline.appendTaskMoved(item, contract.id(), person, moved);
        }
    }
}
