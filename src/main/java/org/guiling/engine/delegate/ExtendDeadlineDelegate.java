package org.guiling.engine.delegate;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.guiling.engine.duedate.DueDates;
import org.guiling.engine.notification.ItemNotices;
import org.guiling.engine.refusal.Refusals;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.item.request.ItemRequest;
import org.guiling.item.request.RequestDecisions;
import org.guiling.organization.CurrentPerson;
import org.springframework.stereotype.Component;

/** Service task 调整期限: record, task and to-do list move in one transaction. */
@Component("extendDeadlineDelegate")
class ExtendDeadlineDelegate implements JavaDelegate {

    private final RequestDecisions decisions;
    private final ItemNotices notices;
    private final Items items;
    private final DueDates dueDates;
    private final CurrentPerson currentPerson;
    private final Refusals refusals;

    ExtendDeadlineDelegate(
            RequestDecisions decisions,
            ItemNotices notices,
            Items items,
            DueDates dueDates,
            CurrentPerson currentPerson,
            Refusals refusals) {
        this.decisions = decisions;
        this.notices = notices;
        this.items = items;
        this.dueDates = dueDates;
        this.currentPerson = currentPerson;
        this.refusals = refusals;
    }

    @Override
    public void execute(DelegateExecution execution) {
        refusals.readable(() -> {
            Item item = items.getLocked(execution.getProcessBusinessKey());
            ItemRequest granted = decisions.extend(item, currentPerson.get());
            dueDates.followItem(item);
            notices.decided(item, granted);
        });
    }
}
