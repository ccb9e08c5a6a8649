package org.guiling.process;

import org.guiling.item.Item;
import org.guiling.item.LookBackStep;
import org.guiling.organization.Person;
import org.guiling.workflow.FormValues;
import org.guiling.workflow.LookBackForm;
import org.springframework.stereotype.Component;

/** Completes 回头看核实: takes the form, calls one use case and returns the decision. */
@Component
class LookBackCompletion {

    private final LookBackStep lookBackStep;

    LookBackCompletion(LookBackStep lookBackStep) {
        this.lookBackStep = lookBackStep;
    }

    StepCompletions.Result complete(Item item, FormValues values, Person person) {
        lookBackStep.lookBack(item, LookBackForm.read(values), person);
        return StepCompletions.Result.decided(values.get(LookBackForm.DECISION));
    }
}
