package org.guiling.engine.listener;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.guiling.engine.instance.FiveStepInstances;
import org.guiling.engine.refusal.Attempts;
import org.guiling.engine.refusal.Refusals;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.Items;
import org.guiling.refusal.RefusedException;
import org.guiling.workflow.FiveStepZeroing;
import org.springframework.stereotype.Component;

/** At the start event 反弹重开: nobody begins another round of an item that was not reopened in the record. */
@Component("reopenedItemListener")
class ReopenedItemListener implements ExecutionListener {

    private final Items items;
    private final FiveStepInstances fiveSteps;
    private final Refusals refusals;
    private final Attempts attempts;

    ReopenedItemListener(Items items, FiveStepInstances fiveSteps, Refusals refusals, Attempts attempts) {
        this.items = items;
        this.fiveSteps = fiveSteps;
        this.refusals = refusals;
        this.attempts = attempts;
    }

    @Override
    public void notify(DelegateExecution execution) {
        refusals.readable(() -> {
            Item item = items.getLocked(execution.getProcessBusinessKey());
            attempts.beginUnlessBegun(item.itemNo(), Action.REOPEN, FiveStepZeroing.KEY);
            if (item.status() != ItemStatus.REWORK || fiveSteps.isUnderWay(item)) {
                throw RefusedException.conflict("refusal.item-started", item.itemNo());
            }
        });
    }
}
