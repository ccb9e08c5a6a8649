package org.guiling.engine.delegate;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.guiling.engine.duedate.DueDates;
import org.guiling.engine.guard.SupervisionEnd;
import org.guiling.engine.instance.FiveStepInstances;
import org.guiling.engine.notification.ItemNotices;
import org.guiling.engine.refusal.Refusals;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.item.request.ItemRequest;
import org.guiling.item.request.RequestDecisions;
import org.guiling.organization.CurrentPerson;
import org.springframework.stereotype.Component;

/**
 * Service task 撤出: records the end and tells the instance of the five steps, which ends with it. An item that takes over
 * follows what the merger made of its record.
 */
@Component("withdrawItemDelegate")
class WithdrawItemDelegate extends ItemDelegate {

    private final RequestDecisions decisions;
    private final ItemNotices notices;
    private final FiveStepInstances fiveSteps;
    private final DueDates dueDates;
    private final SupervisionEnd supervisionEnd;
    private final CurrentPerson currentPerson;

    WithdrawItemDelegate(
            Items items,
            Refusals refusals,
            RequestDecisions decisions,
            ItemNotices notices,
            FiveStepInstances fiveSteps,
            DueDates dueDates,
            SupervisionEnd supervisionEnd,
            CurrentPerson currentPerson) {
        super(items, refusals);
        this.decisions = decisions;
        this.notices = notices;
        this.fiveSteps = fiveSteps;
        this.dueDates = dueDates;
        this.supervisionEnd = supervisionEnd;
        this.currentPerson = currentPerson;
    }

    @Override
    void execute(Item item, DelegateExecution execution) {
        ItemRequest granted = decisions.withdraw(item, currentPerson.get());
        decisions.mergedInto(granted).ifPresent(target -> {
            dueDates.followMerger(target);
            notices.mergedIn(target, item);
        });
        notices.decided(item, granted);
        supervisionEnd.of(item);
        fiveSteps.withdraw(item);
    }
}
