package org.guiling.engine.delegate;

import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.guiling.engine.notification.ItemNotices;
import org.guiling.engine.refusal.Refusals;
import org.guiling.engine.supervision.Supervision;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.item.request.ItemRequest;
import org.guiling.item.request.RequestDecisions;
import org.guiling.organization.CurrentPerson;
import org.guiling.time.OfficeClock;
import org.guiling.workflow.RequestProcess;
import org.springframework.stereotype.Component;

/** Service task 暂停办理: the engine itself then refuses any work on the item. */
@Component("suspendItemDelegate")
class SuspendItemDelegate extends ItemDelegate {

    private final RequestDecisions decisions;
    private final ItemNotices notices;
    private final PausedTasks pausedTasks;
    private final Supervision supervision;
    private final CurrentPerson currentPerson;
    private final OfficeClock clock;

    SuspendItemDelegate(
            Items items,
            Refusals refusals,
            RequestDecisions decisions,
            ItemNotices notices,
            PausedTasks pausedTasks,
            Supervision supervision,
            CurrentPerson currentPerson,
            OfficeClock clock) {
        super(items, refusals);
        this.decisions = decisions;
        this.notices = notices;
        this.pausedTasks = pausedTasks;
        this.supervision = supervision;
        this.currentPerson = currentPerson;
        this.clock = clock;
    }

    @Override
    void execute(Item item, DelegateExecution execution) {
        ItemRequest granted = decisions.suspend(item, currentPerson.get());
        notices.decided(item, granted);
        execution.setVariable(RequestProcess.REVIEW_DAY, Date.from(clock.startOf(granted.askedDay())));
        supervision.end(item);
        pausedTasks.pause(item);
    }
}
