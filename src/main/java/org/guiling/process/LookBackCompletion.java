package org.guiling.process;

import org.guiling.item.Item;
import org.guiling.item.LookBackStep;
import org.guiling.item.VerificationMethod;
import org.guiling.organization.Person;
import org.guiling.process.form.FormValues;
import org.springframework.stereotype.Component;

/** Completes 回头看核实: takes the form, calls one use case and returns the decision. */
@Component
class LookBackCompletion {

    private static final String REBOUNDED = "REBOUNDED";

    private final LookBackStep lookBackStep;

    LookBackCompletion(LookBackStep lookBackStep) {
        this.lookBackStep = lookBackStep;
    }

    StepCompletions.Result complete(Item item, FormValues values, Person person) {
        String decision = values.text("decision");
        lookBackStep.lookBack(
                item,
                new LookBackStep.Finding(
                        values.code("verifyMethod", VerificationMethod.class),
                        values.date("lookedOn"),
                        REBOUNDED.equals(decision),
                        values.flag("falsified"),
                        StepCompletions.defects(values),
                        values.date("reworkDue"),
                        values.text("opinion")),
                person);
        return StepCompletions.Result.decided(decision);
    }
}
