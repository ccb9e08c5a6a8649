package org.guiling.engine.guard;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.guiling.engine.instance.InstanceVariables;
import org.guiling.engine.notification.TaskArrivals;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.item.record.FourEyes;
import org.guiling.item.record.VerificationTeam;
import org.guiling.item.step.Handovers;
import org.guiling.item.step.Handovers.OpenItem;
import org.guiling.item.todo.ToDos;
import org.guiling.item.todo.ToDos.ToDo;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.organization.Unit;
import org.guiling.organization.change.PersonMoves;
import org.guiling.organization.change.PersonShutOut;
import org.guiling.organization.change.UnitTransfer;
import org.guiling.organization.substitution.Substitution;
import org.guiling.organization.substitution.SubstitutionBegan;
import org.guiling.organization.substitution.SubstitutionEnded;
import org.guiling.organization.substitution.Substitutions;
import org.guiling.refusal.RefusedException;
import org.guiling.supervision.Cards;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.FiveStepZeroing.Variables;
import org.guiling.workflow.RequestTask;
import org.guiling.workflow.TaskContract;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Open items and their tasks follow the organization, within the transaction of its change: to the receiving unit, to the
 * successor, to a substitute and back. What nobody said where to is refused.
 */
@Component
class OrganizationFollower {

    private static final int NAMED = 20;

    /** Tasks that several people sign one after the other. */
    private static final Set<String> SIGNATURES = Stream.concat(
                    Stream.of(FiveStepZeroing.UserTask.SIGN_OFF), Arrays.stream(RequestTask.values()))
            .filter(task -> task.action() == Action.SIGN_OFF || task.action() == Action.DECIDE_REQUEST)
            .map(TaskContract::id)
            .collect(Collectors.toSet());

    private final Items items;
    private final Handovers handovers;
    private final ToDos toDos;
    private final FourEyes fourEyes;
    private final VerificationTeam team;
    private final Cards cards;
    private final InstanceVariables instanceVariables;
    private final Organization organization;
    private final Substitutions substitutions;
    private final RuntimeService runtime;
    private final TaskService tasks;
    private final TaskArrivals arrivals;

    OrganizationFollower(
            Items items,
            Handovers handovers,
            ToDos toDos,
            FourEyes fourEyes,
            VerificationTeam team,
            Cards cards,
            InstanceVariables instanceVariables,
            Organization organization,
            Substitutions substitutions,
            RuntimeService runtime,
            TaskService tasks,
            TaskArrivals arrivals) {
        this.items = items;
        this.handovers = handovers;
        this.toDos = toDos;
        this.fourEyes = fourEyes;
        this.team = team;
        this.cards = cards;
        this.instanceVariables = instanceVariables;
        this.organization = organization;
        this.substitutions = substitutions;
        this.runtime = runtime;
        this.tasks = tasks;
        this.arrivals = arrivals;
    }

    @EventListener
    void on(UnitTransfer transfer) {
        if (transfer.receiving() == null) {
            requireNothingOpen(transfer.unit());
            return;
        }
        locked(() -> handovers.openAt(transfer.unit().code())).forEach(each -> {
            Item item = items.get(each.itemNo());
            handovers.toUnit(item, transfer.unit(), transfer.receiving(), transfer.reason(), transfer.actor());
            if (each.leads()) {
                cards.handOver(
                        item, transfer.unit().code(), transfer.receiving().code());
                columnsFollow(item);
                groupsFollow(item, groups(transfer));
                handlerFollows(item, transfer);
            }
        });
    }

    private void requireNothingOpen(Unit unit) {
        int open = handovers.countOpenAt(unit.code());
        if (open > 0) {
            throw RefusedException.conflictAt(
                    "receivingUnit",
                    "organization.transfer.items",
                    unit.name(),
                    open,
                    numbers(handovers.openAt(unit.code(), 0, NAMED), open));
        }
    }

    @EventListener
    void on(PersonMoves move) {
        List<OpenItem> lost = locked(() -> handovers.openOf(move.before().id())).stream()
                .filter(each -> !move.staysHandlerOf(each.leadUnit()))
                .toList();
        if (!lost.isEmpty() && move.successor() == null) {
            throw RefusedException.conflictAt(
                    "successor",
                    "organization.person.items",
                    move.before().name(),
                    lost.size(),
                    numbers(lost, lost.size()));
        }
        lost.forEach(each -> succeed(items.get(each.itemNo()), move.successor(), move.reason(), move.actor()));
        backToGroups(
                move.before(), move.after() == null ? Set.of() : move.after().groups());
    }

    @EventListener
    void on(PersonShutOut shutOut) {
        backToGroups(shutOut.before(), Set.of());
    }

    /** The items, held until the transaction ends: what was done at them while this waited is looked at again. */
    private List<OpenItem> locked(Supplier<List<OpenItem>> open) {
        items.lock(open.get().stream().map(OpenItem::itemNo).toList());
        return open.get();
    }

    private List<ToDo> lockedToDos(String personId) {
        items.lock(toDos.assignedTo(personId).stream().map(ToDo::itemNo).toList());
        return toDos.assignedTo(personId);
    }

