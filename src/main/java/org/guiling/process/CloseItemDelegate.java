package org.guiling.process;

import java.time.Clock;
import java.util.Date;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.variable.Variables;
import org.guiling.item.ClosureStep;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.Items;
import org.guiling.organization.CurrentPerson;
import org.springframework.stereotype.Component;

/** Service task 销号: strikes the item off in the record. Run twice, it does it once. */
@Component("closeItemDelegate")
class CloseItemDelegate implements JavaDelegate {

    private final ClosureStep closureStep;
    private final Items items;
    private final RuntimeService runtime;
    private final Clock clock;
    private final CurrentPerson currentPerson;
    private final Refusals refusals;

    CloseItemDelegate(
            ClosureStep closureStep,
            Items items,
            RuntimeService runtime,
            Clock clock,
            CurrentPerson currentPerson,
            Refusals refusals) {
        this.closureStep = closureStep;
        this.items = items;
        this.runtime = runtime;
        this.clock = clock;
        this.currentPerson = currentPerson;
        this.refusals = refusals;
    }

    /** One instance waits for the day on which somebody looks back. */
    private void lookBack(Item item) {
        Date day = Date.from(
                item.outcome().lookBackOn().atStartOfDay(clock.getZone()).toInstant());
        runtime.startProcessInstanceByKey(
                LookBack.KEY,
                item.itemNo(),
                Variables.putValueTyped(LookBack.LOOK_BACK_DAY, Variables.dateValue(day, true)));
    }

    @Override
    public void execute(DelegateExecution execution) {
        refusals.readable(() -> {
            Item item = items.get(execution.getProcessBusinessKey());
            if (item.status() != ItemStatus.CLOSED) {
                closureStep.close(item, currentPerson.get());
                lookBack(item);
            }
        });
    }
}
