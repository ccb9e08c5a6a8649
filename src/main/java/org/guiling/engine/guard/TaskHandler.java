package org.guiling.engine.guard;

import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.guiling.item.Item;
import org.guiling.organization.Person;
import org.guiling.workflow.TaskContract;
import org.guiling.workflow.form.FormValues;

/**
 * Completes the tasks of some contracts: takes the form, calls one use case and returns the decision. {@link TaskGuard} finds it by the
 * task's contract.
 */
interface TaskHandler {

    /** The tasks that are its own; no other handler has them. */
    Set<? extends TaskContract> tasks();

    /** The task begins to wait: the to-do list takes it over afterwards as it is then. */
    default void created(DelegateTask task, TaskContract contract, Item item) {}

    /**
     * @param values checked against the form
     * @throws RefusedException when a rule is against it
     */
    TaskResult complete(TaskContract contract, DelegateTask task, Item item, FormValues values, Person person);
}
