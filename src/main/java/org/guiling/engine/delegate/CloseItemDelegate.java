package org.guiling.engine.delegate;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.guiling.engine.guard.CardReplies;
import org.guiling.engine.instance.LookBackTimers;
import org.guiling.engine.refusal.Refusals;
import org.guiling.engine.supervision.Supervision;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.Items;
import org.guiling.item.step.ClosureStep;
import org.guiling.organization.CurrentPerson;
import org.springframework.stereotype.Component;

/** Service task 销号: strikes the item off in the record. Run twice, it does it once. */
@Component("closeItemDelegate")
class CloseItemDelegate implements JavaDelegate {

    private final ClosureStep closureStep;
    private final Items items;
    private final LookBackTimers lookBackTimers;
    private final Supervision supervision;
    private final CardReplies cardReplies;
    private final CurrentPerson currentPerson;
    private final Refusals refusals;

    CloseItemDelegate(
            ClosureStep closureStep,
            Items items,
            LookBackTimers lookBackTimers,
            Supervision supervision,
            CardReplies cardReplies,
            CurrentPerson currentPerson,
            Refusals refusals) {
        this.closureStep = closureStep;
        this.items = items;
        this.lookBackTimers = lookBackTimers;
        this.supervision = supervision;
        this.cardReplies = cardReplies;
        this.currentPerson = currentPerson;
        this.refusals = refusals;
    }

    @Override
    public void execute(DelegateExecution execution) {
        refusals.readable(() -> {
            Item item = items.getLocked(execution.getProcessBusinessKey());
            if (item.status() != ItemStatus.CLOSED) {
                closureStep.close(item, currentPerson.get());
                supervision.end(item);
                cardReplies.end(item);
                lookBackTimers.start(item);
            }
        });
    }
}
