package org.guiling.engine.delegate;

import java.util.Collection;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.guiling.engine.instance.InstanceVariables;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.SpotCheckVisitTask;
import org.springframework.stereotype.Component;

/** Service task 新问题立项: begins what a visit came across, at its review, in the transaction that registered it. */
@Component("beginFoundItemsDelegate")
class BeginFoundItemsDelegate implements JavaDelegate {

    private final Items items;
    private final InstanceVariables instanceVariables;
    private final RuntimeService runtime;

    BeginFoundItemsDelegate(Items items, InstanceVariables instanceVariables, RuntimeService runtime) {
        this.items = items;
        this.instanceVariables = instanceVariables;
        this.runtime = runtime;
    }

    @Override
    public void execute(DelegateExecution execution) {
        for (Object itemNo : (Collection<?>) execution.getVariable(SpotCheckVisitTask.FOUND_ITEMS)) {
            Item item = items.get(itemNo.toString());
            runtime.startProcessInstanceByKey(FiveStepZeroing.KEY, item.itemNo(), instanceVariables.columns(item));
        }
    }
}
