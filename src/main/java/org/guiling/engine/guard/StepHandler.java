package org.guiling.engine.guard;

import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.organization.Person;
import org.guiling.workflow.FiveStepZeroing.UserTask;
import org.guiling.workflow.TaskContract;
import org.guiling.workflow.form.FormValues;

/** A handler of tasks of the five steps: where the item stands follows the task that waits. */
abstract class StepHandler implements TaskHandler {

    private final Items items;

    StepHandler(Items items) {
        this.items = items;
    }

    @Override
    public abstract Set<UserTask> tasks();

    @Override
    public void created(DelegateTask task, TaskContract contract, Item item) {
        UserTask step = UserTask.of(contract.id()).orElseThrow();
        items.moveTo(item.itemNo(), step.step(), step.status());
    }

    @Override
    public final TaskResult complete(
            TaskContract contract, DelegateTask task, Item item, FormValues values, Person person) {
        return complete(UserTask.of(contract.id()).orElseThrow(), task, item, values, person);
    }

    abstract TaskResult complete(UserTask step, DelegateTask task, Item item, FormValues values, Person person);
}
