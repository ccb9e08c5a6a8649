package org.guiling.engine.delegate;

import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.variable.Variables;
import org.guiling.engine.refusal.Refusals;
import org.guiling.engine.supervision.Supervision;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.supervision.Card;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.LadderOutcome;
import org.guiling.workflow.SupervisionTask;
import org.springframework.stereotype.Component;

/** Service task 按阶梯督办: climbs the ladder, and passes on what the gateway after it asks. */
@Component("climbLadderDelegate")
class ClimbLadderDelegate extends ItemDelegate {

    private final Supervision supervision;

    ClimbLadderDelegate(Items items, Refusals refusals, Supervision supervision) {
        super(items, refusals);
        this.supervision = supervision;
    }

    @Override
    void execute(Item item, DelegateExecution execution) {
        Optional<Card> proposed = supervision.climb(item);
        LadderOutcome outcome = proposed.isPresent() ? LadderOutcome.PROPOSE : LadderOutcome.NONE;
        passOn(execution, FiveStepZeroing.Variables.OUTCOME, outcome.value());
        proposed.ifPresent(card -> passOn(execution, SupervisionTask.ISSUERS, card.issuers()));
    }

    private static void passOn(DelegateExecution execution, String name, String value) {
        execution.setVariable(name, Variables.untypedValue(value, true));
    }
}
