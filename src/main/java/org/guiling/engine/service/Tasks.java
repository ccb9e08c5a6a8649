package org.guiling.engine.service;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.SuspendedEntityInteractionException;
import org.camunda.bpm.engine.TaskAlreadyClaimedException;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.variable.Variables;
import org.guiling.engine.form.EnteredValues;
import org.guiling.engine.form.TaskFormData;
import org.guiling.engine.refusal.Attempts;
import org.guiling.item.Items;
import org.guiling.item.access.VisibleItems;
import org.guiling.item.todo.ToDos;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Person;
import org.guiling.refusal.RefusedException;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.TaskContract;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Operations of a person on a waiting task, for callers that do not know the engine. */
@Service
public class Tasks {

    /** PostgreSQL's code of a lost race for the same key. */
    private static final String UNIQUE_VIOLATION = "23505";

    private final TaskService tasks;
    private final HistoryService history;
    private final ToDos toDos;
    private final Items items;
    private final VisibleItems visibleItems;
    private final TaskFormData formData;
    private final Attempts attempts;
    private final CurrentPerson currentPerson;

    Tasks(
            TaskService tasks,
            HistoryService history,
            ToDos toDos,
            Items items,
            VisibleItems visibleItems,
            TaskFormData formData,
            Attempts attempts,
            CurrentPerson currentPerson) {
        this.tasks = tasks;
        this.history = history;
        this.toDos = toDos;
        this.items = items;
        this.visibleItems = visibleItems;
        this.formData = formData;
        this.attempts = attempts;
        this.currentPerson = currentPerson;
    }

    /** The form of a task and what it shows: {@code {form, data}}. */
    public record TaskForm(String form, Map<String, Object> data) {}

    /** @throws RefusedException when it is gone, or was claimed by somebody else */
    @Transactional
    public void claim(String taskId) {
        ToDos.ToDo toDo = findToClaim(taskId);
        String person = currentPerson.get().id();
        if (toDo.assignee() != null && !toDo.assignee().equals(person)) {
            throw RefusedException.conflict("refusal.task-claimed");
        }
        try {
            unwrapped(() -> tasks.claim(taskId, person));
        } catch (RefusedException refused) {
            attempts.refusedAtTask(taskId, refused);
            throw refused;
        }
    }

    /**
     * Completes a task with the fields of its form.
     *
     * @throws RefusedException when the form, the gate or the four-eyes rule says no, or somebody was faster
     */
    @Transactional
    public void complete(String taskId, Map<String, Object> fields) {
        EnteredValues.requirePlain(fields);
        items.lockedOfTask(taskId).orElseThrow(Tasks::gone);
        Map<String, Object> variables = new HashMap<>();
        // Transient, so that what is entered costs no row; a variable that stays cannot be passed that way.
        fields.forEach((name, value) -> variables.put(
                name, Variables.untypedValue(value, !FiveStepZeroing.Variables.PERSISTED.contains(name))));
        try {
            unwrapped(() -> tasks.complete(taskId, variables));
        } catch (RefusedException refused) {
            attempts.refusedAtTask(taskId, refused);
            if (refused.kind() == RefusedException.Kind.FORBIDDEN) {
                find(taskId);
            }
            throw refused;
        }
    }

    /**
     * Completes the claim of an item, or its decline, for a caller who knows the item only.
     *
     * @throws RefusedException when the item waits for no claim of the current person's
     */
    @Transactional
    public void completeClaim(String itemNo, Map<String, Object> fields) {
        visibleItems.get(itemNo);
        String taskId = toDos.of(itemNo).stream()
                .filter(toDo -> toDo.taskKey().equals(FiveStepZeroing.UserTask.CLAIM_ITEM.id()))
                .map(ToDos.ToDo::taskId)
                .findFirst()
                .orElseThrow(Tasks::gone);
        complete(taskId, fields);
    }

    /**
     * The number of the item whose task it was, through whichever entry point and by whomever it was done; empty for
     * what never was a task, and for an item that the current person may not see.
     */
    @Transactional(readOnly = true)
    public Optional<String> itemOfDone(String taskId) {
        return history
                .createNativeHistoricProcessInstanceQuery()
                .sql("select process.* from act_hi_procinst process"
                        + " join act_hi_actinst step on step.proc_inst_id_ = process.proc_inst_id_"
                        + " where step.task_id_ = #{task} and step.end_time_ is not null")
                .parameter("task", taskId)
                .list()
                .stream()
                .map(HistoricProcessInstance::getBusinessKey)
                .filter(itemNo -> itemNo != null && visibleItems.isVisible(itemNo))
                .findFirst();
    }

    /** The form of a task that the current person may work on. */
    @Transactional(readOnly = true)
    public TaskForm form(String taskId) {
        ToDos.ToDo toDo = find(taskId);
        TaskContract contract = TaskContract.of(toDo.taskKey()).orElseThrow();
        return new TaskForm(contract.form(), formData.of(taskId));
    }

    /** The engine wraps what a listener throws; the caller is owed the refusal itself. */
    static void unwrapped(Runnable command) {
        try {
            command.run();
        } catch (SuspendedEntityInteractionException e) {
            throw RefusedException.conflict("refusal.item-suspended");
        } catch (OptimisticLockingException | TaskAlreadyClaimedException e) {
            throw RefusedException.conflict("refusal.task-gone");
        } catch (ProcessEngineException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof RefusedException refused) {
                    throw refused;
                }
                // Two who claim in the same moment meet in the rows that the engine writes for the claim.
                if (cause instanceof SQLException rows && UNIQUE_VIOLATION.equals(rows.getSQLState())) {
                    throw RefusedException.conflict("refusal.task-gone");
                }
            }
            throw e;
        }
    }

    /** Records the attempt to claim a task of others; the person learns nothing of the task. */
    private ToDos.ToDo findToClaim(String taskId) {
        try {
            return find(taskId);
        } catch (RefusedException gone) {
            attempts.refusedAtTask(taskId, RefusedException.forbidden("refusal.not-your-task"));
            throw gone;
        }
    }

    /** A task that is not this person's does not exist for them. */
    private ToDos.ToDo find(String taskId) {
        Person person = currentPerson.get();
        return toDos.find(taskId).filter(toDo -> toDo.isFor(person)).orElseThrow(Tasks::gone);
    }

    private static RefusedException gone() {
        return RefusedException.notFound("refusal.task-gone");
    }
}
