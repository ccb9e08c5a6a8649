package org.guiling.engine.guard;

import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.guiling.item.Item;
import org.guiling.item.lookback.LookBackStep;
import org.guiling.organization.Person;
import org.guiling.workflow.LookBack;
import org.guiling.workflow.TaskContract;
import org.guiling.workflow.form.FormValues;
import org.guiling.workflow.form.LookBackForm;
import org.springframework.stereotype.Component;

/** Completes 回头看核实: takes the form, calls one use case and returns the decision. */
@Component
class LookBackCompletion implements TaskHandler {

    private final LookBackStep lookBackStep;

    LookBackCompletion(LookBackStep lookBackStep) {
        this.lookBackStep = lookBackStep;
    }

    @Override
    public Set<LookBack> tasks() {
        return Set.of(LookBack.values());
    }

    @Override
    public TaskResult complete(TaskContract contract, DelegateTask task, Item item, FormValues values, Person person) {
        lookBackStep.lookBack(item, LookBackForm.read(values), person);
        return TaskResult.decided(values.get(LookBackForm.DECISION));
    }
}
