package org.guiling.engine.guard;

import java.util.List;
import org.guiling.workflow.ByContract;
import org.guiling.workflow.TaskContract;
import org.springframework.stereotype.Component;

/** Finds who handles the tasks of a contract. */
@Component
class TaskHandlers {

    private final ByContract<TaskHandler> byContract;

    /** @throws IllegalStateException when a task has no handler, or two */
    TaskHandlers(List<TaskHandler> handlers) {
        this.byContract = new ByContract<>(handlers, TaskHandler::tasks);
    }

    TaskHandler of(TaskContract task) {
        return byContract.get(task);
    }
}
