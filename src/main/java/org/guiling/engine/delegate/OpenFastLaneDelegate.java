package org.guiling.engine.delegate;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.guiling.engine.instance.FiveStepInstances;
import org.guiling.engine.refusal.Refusals;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.workflow.FiveStepZeroing;
import org.springframework.stereotype.Component;

/** Service task 进入整改: begins the five steps at the rectification, in the transaction that recorded the first three. */
@Component("openFastLaneDelegate")
class OpenFastLaneDelegate extends ItemDelegate {

    private final FiveStepInstances fiveSteps;

    OpenFastLaneDelegate(Items items, Refusals refusals, FiveStepInstances fiveSteps) {
        super(items, refusals);
        this.fiveSteps = fiveSteps;
    }

    @Override
    void execute(Item item, DelegateExecution execution) {
        fiveSteps.beginRectification(item, FiveStepZeroing.FAST_LANE_OPENED);
    }
}
