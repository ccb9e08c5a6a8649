package org.guiling.engine.guard;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.guiling.workflow.TaskContract;
import org.springframework.stereotype.Component;

/** Finds who handles the tasks of a contract. */
@Component
class TaskHandlers {

    private final Map<TaskContract, TaskHandler> byContract = new HashMap<>();

    /** @throws IllegalStateException when a task has no handler, or two */
    TaskHandlers(List<TaskHandler> handlers) {
        for (TaskHandler handler : handlers) {
            for (TaskContract task : handler.tasks()) {
                if (byContract.put(task, handler) != null) {
                    throw new IllegalStateException("Two handlers have the task " + task.id());
                }
            }
        }
        for (TaskContract task : TaskContract.all()) {
            if (!byContract.containsKey(task)) {
                throw new IllegalStateException("No handler has the task " + task.id());
            }
        }
    }

    TaskHandler of(TaskContract task) {
        return byContract.get(task);
    }
}
