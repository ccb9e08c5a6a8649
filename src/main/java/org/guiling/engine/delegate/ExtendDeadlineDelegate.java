package org.guiling.engine.delegate;

import org.camunda.bpm.engine.delegate.DelegateExecution;
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
class ExtendDeadlineDelegate extends ItemDelegate {

    private final RequestDecisions decisions;
    private final ItemNotices notices;
    private final DueDates dueDates;
    private final CurrentPerson currentPerson;

    ExtendDeadlineDelegate(
            Items items,
            Refusals refusals,
            RequestDecisions decisions,
            ItemNotices notices,
            DueDates dueDates,
            CurrentPerson currentPerson) {
        super(items, refusals);
        this.decisions = decisions;
        this.notices = notices;
        this.dueDates = dueDates;
        this.currentPerson = currentPerson;
    }

    @Override
    void execute(Item item, DelegateExecution execution) {
        ItemRequest granted = decisions.extend(item, currentPerson.get());
        dueDates.followItem(item);
        notices.decided(item, granted);
    }
}
