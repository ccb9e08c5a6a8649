package org.guiling.engine.delegate;

import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
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
class SuspendItemDelegate implements JavaDelegate {

    private final RequestDecisions decisions;
    private final ItemNotices notices;
    private final Items items;
    private final PausedTasks pausedTasks;
    private final Supervision supervision;
    private final CurrentPerson currentPerson;
    private final Refusals refusals;
    private final OfficeClock clock;

    SuspendItemDelegate(
            RequestDecisions decisions,
            ItemNotices notices,
            Items items,
            PausedTasks pausedTasks,
            Supervision supervision,
            CurrentPerson currentPerson,
            Refusals refusals,
            OfficeClock clock) {
        this.decisions = decisions;
        this.notices = notices;
        this.items = items;
        this.pausedTasks = pausedTasks;
        this.supervision = supervision;
        this.currentPerson = currentPerson;
        this.refusals = refusals;
        this.clock = clock;
    }

    @Override
    public void execute(DelegateExecution execution) {
        refusals.readable(() -> {
            Item item = items.getLocked(execution.getProcessBusinessKey());
            ItemRequest granted = decisions.suspend(item, currentPerson.get());
            notices.decided(item, granted);
            execution.setVariable(RequestProcess.REVIEW_DAY, Date.from(clock.startOf(granted.askedDay())));
            supervision.end(item);
            pausedTasks.pause(item);
        });
    }
}
