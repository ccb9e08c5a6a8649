package org.guiling.engine.delegate;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.guiling.engine.instance.FiveStepInstances;
import org.guiling.engine.refusal.Refusals;
import org.guiling.item.Items;
import org.springframework.stereotype.Component;

/** Service task 退回重改: an open item whose work was found to be falsified goes back; the record has begun the next round. */
@Component("sendBackItemDelegate")
class SendBackItemDelegate implements JavaDelegate {

    private final Items items;
    private final FiveStepInstances instances;
    private final Refusals refusals;

    SendBackItemDelegate(Items items, FiveStepInstances instances, Refusals refusals) {
        this.items = items;
        this.instances = instances;
        this.refusals = refusals;
    }

    @Override
    public void execute(DelegateExecution execution) {
        refusals.readable(() -> instances.sendBack(items.getLocked(execution.getProcessBusinessKey())));
    }
}
