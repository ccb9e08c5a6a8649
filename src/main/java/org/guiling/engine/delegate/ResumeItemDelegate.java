package org.guiling.engine.delegate;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.guiling.engine.notification.ItemNotices;
import org.guiling.engine.refusal.Refusals;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.item.request.ItemRequests;
import org.guiling.item.request.Suspensions;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Person;
import org.springframework.stereotype.Component;

/**
 * Service task 恢复办理, by a person or when the review day has come: what waited waits again, later by the days that the
 * suspension lasted. Run twice, it does it once.
 */
@Component("resumeItemDelegate")
class ResumeItemDelegate extends ItemDelegate {

    private final Suspensions suspensions;
    private final ItemRequests requests;
    private final ItemNotices notices;
    private final PausedTasks pausedTasks;
    private final CurrentPerson currentPerson;

    ResumeItemDelegate(
            Items items,
            Refusals refusals,
            Suspensions suspensions,
            ItemRequests requests,
            ItemNotices notices,
            PausedTasks pausedTasks,
            CurrentPerson currentPerson) {
        super(items, refusals);
        this.suspensions = suspensions;
        this.requests = requests;
        this.notices = notices;
        this.pausedTasks = pausedTasks;
        this.currentPerson = currentPerson;
    }

    @Override
    void execute(Item item, DelegateExecution execution) {
        Person person = currentPerson.find().orElse(null);
        suspensions.resume(item, person).ifPresent(pause -> {
            pausedTasks.resume(item, pause, person);
            notices.wokenUp(item, requests.latest(item));
        });
    }
}
