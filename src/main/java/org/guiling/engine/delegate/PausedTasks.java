package org.guiling.engine.delegate;

import java.time.LocalDate;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.task.Task;
import org.guiling.calendar.LimitKind;
import org.guiling.engine.duedate.DueDates;
import org.guiling.engine.instance.FiveStepInstances;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.item.rule.ItemLimits;
import org.guiling.item.rule.Pause;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineDetail;
import org.guiling.item.timeline.TimelineFact;
import org.guiling.item.todo.ToDos;
import org.guiling.organization.Person;
import org.guiling.workflow.FiveStepZeroing.UserTask;
import org.springframework.stereotype.Component;

/** Tasks of an item that is suspended rest, and wait again later by the days that they rested. */
@Component
class PausedTasks {

    private final Items items;
    private final ToDos toDos;
    private final FiveStepInstances instances;
    private final DueDates dueDates;
    private final Timeline timeline;
    private final ItemLimits limits;
    private final RuntimeService runtime;

    PausedTasks(
            Items items,
            ToDos toDos,
            FiveStepInstances instances,
            DueDates dueDates,
            Timeline timeline,
            ItemLimits limits,
            RuntimeService runtime) {
        this.items = items;
        this.toDos = toDos;
        this.instances = instances;
        this.dueDates = dueDates;
        this.timeline = timeline;
        this.limits = limits;
        this.runtime = runtime;
    }

    /** The engine itself refuses any work on the item from now on. */
    void pause(Item item) {
        instances.waitingAt(item).forEach(task -> toDos.pause(task.getId(), true));
        runtime.suspendProcessInstanceById(instances.of(item).getId());
    }

    /** @param person who took the item up again, or null when its day had come */
    void resume(Item item, Pause pause, Person person) {
        runtime.activateProcessInstanceById(instances.of(item).getId());
        instances.waitingAt(item).forEach(task -> resume(item, task, pause, person));
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
                    TimelineDetail.of(new TimelineFact.Paused(pause.days())).moving(before, due, null);
            timeline.appendTaskMoved(item, contract.id(), person, moved);
        }
    }
}
