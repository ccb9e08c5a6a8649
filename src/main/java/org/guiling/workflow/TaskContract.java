package org.guiling.workflow;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.guiling.calendar.LimitKind;
import org.guiling.item.Action;

/** The contract of a user task of any model, by which the guard at the task works. */
public sealed interface TaskContract
        permits FiveStepZeroing.UserTask, RequestTask, LookBack, SupervisionTask, CardReply, SpotCheckVisitTask {

    /** The contract of the element with this id; empty for a task that is none of ours. */
    static Optional<TaskContract> of(String elementId) {
        return Optional.ofNullable(elementId).map(TaskContracts.BY_ID::get);
    }

    /** The tasks of all models. */
    static List<TaskContract> all() {
        return TaskContracts.ALL;
    }

    /** The task's id in its model. */
    String id();

    /** The form that it is completed with. */
    String form();

    /** The name of the form's field in which a person decides. */
    String DECISION = "decision";

    /** The outcomes with which it ends; empty where nothing is decided. */
    default List<Outcome> outcomes() {
        return List.of();
    }

    /** The action that completing it is to the four eyes. */
    Action action();

    /** The limit of its duration. */
    LimitKind limit();

    /**
     * True where the unit hears of it only when it is done: until then the item's history, which the unit reads, and its
     * supervision know nothing of it.
     */
    default boolean isConfidential() {
        return false;
    }

    /**
     * True where it is watched by itself (督办): the item's supervision does not know it, because the item is closed, or the
     * task is part of that supervision or follows from it.
     */
    default boolean isWatchedByItself() {
        return false;
    }

    /**
     * True where the item's supervision begins with it, or looks earlier for it: not where the task is part of supervision,
     * follows from it, or is kept from the unit.
     */
    default boolean beginsSupervision() {
        return !isConfidential();
    }

    /** True where it is one of the five steps: the item stands there while the task waits. */
    default boolean isStep() {
        return false;
    }

    /**
     * By what the ladder tells the climb for one task of this kind from that for another at the same item: by its id, where
     * no more than one waits at a time.
     */
    default String climbKey(String taskId) {
        return id();
    }

    /** The variables that stay in the engine at this task's instance. */
    Set<String> persisted();
}
