package org.guiling.process;

import org.guiling.item.Item;
import org.guiling.item.LookBackStep;
import org.guiling.item.VerificationMethod;
import org.guiling.organization.Person;
import org.guiling.process.form.FormValues;
import org.guiling.workflow.LookBackOutcome;
import org.guiling.workflow.TaskContract;
import org.springframework.stereotype.Component;

/** Completes 回头看核实: takes the form, calls one use case and returns the decision. */
@Component
class LookBackCompletion {

    private final LookBackStep lookBackStep;

    LookBackCompletion(LookBackStep lookBackStep) {
        this.lookBackStep = lookBackStep;
    }

    StepCompletions.Result complete(Item item, FormValues values, Person person) {
        LookBackOutcome decision = values.code(TaskContract.DECISION, LookBackOutcome.class);
        lookBackStep.lookBack(
                item,
                new LookBackStep.Finding(
                        values.code("verifyMethod", VerificationMethod.class),
                        values.date("lookedOn"),
                        decision == LookBackOutcome.REBOUNDED,
                        values.flag("falsified"),
                        StepCompletions.defects(values),
                        values.date("reworkDue"),
                        values.text("opinion")),
                person);
        return StepCompletions.Result.decided(decision);
    }
}
