package org.guiling.engine.delegate;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.guiling.engine.instance.FiveStepInstances;
import org.guiling.engine.refusal.Refusals;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.springframework.stereotype.Component;

/** Service task 退回重改: an open item whose work was found to be falsified goes back; the record has begun the next round. */
@Component("sendBackItemDelegate")
class SendBackItemDelegate extends ItemDelegate {

    private final FiveStepInstances fiveSteps;

    SendBackItemDelegate(Items items, Refusals refusals, FiveStepInstances fiveSteps) {
        super(items, refusals);
        this.fiveSteps = fiveSteps;
    }

    @Override
    void execute(Item item, DelegateExecution execution) {
        fiveSteps.sendBack(item);
    }
}
