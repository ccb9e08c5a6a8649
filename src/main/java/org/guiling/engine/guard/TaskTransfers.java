package org.guiling.engine.guard;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.guiling.engine.notification.TaskArrivals;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.item.todo.ToDos;
import org.guiling.item.todo.ToDos.ToDo;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.workflow.TaskContract;
import org.springframework.stereotype.Component;

/** Moves waiting tasks to other people and other groups, in the engine and on the to-do list. */
@Component
class TaskTransfers {

    private final Items items;
    private final ToDos toDos;
    private final Organization organization;
    private final RuntimeService runtime;
    private final TaskService tasks;
    private final TaskArrivals arrivals;

    TaskTransfers(
            Items items,
            ToDos toDos,
            Organization organization,
            RuntimeService runtime,
            TaskService tasks,
            TaskArrivals arrivals) {
        this.items = items;
        this.toDos = toDos;
        this.organization = organization;
        this.runtime = runtime;
        this.tasks = tasks;
        this.arrivals = arrivals;
    }

    /** The tasks that the person has in hand; their items are held until the transaction ends. */
    List<ToDo> lockedOf(String personId) {
        items.lock(toDos.assignedTo(personId).stream().map(ToDo::itemNo).toList());
        return toDos.assignedTo(personId);
    }

    /** Returns the tasks that the person claimed for a group that they leave. */
    void returnToGroups(Person person, Set<String> staysIn) {
        lockedOf(person.id()).stream()
                .filter(toDo -> toDo.group() != null && !toDo.isOf(staysIn))
                .forEach(toDo -> assign(toDo, null));
    }

    /** Tasks that wait for the handlers of one unit go to those of another. */
    void toUnit(Item item, String before, String unit) {
        toGroups(item, Map.of(Role.handlersOf(before), Role.handlersOf(unit)));
    }

    /** @param groups each with the one that takes its place */
    void toGroups(Item item, Map<String, String> groups) {
        for (ToDo toDo : toDos.of(item.itemNo())) {
            String to = toDo.group() == null ? null : groups.get(toDo.group());
            if (to != null && !to.equals(toDo.group())) {
                toGroup(toDo, to);
            }
        }
    }

    private void toGroup(ToDo toDo, String group) {
        whileActive(toDo.taskId(), () -> {
            replaceCandidates(toDo.taskId(), toDo.group(), group);
            if (toDo.forLeaders()) {
                replaceCandidates(toDo.taskId(), Role.leadersBeside(toDo.group()), Role.leadersBeside(group));
            }
        });
        toDos.moveGroup(toDo.taskId(), group);
        TaskContract contract = TaskContract.of(toDo.taskKey()).orElseThrow();
        arrivals.assigned(toDo.taskId(), toDo.itemNo(), contract, toDo.assignee(), group);
        boolean stays = toDo.assignee() != null
                && organization
                        .person(toDo.assignee())
                        .filter(person -> person.groups().contains(group)
                                || toDo.forLeaders() && person.groups().contains(Role.leadersBeside(group)))
                        .isPresent();
        if (toDo.assignee() != null && !stays) {
            assign(toDo, null);
        }
    }

    private void replaceCandidates(String taskId, String group, String other) {
        tasks.deleteCandidateGroup(taskId, group);
        tasks.addCandidateGroup(taskId, other);
    }

    /** @param person null for the task's group */
    void assign(ToDo toDo, String person) {
        if (!Objects.equals(toDo.assignee(), person)) {
            whileActive(toDo.taskId(), () -> tasks.setAssignee(toDo.taskId(), person));
        }
    }

    /** The engine refuses any work on what is suspended, also this. */
    private void whileActive(String taskId, Runnable work) {
        Task task = tasks.createTaskQuery().taskId(taskId).singleResult();
        if (task.isSuspended()) {
            runtime.activateProcessInstanceById(task.getProcessInstanceId());
            work.run();
            runtime.suspendProcessInstanceById(task.getProcessInstanceId());
        } else {
            work.run();
        }
    }
}
