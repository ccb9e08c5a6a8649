package org.guiling.engine.delegate;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.guiling.engine.instance.ReopenedItems;
import org.guiling.engine.refusal.Refusals;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.item.request.RequestDecisions;
import org.guiling.organization.CurrentPerson;
import org.springframework.stereotype.Component;

/**
 * Service task 重开事项: carries a request out and begins another round; looking back or a spot check has reopened the record
 * already.
 */
@Component("reopenItemDelegate")
class ReopenItemDelegate extends ItemDelegate {

    private final RequestDecisions decisions;
    private final ReopenedItems reopenedItems;
    private final CurrentPerson currentPerson;

    ReopenItemDelegate(
            Items items,
            Refusals refusals,
            RequestDecisions decisions,
            ReopenedItems reopenedItems,
            CurrentPerson currentPerson) {
        super(items, refusals);
        this.decisions = decisions;
        this.reopenedItems = reopenedItems;
        this.currentPerson = currentPerson;
    }

    @Override
    void execute(Item item, DelegateExecution execution) {
        decisions.reopen(item, currentPerson.get());
        reopenedItems.begin(item, execution.getProcessInstanceId());
    }
}
