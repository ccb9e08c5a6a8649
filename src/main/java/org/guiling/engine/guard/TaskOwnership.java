package org.guiling.engine.guard;

import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.guiling.item.Item;
import org.guiling.item.record.FourEyes;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.refusal.RefusedException;
import org.guiling.workflow.TaskContract;
import org.springframework.stereotype.Component;

/** Whose work a task is: candidates, assignee, four eyes. */
@Component
class TaskOwnership {

    private final Organization organization;
    private final FourEyes fourEyes;

    TaskOwnership(Organization organization, FourEyes fourEyes) {
        this.organization = organization;
        this.fourEyes = fourEyes;
    }

    /**
     * Whoever may not do the work hears it when they claim it, not after they filled in the form.
     *
     * @throws RefusedException when the assignee may not do it
     */
    void requireFit(DelegateTask task, TaskContract contract, Item item) {
        String assignee = task.getAssignee();
        Person person = organization
                .person(assignee)
                .orElseThrow(() -> RefusedException.invalid(null, "refusal.person-unknown", assignee));
        if (!TaskCandidates.groups(task).isEmpty()) {
            requireOwnTask(task, person);
        }
        fourEyes.check(item, contract.action(), person);
    }

    /**
     * The engine's authorization admits assignee and candidates; it is asked again here because it is silent for calls
     * that come without a signed-on user of the engine, and an administrator is no exception.
     */
    void requireOwnTask(DelegateTask task, Person person) {
        Set<String> groups = TaskCandidates.groups(task);
        boolean candidate = groups.stream().anyMatch(person.groups()::contains);
        boolean own = groups.isEmpty() || candidate;
        if (!own || task.getAssignee() != null && !task.getAssignee().equals(person.id())) {
            throw RefusedException.forbidden("refusal.not-your-task");
        }
    }
}
