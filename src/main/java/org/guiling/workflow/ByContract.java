package org.guiling.workflow;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Looks up who is responsible for a task by its contract: exactly one for each task of all models.
 *
 * @param <T> the responsible ones
 */
public final class ByContract<T> {

    private final Map<TaskContract, T> responsible = new HashMap<>();

    /** @throws IllegalStateException when a task has nobody, or two */
    public ByContract(List<T> all, Function<T, Set<? extends TaskContract>> tasks) {
        for (T one : all) {
            for (TaskContract task : tasks.apply(one)) {
                if (responsible.put(task, one) != null) {
                    throw new IllegalStateException("Two are responsible for the task " + task.id());
                }
            }
        }
        for (TaskContract task : TaskContract.all()) {
            if (!responsible.containsKey(task)) {
                throw new IllegalStateException("Nobody is responsible for the task " + task.id());
            }
        }
    }

    public T get(TaskContract task) {
        return responsible.get(task);
    }
}
