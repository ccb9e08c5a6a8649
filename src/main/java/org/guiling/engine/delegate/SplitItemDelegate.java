package org.guiling.engine.delegate;

import java.util.Collection;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.guiling.engine.instance.FiveStepInstances;
import org.guiling.item.Items;
import org.guiling.workflow.RequestProcess;
import org.springframework.stereotype.Component;

/** Service task 分解交办: begins each part at its claim, in the transaction that recorded it. */
@Component("splitItemDelegate")
class SplitItemDelegate implements JavaDelegate {

    private final Items items;
    private final FiveStepInstances fiveSteps;

    SplitItemDelegate(Items items, FiveStepInstances fiveSteps) {
        this.items = items;
        this.fiveSteps = fiveSteps;
    }

    @Override
    public void execute(DelegateExecution execution) {
        for (Object itemNo : (Collection<?>) execution.getVariable(RequestProcess.PARTS)) {
            fiveSteps.beginPart(items.get(itemNo.toString()));
        }
    }
}
