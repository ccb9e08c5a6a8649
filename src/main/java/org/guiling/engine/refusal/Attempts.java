package org.guiling.engine.refusal;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.guiling.engine.form.Forms;
import org.guiling.item.Action;
import org.guiling.item.timeline.RefusedAttempt;
import org.guiling.item.timeline.RefusedAttempts;
import org.guiling.item.todo.ToDos;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Person;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;
import org.guiling.workflow.RequestProcess;
import org.guiling.workflow.TaskContract;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * Collects the actions that people attempt in the current request, and the refusals of rules, while the engine works;
 * they are written into the timeline once its transaction is over, whichever entry point the person came through. A
 * request that is refused nothing costs no statement; what the system does by itself, without a request, is nobody's
 * attempt.
 */
@Component
public class Attempts {

    private static final Logger log = LoggerFactory.getLogger(Attempts.class);
    private static final String ATTRIBUTE = Attempts.class.getName();

    /** Somebody was faster: no rule said no. */
    private static final Set<String> LOST_RACES = Set.of("refusal.task-gone", "refusal.task-claimed");

    private final RefusedAttempts refusedAttempts;
    private final ToDos toDos;
    private final Forms forms;
    private final CurrentPerson currentPerson;

    Attempts(RefusedAttempts refusedAttempts, ToDos toDos, Forms forms, CurrentPerson currentPerson) {
        this.refusedAttempts = refusedAttempts;
        this.toDos = toDos;
        this.forms = forms;
        this.currentPerson = currentPerson;
    }

    /** Something that is tried at an item; the task is the id of a user task or of a model. */
    private record Attempt(String itemNo, Action action, String task) {}

    /** Of one request. */
    private static final class Tried {

        private Attempt current;
        private final Set<RefusedAttempt> refused = new LinkedHashSet<>();
    }

    /** Somebody tries this from now on; what is refused afterwards, up to the next beginning, is a refusal of this. */
    public void begin(String itemNo, Action action, String task) {
        tried().ifPresent(tried -> tried.current = new Attempt(itemNo, action, task));
    }

    /** The same for what may also follow from something else that somebody tries. */
    public void beginUnlessBegun(String itemNo, Action action, String task) {
        tried().filter(tried -> tried.current == null)
                .ifPresent(tried -> tried.current = new Attempt(itemNo, action, task));
    }

    /** Notes a refusal of what was begun last. */
    void refused(RefusedException refusal) {
        tried().filter(tried -> tried.current != null).ifPresent(tried -> note(tried, tried.current, refusal));
    }

    /** Notes a refusal before any listener of the engine was reached; the attempt is known by its task. */
    public void refusedAtTask(String taskId, RefusedException refusal) {
        tried().filter(tried -> tried.refused.isEmpty() && refusal.kind() != RefusedException.Kind.NOT_FOUND)
                .ifPresent(tried -> attemptAt(taskId).ifPresent(attempt -> note(tried, attempt, refusal)));
    }

    /** Writes what the request was refused. To be called when no transaction of it is left; never fails. */
    public void write(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Tried tried) {
            tried.refused.forEach(this::write);
            tried.refused.clear();
        }
    }

    private void write(RefusedAttempt refused) {
        try {
            refusedAttempts.append(refused);
        } catch (DataAccessException | TransactionException e) {
            log.error("The refusal {} is missing in the timeline", refused, e);
        }
    }

    private void note(Tried tried, Attempt attempt, RefusedException refusal) {
        Optional<Person> person = currentPerson.find();
        if (isByRule(refusal, attempt.task()) && person.isPresent()) {
            tried.refused.add(new RefusedAttempt(
                    attempt.itemNo(), person.get().id(), attempt.action(), attempt.task(), refusal.problems()));
        }
    }

    /**
     * A field that is missing or misspelt, a day out of range, a thing that is not there and a lost race are no rule's
     * refusals: whoever mistypes a date has tried nothing that others have to read of.
     */
    private boolean isByRule(RefusedException refusal, String task) {
        return refusal.kind() != RefusedException.Kind.NOT_FOUND
                && refusal.problems().stream().anyMatch(problem -> isRule(problem, task));
    }

    private boolean isRule(Problem problem, String task) {
        return !problem.code().startsWith(Forms.CODES)
                && !LOST_RACES.contains(problem.code())
                && (problem.field() == null
                        || formOf(task)
                                .filter(form -> forms.get(form).isDate(problem.field()))
                                .isEmpty());
    }

    private static Optional<String> formOf(String task) {
        return TaskContract.of(task).map(TaskContract::form).or(() -> RequestProcess.of(task)
                .map(RequestProcess::startForm));
    }

    private Optional<Attempt> attemptAt(String taskId) {
        return toDos.find(taskId).flatMap(toDo -> TaskContract.of(toDo.taskKey())
                .filter(contract -> !contract.isConfidential())
                .map(contract -> new Attempt(toDo.itemNo(), contract.action(), toDo.taskKey())));
    }

    private static Optional<Tried> tried() {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        if (request == null) {
            return Optional.empty();
        }
        Tried tried = (Tried) request.getAttribute(ATTRIBUTE, RequestAttributes.SCOPE_REQUEST);
        if (tried == null) {
            tried = new Tried();
            request.setAttribute(ATTRIBUTE, tried, RequestAttributes.SCOPE_REQUEST);
        }
        return Optional.of(tried);
    }
}
