package org.guiling.engine.guard;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.guiling.engine.notification.TaskArrivals;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.item.record.Eligibility;
import org.guiling.item.step.Handovers;
import org.guiling.item.todo.ToDos;
import org.guiling.item.todo.ToDos.ToDo;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.substitution.Substitution;
import org.guiling.organization.substitution.SubstitutionBegan;
import org.guiling.organization.substitution.SubstitutionEnded;
import org.guiling.organization.substitution.Substitutions;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.RequestTask;
import org.guiling.workflow.TaskContract;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Gives the tasks of an absent person to their substitute (代理) who may do them, and back when the substitution ends. */
@Component
class SubstitutionFollower {

    /** Tasks that several people sign one after the other. */
    private static final Set<String> SIGNATURES = Stream.concat(
                    Stream.of(FiveStepZeroing.UserTask.SIGN_OFF), Arrays.stream(RequestTask.values()))
            .filter(task -> task.action() == Action.SIGN_OFF || task.action() == Action.DECIDE_REQUEST)
            .map(TaskContract::id)
            .collect(Collectors.toSet());

    private final Items items;
    private final Handovers handovers;
    private final ToDos toDos;
    private final Eligibility eligibility;
    private final Organization organization;
    private final Substitutions substitutions;
    private final TaskTransfers transfers;
    private final TaskArrivals arrivals;

    SubstitutionFollower(
            Items items,
            Handovers handovers,
            ToDos toDos,
            Eligibility eligibility,
            Organization organization,
            Substitutions substitutions,
            TaskTransfers transfers,
            TaskArrivals arrivals) {
        this.items = items;
        this.handovers = handovers;
        this.toDos = toDos;
        this.eligibility = eligibility;
        this.organization = organization;
        this.substitutions = substitutions;
        this.transfers = transfers;
        this.arrivals = arrivals;
    }

    @EventListener
    void on(SubstitutionBegan began) {
        Substitution substitution = began.substitution();
        transfers.lockedOf(substitution.absent()).forEach(toDo -> {
            Item item = items.get(toDo.itemNo());
            TaskContract contract = TaskContract.of(toDo.taskKey()).orElseThrow();
            if (maySubstitute(substitution, item, contract)) {
                handOver(toDo, item, contract, substitution);
            } else if (toDo.group() != null) {
                transfers.assign(toDo, null);
            }
        });
        tellOfSignatures(substitution);
    }

    private void handOver(ToDo toDo, Item item, TaskContract contract, Substitution substitution) {
        transfers.assign(toDo, substitution.substitute());
        noteHandedOver(substitution, toDo.taskId(), item, contract);
    }

    /** Signatures that wait in the absent person's groups for nobody else: those before in the order have signed already. */
    private void tellOfSignatures(Substitution substitution) {
        Set<String> groups =
                organization.person(substitution.absent()).map(Person::groups).orElse(Set.of());
        toDos.unclaimed(groups, SIGNATURES).forEach(toDo -> {
            Item item = items.get(toDo.itemNo());
            TaskContract contract = TaskContract.of(toDo.taskKey()).orElseThrow();
            List<String> mayAct = eligibility.ofGroup(toDo.group(), contract.action(), item).stream()
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
        List<ToDo> back = transfers.lockedOf(substitution.substitute());
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
                .filter(person -> eligibility.isEligible(person, contract.action(), item))
                .isPresent();
        if (!may && toDo.group() == null) {
            return;
        }
        transfers.assign(toDo, may ? substitution.absent() : null);
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
    private boolean maySubstitute(Substitution substitution, Item item, TaskContract contract) {
        return organization
                .person(substitution.substitute())
                .filter(person -> eligibility.isEligible(person, contract.action(), item))
                .isPresent();
    }

    void noteHandedOver(Substitution substitution, String taskId, Item item, TaskContract contract) {
        toDos.handOver(taskId, substitution.id());
        if (!contract.isConfidential()) {
            handovers.taskTo(item, contract.id(), substitution.absent(), substitution.substitute());
        }
    }
}