    /** Returns the tasks that the person claimed for a group that they leave. */
    private void backToGroups(Person person, Set<String> staysIn) {
        lockedToDos(person.id()).stream()
                .filter(toDo -> toDo.group() != null && !toDo.isOf(staysIn))
                .forEach(toDo -> assign(toDo, null));
    }

    @EventListener
    void on(SubstitutionBegan began) {
        Substitution substitution = began.substitution();
        lockedToDos(substitution.absent()).forEach(toDo -> {
            Item item = items.get(toDo.itemNo());
            TaskContract contract = TaskContract.of(toDo.taskKey()).orElseThrow();
            if (maySubstitute(substitution, item, contract)) {
                handOver(toDo, item, contract, substitution);
            } else if (toDo.group() != null) {
                assign(toDo, null);
            }
        });
        tellOfSignatures(substitution);
    }

    private void handOver(ToDo toDo, Item item, TaskContract contract, Substitution substitution) {
        assign(toDo, substitution.substitute());
        noteHandedOver(substitution, toDo.taskId(), item, contract);
    }

    /** Signatures that wait in the absent person's groups for nobody else: those before in the order have signed already. */
    private void tellOfSignatures(Substitution substitution) {
        Set<String> groups =
                organization.person(substitution.absent()).map(Person::groups).orElse(Set.of());
        toDos.unclaimed(groups, SIGNATURES).forEach(toDo -> {
            Item item = items.get(toDo.itemNo());
            TaskContract contract = TaskContract.of(toDo.taskKey()).orElseThrow();
            List<String> mayAct = arrivals.whoMay(item, contract, toDo.group()).stream()
                    .map(Person::id)
                    .toList();
            if (mayAct.equals(List.of(substitution.substitute()))) {
                arrivals.assigned(toDo.taskId(), toDo.itemNo(), contract, null, toDo.group());
            }
        });
    }

    @EventListener
    void on(SubstitutionEnded ended) {
        Substitution substitution = ended.substitution();
        List<ToDo> back = lockedToDos(substitution.substitute());
        Set<String> handedOver =
                toDos.handedOver(substitution.id()).stream().map(ToDo::taskId).collect(Collectors.toSet());
        Set<String> own = organization
                .person(substitution.substitute())
                .map(Person::groups)
                .orElse(Set.of());
        Optional<Person> absent = organization.person(substitution.absent());
        for (ToDo toDo : back) {
            boolean lent = toDo.group() != null && !toDo.isOf(own);
            if (handedOver.contains(toDo.taskId()) || lent) {
                giveBack(toDo, absent, substitution);
            }
        }
    }

    /** To the next who acts for the absent person; else to that person where they may do it, or to the group that may. */
    private void giveBack(ToDo toDo, Optional<Person> absent, Substitution substitution) {
        Item item = items.get(toDo.itemNo());
        TaskContract contract = TaskContract.of(toDo.taskKey()).orElseThrow();
        Optional<Substitution> next = deputy(substitution.absent(), item, contract);
        if (next.isPresent()) {
            handOver(toDo, item, contract, next.get());
            return;
        }
        boolean may = absent.filter(person -> toDo.group() == null || toDo.isOf(person.groups()))
                .filter(person -> may(person, item, contract))
                .isPresent();
        if (!may && toDo.group() == null) {
            return;
        }
        assign(toDo, may ? substitution.absent() : null);
        toDos.handOver(toDo.taskId(), null);
        if (may && !contract.isConfidential()) {
            handovers.taskTo(item, contract.id(), substitution.substitute(), substitution.absent());
        }
    }

    boolean isAbsent(String person) {
        return !substitutions.inForceFor(person).isEmpty();
    }

    /** The first of those who act for the absent person, in their order, who may do the task; empty when none may. */
    Optional<Substitution> deputy(String absent, Item item, TaskContract contract) {
        return substitutions.inForceFor(absent).stream()
                .filter(substitution -> maySubstitute(substitution, item, contract))
                .findFirst();
    }

    /** True where the substitute may do what waits for the absent person; what they may not stays where it is. */
    boolean maySubstitute(Substitution substitution, Item item, TaskContract contract) {
        return organization
                .person(substitution.substitute())
                .filter(person -> may(person, item, contract))
                .isPresent();
    }

    void noteHandedOver(Substitution substitution, String taskId, Item item, TaskContract contract) {
        toDos.handOver(taskId, substitution.id());
        if (!contract.isConfidential()) {
            handovers.taskTo(item, contract.id(), substitution.absent(), substitution.substitute());
        }
    }

    private boolean may(Person person, Item item, TaskContract contract) {
        return fourEyes.conflict(item, contract.action(), person).isEmpty()
                && team.admits(person, contract.action(), item);
    }

