package org.guiling.engine.form;

import java.util.List;
import org.guiling.workflow.ByContract;
import org.guiling.workflow.TaskContract;
import org.springframework.stereotype.Component;

/** Finds the source of a task's form by the contract of the task. */
@Component
class FormSources {

    private final ByContract<FormSource> byContract;

    /** @throws IllegalStateException when a task has no source, or two */
    FormSources(List<FormSource> sources) {
        this.byContract = new ByContract<>(sources, FormSource::tasks);
    }

    FormSource of(TaskContract task) {
        return byContract.get(task);
    }
}
