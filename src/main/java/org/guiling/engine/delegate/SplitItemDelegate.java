package org.guiling.engine.delegate;

import java.util.Collection;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.guiling.engine.instance.InstanceVariables;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.RequestProcess;
import org.springframework.stereotype.Component;

/** Service task 分解交办: begins each part at its claim, in the transaction that recorded it. */
@Component("splitItemDelegate")
class SplitItemDelegate implements JavaDelegate {

    private final Items items;
    private final InstanceVariables instanceVariables;
    private final RuntimeService runtime;

    SplitItemDelegate(Items items, InstanceVariables instanceVariables, RuntimeService runtime) {
        this.items = items;
        this.instanceVariables = instanceVariables;
        this.runtime = runtime;
    }

    @Override
    public void execute(DelegateExecution execution) {
        for (Object itemNo : (Collection<?>) execution.getVariable(RequestProcess.PARTS)) {
            Item part = items.get(itemNo.toString());
            runtime.createMessageCorrelation(FiveStepZeroing.PART_ASSIGNED)
                    .processInstanceBusinessKey(part.itemNo())
                    .setVariables(instanceVariables.columns(part))
                    .correlateStartMessage();
        }
    }
}
