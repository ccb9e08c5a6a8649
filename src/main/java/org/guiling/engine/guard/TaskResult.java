package org.guiling.engine.guard;

import java.util.Map;
import org.guiling.workflow.FiveStepZeroing.Variables;
import org.guiling.workflow.Outcome;

/**
 * Variables that go back to the engine when a task is completed.
 *
 * @param persisted variables that stay
 * @param passing variables that the next gateway or rule reads in this transaction
 */
public record TaskResult(Map<String, Object> persisted, Map<String, Object> passing) {

    static TaskResult none() {
        return new TaskResult(Map.of(), Map.of());
    }

    static TaskResult decided(Outcome outcome) {
        return new TaskResult(Map.of(), Map.of(Variables.OUTCOME, outcome.value()));
    }
}
