package org.guiling.engine.delegate;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.guiling.engine.notification.ItemNotices;
import org.guiling.engine.refusal.Refusals;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.Items;
import org.guiling.item.request.ItemRequests;
import org.guiling.item.request.Suspensions;
import org.guiling.item.rule.Pause;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Person;
import org.springframework.stereotype.Component;

/**
 * Service task 恢复办理, by a person or when the review day has come: what waited waits again, later by the days that the
 * suspension lasted. Run twice, it does it once.
 */
@Component("resumeItemDelegate")
class ResumeItemDelegate implements JavaDelegate {

    private final Suspensions suspensions;
    private final ItemRequests requests;
    private final ItemNotices notices;
    private final Items items;
    private final PausedTasks pausedTasks;
    private final CurrentPerson currentPerson;
    private final Refusals refusals;

    ResumeItemDelegate(
            Suspensions suspensions,
            ItemRequests requests,
            ItemNotices notices,
            Items items,
            PausedTasks pausedTasks,
            CurrentPerson currentPerson,
            Refusals refusals) {
        this.suspensions = suspensions;
        this.requests = requests;
        this.notices = notices;
        this.items = items;
        this.pausedTasks = pausedTasks;
        this.currentPerson = currentPerson;
        this.refusals = refusals;
    }

    @Override
    public void execute(DelegateExecution execution) {
        refusals.readable(() -> {
            Item item = items.getLocked(execution.getProcessBusinessKey());
            if (item.status() == ItemStatus.SUSPENDED) {
                resume(item);
            }
        });
    }

    private void resume(Item item) {
        Person person = currentPerson.find().orElse(null);
        Pause pause = suspensions.resume(item, person);
        pausedTasks.resume(item, pause, person);
        notices.wokenUp(item, requests.latest(item));
    }
}
