package org.guiling.engine.delegate;

import java.util.Collection;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.guiling.engine.instance.FiveStepInstances;
import org.guiling.item.Items;
import org.guiling.workflow.SpotCheckVisitTask;
import org.springframework.stereotype.Component;

/** Service task 新问题立项: begins what a visit came across, at its review, in the transaction that registered it. */
@Component("beginFoundItemsDelegate")
class BeginFoundItemsDelegate implements JavaDelegate {

    private final Items items;
    private final FiveStepInstances fiveSteps;

    BeginFoundItemsDelegate(Items items, FiveStepInstances fiveSteps) {
        this.items = items;
        this.fiveSteps = fiveSteps;
    }

    @Override
    public void execute(DelegateExecution execution) {
        for (Object itemNo : (Collection<?>) execution.getVariable(SpotCheckVisitTask.FOUND_ITEMS)) {
            fiveSteps.begin(items.get(itemNo.toString()));
        }
    }
}
