package org.guiling.engine.delegate;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.guiling.engine.guard.SupervisionEnd;
import org.guiling.engine.instance.LookBackTimers;
import org.guiling.engine.refusal.Refusals;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.Items;
import org.guiling.item.step.ClosureStep;
import org.guiling.organization.CurrentPerson;
import org.springframework.stereotype.Component;

/** Service task 销号: strikes the item off in the record. Run twice, it does it once. */
@Component("closeItemDelegate")
class CloseItemDelegate extends ItemDelegate {

    private final ClosureStep closureStep;
    private final LookBackTimers lookBackTimers;
    private final SupervisionEnd supervisionEnd;
    private final CurrentPerson currentPerson;

    CloseItemDelegate(
            Items items,
            Refusals refusals,
            ClosureStep closureStep,
            LookBackTimers lookBackTimers,
            SupervisionEnd supervisionEnd,
            CurrentPerson currentPerson) {
        super(items, refusals);
        this.closureStep = closureStep;
        this.lookBackTimers = lookBackTimers;
        this.supervisionEnd = supervisionEnd;
        this.currentPerson = currentPerson;
    }

    @Override
    void execute(Item item, DelegateExecution execution) {
        if (item.status() != ItemStatus.CLOSED) {
            closureStep.close(item, currentPerson.get());
            supervisionEnd.of(item);
            lookBackTimers.start(item);
        }
    }
}