    /**
     * Returns tasks to their groups whose assignees may no longer do them: somebody who has verified cannot be sent to
     * look back, for instance.
     */
    void release(Item item) {
        for (ToDo toDo : toDos.of(item.itemNo())) {
            TaskContract contract = TaskContract.of(toDo.taskKey()).orElseThrow();
            boolean barred = toDo.group() != null
                    && toDo.assignee() != null
                    && organization
                            .person(toDo.assignee())
                            .flatMap(person -> fourEyes.conflict(item, contract.action(), person))
                            .isPresent();
            if (barred) {
                assign(toDo, null);
            }
        }
    }

    /** Tasklist's columns, and what the form's guard compares with the record. */
    void columnsFollow(Item item) {
        Map<String, Object> columns = instanceVariables.columns(item);
        for (ProcessInstance instance : runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(item.itemNo())
                .list()) {
            if (runtime.getVariable(instance.getId(), Variables.LEAD_UNIT) != null) {
                runtime.setVariables(instance.getId(), columns);
            }
        }
    }

    /** Tasks that wait for the handlers of the unit that led the item before go to those of the one that leads it now. */
    void tasksFollow(Item item, String before) {
        groupsFollow(
                item,
                Map.of(
                        Role.handlersOf(before),
                        Role.handlersOf(item.registration().leadUnit())));
    }

    /** The groups of the unit and of the leaders above it, each with the one that takes its place. */
    private static Map<String, String> groups(UnitTransfer transfer) {
        Unit from = transfer.unit();
        Unit to = transfer.receiving();
        Map<String, String> groups = new HashMap<>();
        if (from.parentCode() != null && to.parentCode() != null) {
            groups.put(Role.leadersOf(from.parentCode()), Role.leadersOf(to.parentCode()));
        }
        groups.put(Role.handlersOf(from.code()), Role.handlersOf(to.code()));
        groups.put(Role.leadersOf(from.code()), Role.leadersOf(to.code()));
        return groups;
    }

    private void groupsFollow(Item item, Map<String, String> groups) {
        for (ToDo toDo : toDos.of(item.itemNo())) {
            String to = toDo.group() == null ? null : groups.get(toDo.group());
            if (to != null && !to.equals(toDo.group())) {
                whileActive(toDo.taskId(), () -> {
                    replaceCandidates(toDo.taskId(), toDo.group(), to);
                    if (toDo.forLeaders()) {
                        replaceCandidates(toDo.taskId(), Role.leadersBeside(toDo.group()), Role.leadersBeside(to));
                    }
                });
                toDos.moveGroup(toDo.taskId(), to);
                TaskContract contract = TaskContract.of(toDo.taskKey()).orElseThrow();
                arrivals.assigned(toDo.taskId(), toDo.itemNo(), contract, toDo.assignee(), to);
                boolean stays = toDo.assignee() != null
                        && organization
                                .person(toDo.assignee())
                                .filter(person -> person.groups().contains(to)
                                        || toDo.forLeaders() && person.groups().contains(Role.leadersBeside(to)))
                                .isPresent();
                if (toDo.assignee() != null && !stays) {
                    assign(toDo, null);
                }
            }
        }
    }

    private void replaceCandidates(String taskId, String group, String other) {
        tasks.deleteCandidateGroup(taskId, group);
        tasks.addCandidateGroup(taskId, other);
    }

    private void handlerFollows(Item item, UnitTransfer transfer) {
        if (item.responsibility() == null || item.responsibility().handler() == null) {
            return;
        }
        String receiving = transfer.receiving().code();
        boolean stays = organization
                .person(item.responsibility().handler())
                .filter(handler -> handler.isAppointed(Role.HANDLER, receiving))
                .isPresent();
        if (stays) {
            return;
        }
        if (transfer.handler() == null) {
            throw RefusedException.conflictAt(
                    "handler",
                    "organization.transfer.handler",
                    item.itemNo(),
                    transfer.receiving().name());
        }
        succeed(item, transfer.handler(), transfer.reason(), transfer.actor());
    }

    /** Another handler: in the record, in the engine, and at the task that waits for the one of before. */
    private void succeed(Item item, String successor, String reason, Person actor) {
        String unit = item.registration().leadUnit();
        Person person = organization
                .person(successor)
                .filter(each -> each.isAppointed(Role.HANDLER, unit))
                .orElseThrow(() -> RefusedException.invalid(
                        "successor", "organization.person.successor", successor, item.itemNo()));
        handovers.toHandler(item, person, reason, actor);
        for (ProcessInstance instance : runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(item.itemNo())
                .processDefinitionKey(FiveStepZeroing.KEY)
                .list()) {
            runtime.setVariable(instance.getId(), Variables.HANDLER, successor);
        }
        toDos.of(item.itemNo()).stream()
                .filter(toDo -> toDo.group() == null)
                .filter(toDo -> FiveStepZeroing.UserTask.of(toDo.taskKey()).isPresent())
                .forEach(toDo -> {
                    assign(toDo, successor);
                    toDos.handOver(toDo.taskId(), null);
                });
    }

    private void assign(ToDo toDo, String person) {
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

    /** @param open at least the first of them */
    private static String numbers(List<OpenItem> open, int all) {
        return open.stream().limit(NAMED).map(OpenItem::itemNo).collect(Collectors.joining("、"))
                + (all > NAMED ? " …" : "");
    }
}
