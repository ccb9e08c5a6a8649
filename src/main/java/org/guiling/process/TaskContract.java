package org.guiling.process;

import java.util.Optional;
import java.util.Set;
import org.guiling.calendar.LimitKind;
import org.guiling.item.Action;

/** What the code knows of a user task of any model: the guard at the task works by it. */
public sealed interface TaskContract permits FiveStepZeroing.UserTask, RequestTask {

    /** The contract of the element with this id; empty for a task that is none of ours. */
    static Optional<TaskContract> of(String elementId) {
        Optional<TaskContract> step = FiveStepZeroing.UserTask.of(elementId).map(task -> task);
        return step.isPresent() ? step : RequestTask.of(elementId).map(task -> task);
    }

    /** The task's id in its model. */
    String id();

    /** The form that it is completed with. */
    String form();

    /** What completing it means to the four eyes. */
    Action action();

    /** How long it may take. */
    LimitKind limit();

    /** The variables that stay in the engine at this task's instance. */
    Set<String> persisted();
}
