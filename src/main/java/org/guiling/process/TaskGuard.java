package org.guiling.process;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.variable.Variables;
import org.guiling.item.FourEyes;
import org.guiling.item.Item;
import org.guiling.item.ItemRecords;
import org.guiling.item.Items;
import org.guiling.item.ToDos;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Substitution;
import org.guiling.process.form.Forms;
import org.guiling.refusal.RefusedException;
import org.guiling.time.OfficeClock;
import org.guiling.workflow.CardReply;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.FiveStepZeroing.UserTask;
import org.guiling.workflow.FormValues;
import org.guiling.workflow.RequestTask;
import org.guiling.workflow.SpotCheckVisitTask;
import org.guiling.workflow.SupervisionTask;
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
    private final ItemRecords records;
    private final ToDos toDos;
    private final Forms forms;
    private final FormContext formContext;
    private final StepCompletions completions;
    private final RequestCompletions requestCompletions;
    private final LookBackCompletion lookBackCompletion;
    private final SupervisionCompletions supervisionCompletions;
    private final CardReplies cardReplies;
    private final SpotCheckVisitCompletion spotCheckVisitCompletion;
    private final Supervision supervision;
    private final FourEyes fourEyes;
    private final CurrentPerson currentPerson;
    private final Organization organization;
    private final OrganizationFollower organizationFollower;
    private final Refusals refusals;
    private final Attempts attempts;
    private final TaskArrivals arrivals;
    private final OfficeClock clock;

    TaskGuard(
            Items items,
            ItemRecords records,
            ToDos toDos,
            Forms forms,
            FormContext formContext,
            StepCompletions completions,
            RequestCompletions requestCompletions,
            LookBackCompletion lookBackCompletion,
            SupervisionCompletions supervisionCompletions,
            CardReplies cardReplies,
            SpotCheckVisitCompletion spotCheckVisitCompletion,
            Supervision supervision,
            FourEyes fourEyes,
            CurrentPerson currentPerson,
            Organization organization,
            OrganizationFollower organizationFollower,
            Refusals refusals,
            Attempts attempts,
            TaskArrivals arrivals,
            OfficeClock clock) {
        this.items = items;
        this.records = records;
        this.toDos = toDos;
        this.forms = forms;
        this.formContext = formContext;
        this.completions = completions;
        this.requestCompletions = requestCompletions;
        this.lookBackCompletion = lookBackCompletion;
        this.supervisionCompletions = supervisionCompletions;
        this.cardReplies = cardReplies;
        this.spotCheckVisitCompletion = spotCheckVisitCompletion;
        this.supervision = supervision;
        this.fourEyes = fourEyes;
        this.currentPerson = currentPerson;
        this.organization = organization;
        this.organizationFollower = organizationFollower;
        this.refusals = refusals;
        this.attempts = attempts;
        this.arrivals = arrivals;
        this.clock = clock;
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
                        case TaskListener.EVENTNAME_DELETE -> {
                            toDos.remove(task.getId(), itemNo(task));
                            arrivals.went(task.getId(), itemNo(task));
                        }
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

    private static OptimisticLockingFailureException endedMeanwhile(DelegateTask task) {
        return new OptimisticLockingFailureException("Task " + task.getId() + " was ended by somebody else");
    }

    private void created(DelegateTask task, TaskContract contract) {
        items.getLocked(itemNo(task));
        if (contract instanceof UserTask step) {
            items.moveTo(itemNo(task), step.step(), step.status());
        }
        if (contract instanceof SupervisionTask card) {
            task.setName(supervisionCompletions.title(card, task.getName(), items.get(itemNo(task))));
        }
        if (contract == CardReply.ANSWER_CARD) {
            cardReplies.await(task, items.get(itemNo(task)));
        }
        if (contract == UserTask.VERIFY) {
            returnToFirstVerifier(task, items.get(itemNo(task)));
        }
        arrivals.came(task.getId(), itemNo(task), contract, task.getAssignee(), group(task));
        // A task that the model gives to somebody has its assignment told next.
        if (task.getAssignee() == null) {
            putOnList(task, contract);
        } else {
            passToSubstitute(task, contract);
        }
        supervision.follow(items.get(itemNo(task)), contract, task.getDueDate());
    }

    /**
     * Assigns a finding that the second verifier did not confirm to the first, unless they are no verifier any more.
     */
    private void returnToFirstVerifier(DelegateTask task, Item item) {
        records.refusedFinding(item)
                .flatMap(finding -> organization.person(finding.first()))
                .filter(first -> first.groups().contains(group(task)))
                .ifPresent(first -> task.setAssignee(first.id()));
    }

    /**
     * Passes a task for an absent person to the first of their substitutes who may do it; where none of them may, to
     * the group whose task it is, if it has one.
     */
    private void passToSubstitute(DelegateTask task, TaskContract contract) {
        Item item = items.get(itemNo(task));
        String named = task.getAssignee();
        Optional<Substitution> deputy = organizationFollower.deputy(named, item, contract);
        boolean back = deputy.isEmpty() && group(task) != null && organizationFollower.isAbsent(named);
        if (deputy.isEmpty() && !back) {
            return;
        }
        task.setAssignee(deputy.map(Substitution::substitute).orElse(null));
        putOnList(task, contract);
        arrivals.assigned(task.getId(), itemNo(task), contract, task.getAssignee(), group(task));
        deputy.ifPresent(
                substitution -> organizationFollower.noteHandedOver(substitution, task.getId(), item, contract));
    }

    private void putOnList(DelegateTask task, TaskContract contract) {
        toDos.put(
                task.getId(),
                itemNo(task),
                contract.id(),
                group(task),
                candidateGroups(task).size() > 1,
                task.getAssignee(),
                task.getDueDate() == null ? null : task.getDueDate().toInstant(),
                clock.instant(),
                contract.isWatchedByItself() && task.getDueDate() != null ? clock.today() : null);
    }

    /** Refuses people who may not do the work when they claim it, not after they filled in the form. */
    private void assigned(DelegateTask task, TaskContract contract) {
        String assignee = task.getAssignee();
        // The completion of one task may have the next one assigned by the model.
        if (!contract.isConfidential()) {
            attempts.beginUnlessBegun(itemNo(task), contract.action(), contract.id());
        }
        if (assignee != null) {
            Item item = items.getLocked(itemNo(task));
            Person person = organization
                    .person(assignee)
                    .orElseThrow(() -> RefusedException.invalid(null, "refusal.person-unknown", assignee));
            if (!candidateGroups(task).isEmpty()) {
                requireOwnTask(task, person);
            }
            fourEyes.check(item, contract.action(), person);
        }
        putOnList(task, contract);
        arrivals.assigned(task.getId(), itemNo(task), contract, assignee, group(task));
    }

    private void completed(DelegateTask task, TaskContract contract) {
        if (!contract.isConfidential()) {
            attempts.begin(itemNo(task), contract.action(), contract.id());
        }
        Person person = currentPerson.get();
        Item item = items.getLocked(itemNo(task));
        Map<String, Object> variables = task.getVariables();
        Set<String> formKeys = forms.get(contract.form()).keys();
        String leadUnit = item.registration().leadUnit();
        requireOwnTask(task, person);
        requireUntouched(task, contract, item, variables, formKeys);

        // A form may have a field by the name of a variable that stays, and send it hidden: only the record's value
        // stays.
        Set<String> kept = new HashSet<>(contract.persisted());
        kept.removeAll(formKeys);
        Set<String> submitted = new HashSet<>(variables.keySet());
        submitted.removeAll(kept);
        Map<String, Object> entered = new HashMap<>(variables);
        entered.keySet().removeIf(name -> !submitted.contains(name) && !formKeys.contains(name));
        FormValues values = forms.check(contract.form(), EnteredValues.plain(entered), formContext.of(contract, item));
        StepCompletions.Result result = complete(task, contract, item, values, person);

        // The entered values are in the record now; the engine keeps ids and columns only.
        task.removeVariables(submitted);
        result.persisted().forEach(task::setVariable);
        result.passing().forEach((name, value) -> task.setVariable(name, Variables.untypedValue(value, true)));
        if (result.persisted().containsKey(FiveStepZeroing.Variables.LEAD_UNIT)) {
            // Requests beside the steps are checked against the record, too.
            organizationFollower.columnsFollow(item);
            if (!item.registration().leadUnit().equals(leadUnit)) {
                organizationFollower.tasksFollow(item, leadUnit);
                cardReplies.beginAnew(item);
            }
        }
        toDos.remove(task.getId(), item.itemNo());
        arrivals.went(task.getId(), item.itemNo());
        if (contract.action().looksAtWork()) {
            organizationFollower.release(item);
        }
    }

    private LocalDate lastDay(DelegateTask task) {
        return task.getDueDate() == null ? null : clock.dayOf(task.getDueDate().toInstant());
    }

    private StepCompletions.Result complete(
            DelegateTask task, TaskContract contract, Item item, FormValues values, Person person) {
        if (contract instanceof UserTask step) {
            return completions.complete(
                    step,
                    item,
                    values,
                    person,
                    lastDay(task),
                    other -> task.getBpmnModelInstance().getModelElementById(other.id()) != null);
        }
        if (contract instanceof RequestTask request) {
            return requestCompletions.complete(request, item, values, person);
        }
        if (contract instanceof SupervisionTask card) {
            return supervisionCompletions.complete(card, item, values, person);
        }
        if (contract == CardReply.ANSWER_CARD) {
            return cardReplies.complete(task.getId(), item, values, person);
        }
        if (contract instanceof SpotCheckVisitTask) {
            return spotCheckVisitCompletion.complete(item, values, person);
        }
        return lookBackCompletion.complete(item, values, person);
    }

    /**
     * A caller who sends one of the engine's own variables along with the form would redirect the flow. The approver's
     * group needs no look: the rule writes it anew before anything reads it. Where a variable is gone, the instance has ended
     * while this waited for the item: a caller can change a variable, and remove none.
     */
    private void requireUntouched(
            DelegateTask task, TaskContract contract, Item item, Map<String, Object> variables, Set<String> formKeys) {
        Map<String, Object> recorded = new HashMap<>(completions.columns(item));
        recorded.put(
                FiveStepZeroing.Variables.HANDLER,
                item.responsibility() == null ? null : item.responsibility().handler());
        recorded.keySet().retainAll(contract.persisted());
        recorded.keySet().removeAll(formKeys);
        recorded.forEach((name, value) -> {
            if (value != null && !variables.containsKey(name)) {
                throw endedMeanwhile(task);
            }
            if (!Objects.equals(value, variables.get(name))) {
                throw RefusedException.invalid(name, "form.undeclared", name);
            }
        });
    }

    /**
     * The engine's authorization admits assignee and candidates; it is asked again here because it is silent for calls
     * that come without a signed-on user of the engine, and an administrator is no exception.
     */
    private static void requireOwnTask(DelegateTask task, Person person) {
        Set<String> groups = candidateGroups(task);
        boolean candidate = groups.stream().anyMatch(person.groups()::contains);
        boolean own = groups.isEmpty() || candidate;
        if (!own || task.getAssignee() != null && !task.getAssignee().equals(person.id())) {
            throw RefusedException.forbidden("refusal.not-your-task");
        }
    }

    private static String itemNo(DelegateTask task) {
        return task.getExecution().getProcessBusinessKey();
    }

    /** The group; where the leaders of the unit may do it as well, its handlers', whose name is the shorter. */
    private static String group(DelegateTask task) {
        return candidateGroups(task).stream().sorted().findFirst().orElse(null);
    }

    private static Set<String> candidateGroups(DelegateTask task) {
        return task.getCandidates().stream()
                .map(IdentityLink::getGroupId)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }
}
