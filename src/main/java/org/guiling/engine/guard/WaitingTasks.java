package org.guiling.engine.guard;

import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.guiling.engine.notification.TaskArrivals;
import org.guiling.engine.supervision.Supervision;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.item.todo.ToDos;
import org.guiling.organization.substitution.Substitution;
import org.guiling.time.OfficeClock;
import org.guiling.workflow.TaskContract;
import org.springframework.stereotype.Component;

/** Keeps the to-do list, the notices of arrivals and the supervision true to the tasks that wait. */
@Component
class WaitingTasks {

    private final ToDos toDos;
    private final TaskArrivals arrivals;
    private final SubstitutionFollower substitutionFollower;
    private final Items items;
    private final Supervision supervision;
    private final OfficeClock clock;

    WaitingTasks(
            ToDos toDos,
            TaskArrivals arrivals,
            SubstitutionFollower substitutionFollower,
            Items items,
            Supervision supervision,
            OfficeClock clock) {
        this.toDos = toDos;
        this.arrivals = arrivals;
        this.substitutionFollower = substitutionFollower;
        this.items = items;
        this.supervision = supervision;
        this.clock = clock;
    }

    void came(DelegateTask task, TaskContract contract) {
        arrivals.came(task.getId(), TaskGuard.itemNo(task), contract, task.getAssignee(), TaskCandidates.group(task));
        // A task that the model gives to somebody has its assignment told next.
        if (task.getAssignee() == null) {
            putOnList(task, contract);
        } else {
            passToSubstitute(task, contract);
        }
        supervision.follow(items.get(TaskGuard.itemNo(task)), contract, task.getDueDate());
    }

    void assigned(DelegateTask task, TaskContract contract) {
        putOnList(task, contract);
        arrivals.assigned(
                task.getId(), TaskGuard.itemNo(task), contract, task.getAssignee(), TaskCandidates.group(task));
    }

    void went(DelegateTask task) {
        toDos.remove(task.getId(), TaskGuard.itemNo(task));
        arrivals.went(task.getId(), TaskGuard.itemNo(task));
    }

    /**
     * Tasks that arrive while somebody is absent wait for the first of those who act for them and may do it; where none of them
     * may, for the group whose task it is, if it is one's.
     */
    private void passToSubstitute(DelegateTask task, TaskContract contract) {
        Item item = items.get(TaskGuard.itemNo(task));
        String named = task.getAssignee();
        Optional<Substitution> deputy = substitutionFollower.deputy(named, item, contract);
        boolean back = deputy.isEmpty() && TaskCandidates.group(task) != null && substitutionFollower.isAbsent(named);
        if (deputy.isEmpty() && !back) {
            return;
        }
        task.setAssignee(deputy.map(Substitution::substitute).orElse(null));
        putOnList(task, contract);
        arrivals.assigned(
                task.getId(), TaskGuard.itemNo(task), contract, task.getAssignee(), TaskCandidates.group(task));
        deputy.ifPresent(
                substitution -> substitutionFollower.noteHandedOver(substitution, task.getId(), item, contract));
    }

    private void putOnList(DelegateTask task, TaskContract contract) {
        toDos.put(
                task.getId(),
                TaskGuard.itemNo(task),
                contract.id(),
                TaskCandidates.group(task),
                TaskCandidates.groups(task).size() > 1,
                task.getAssignee(),
                task.getDueDate() == null ? null : task.getDueDate().toInstant(),
                clock.instant(),
                contract.isWatchedByItself() && task.getDueDate() != null ? clock.today() : null);
    }
}
