package org.guiling.engine.delegate;

import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.guiling.engine.instance.FiveStepInstances;
import org.guiling.engine.instance.InstanceVariables;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.workflow.FiveStepZeroing;
import org.springframework.stereotype.Component;

/** Service task 进入整改: begins the five steps at the rectification, in the transaction that recorded the first three. */
@Component("openFastLaneDelegate")
class OpenFastLaneDelegate implements JavaDelegate {

    private final Items items;
    private final InstanceVariables instanceVariables;
    private final RuntimeService runtime;

    OpenFastLaneDelegate(Items items, InstanceVariables instanceVariables, RuntimeService runtime) {
        this.items = items;
        this.instanceVariables = instanceVariables;
        this.runtime = runtime;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Item item = items.getLocked(execution.getProcessBusinessKey());
        runtime.createMessageCorrelation(FiveStepZeroing.FAST_LANE_OPENED)
                .processInstanceBusinessKey(item.itemNo())
                .setVariables(instanceVariables.columns(item))
                .setVariable(
                        FiveStepZeroing.Variables.HANDLER, item.responsibility().handler())
                .setVariable(FiveStepZeroing.Variables.OUTCOME, FiveStepInstances.REWORK)
                .correlateStartMessage();
    }
}
