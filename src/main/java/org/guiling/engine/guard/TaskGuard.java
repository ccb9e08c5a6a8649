package org.guiling.engine.guard;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.variable.Variables;
import org.guiling.engine.refusal.Attempts;
import org.guiling.engine.refusal.Refusals;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Person;
import org.guiling.workflow.TaskContract;
import org.springframework.context.event.EventListener;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;

/**
 * Stands at every user task inside the engine, so that Tasklist, {@code engine-rest} and {@code /api} meet the same
 * rules: four eyes, the form, the gate of the step. Keeps record and to-do list true in the engine's transaction.
 *
 * <p>The starter publishes every task event to it; no model can forget it.
 */
@Component
class TaskGuard {

    private final Items items;
    private final TaskHandlers handlers;
    private final TaskOwnership ownership;
    private final TaskInput input;
    private final WaitingTasks waitingTasks;
    private final RecordFollowers followers;
    private final CurrentPerson currentPerson;
    private final Refusals refusals;
    private final Attempts attempts;

    TaskGuard(
            Items items,
            TaskHandlers handlers,
            TaskOwnership ownership,
            TaskInput input,
            WaitingTasks waitingTasks,
            RecordFollowers followers,
            CurrentPerson currentPerson,
            Refusals refusals,
            Attempts attempts) {
        this.items = items;
        this.handlers = handlers;
        this.ownership = ownership;
        this.input = input;
        this.waitingTasks = waitingTasks;
        this.followers = followers;
        this.currentPerson = currentPerson;
        this.refusals = refusals;
        this.attempts = attempts;
    }

    @EventListener
    void on(DelegateTask task) {
        TaskContract.of(task.getTaskDefinitionKey())
                .ifPresent(contract -> refusals.readable(() -> {
                    requireExecution(task);
                    switch (task.getEventName()) {
                        case TaskListener.EVENTNAME_CREATE -> created(task, contract);
                        case TaskListener.EVENTNAME_ASSIGNMENT -> assigned(task, contract);
                        case TaskListener.EVENTNAME_COMPLETE -> completed(task, contract);
                        case TaskListener.EVENTNAME_DELETE -> waitingTasks.went(task);
                        default -> {}
                    }
                }));
    }

    /**
     * Refuses a task that somebody else's completion has just removed: it has no execution any more, and the engine
     * names no event.
     */
    private static void requireExecution(DelegateTask task) {
        if (task.getEventName() == null) {
            throw endedMeanwhile(task);
        }
    }

    static OptimisticLockingFailureException endedMeanwhile(DelegateTask task) {
        return new OptimisticLockingFailureException("Task " + task.getId() + " was ended by somebody else");
    }

    private void created(DelegateTask task, TaskContract contract) {
        items.getLocked(itemNo(task));
        handlers.of(contract).created(task, contract, items.get(itemNo(task)));
        waitingTasks.came(task, contract);
    }

    private void assigned(DelegateTask task, TaskContract contract) {
        // Whoever completes one task may have the next one assigned by the model.
        if (!contract.isConfidential()) {
            attempts.beginUnlessBegun(itemNo(task), contract.action(), contract.id());
        }
        if (task.getAssignee() != null) {
            ownership.requireFit(task, contract, items.getLocked(itemNo(task)));
        }
        waitingTasks.assigned(task, contract);
    }

    private void completed(DelegateTask task, TaskContract contract) {
        if (!contract.isConfidential()) {
            attempts.begin(itemNo(task), contract.action(), contract.id());
        }
        Person person = currentPerson.get();
        Item item = items.getLocked(itemNo(task));
        String leadUnit = item.registration().leadUnit();
        ownership.requireOwnTask(task, person);
        TaskInput.Checked checked = input.check(task, contract, item);
        TaskResult result = handlers.of(contract).complete(contract, task, item, checked.values(), person);

        // The values entered are in the record now; the engine keeps ids and columns only.
        task.removeVariables(checked.submitted());
        result.persisted().forEach(task::setVariable);
        result.passing().forEach((name, value) -> task.setVariable(name, Variables.untypedValue(value, true)));
        followers.follow(item, leadUnit, result);
        waitingTasks.went(task);
        followers.release(item, contract);
    }

    static String itemNo(DelegateTask task) {
        return task.getExecution().getProcessBusinessKey();
    }
}
