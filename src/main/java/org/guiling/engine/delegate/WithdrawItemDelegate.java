package org.guiling.engine.delegate;

import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.guiling.engine.duedate.DueDates;
import org.guiling.engine.guard.CardReplies;
import org.guiling.engine.instance.FiveStepInstances;
import org.guiling.engine.notification.ItemNotices;
import org.guiling.engine.refusal.Refusals;
import org.guiling.engine.supervision.Supervision;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.item.RequestKind;
import org.guiling.item.request.ItemRequest;
import org.guiling.item.request.RequestDecisions;
import org.guiling.organization.CurrentPerson;
import org.guiling.workflow.FiveStepZeroing;
import org.springframework.stereotype.Component;

/**
 * Service task 撤出: records the end and tells the instance of the five steps, which ends with it. Where another item
 * takes over, its rectification is due on the earlier day, and its supervision follows the higher level.
 */
@Component("withdrawItemDelegate")
class WithdrawItemDelegate implements JavaDelegate {

    private final RequestDecisions decisions;
    private final ItemNotices notices;
    private final Items items;
    private final FiveStepInstances instances;
    private final DueDates dueDates;
    private final RuntimeService runtime;
    private final Supervision supervision;
    private final CardReplies cardReplies;
    private final CurrentPerson currentPerson;
    private final Refusals refusals;

    WithdrawItemDelegate(
            RequestDecisions decisions,
            ItemNotices notices,
            Items items,
            FiveStepInstances instances,
            DueDates dueDates,
            RuntimeService runtime,
            Supervision supervision,
            CardReplies cardReplies,
            CurrentPerson currentPerson,
            Refusals refusals) {
        this.decisions = decisions;
        this.notices = notices;
        this.items = items;
        this.instances = instances;
        this.dueDates = dueDates;
        this.runtime = runtime;
        this.supervision = supervision;
        this.cardReplies = cardReplies;
        this.currentPerson = currentPerson;
        this.refusals = refusals;
    }

    @Override
    public void execute(DelegateExecution execution) {
        refusals.readable(() -> {
            Item item = items.getLocked(execution.getProcessBusinessKey());
            ItemRequest granted = decisions.withdraw(item, currentPerson.get());
            if (granted.kind() == RequestKind.MERGER) {
                Item target = items.get(granted.targetNo());
                dueDates.followItem(target);
                supervision.lookAgain(target);
                notices.mergedIn(target, item);
            }
            notices.decided(item, granted);
            supervision.end(item);
            cardReplies.end(item);
            runtime.createMessageCorrelation(FiveStepZeroing.ITEM_WITHDRAWN)
                    .processInstanceId(instances.of(item).getId())
                    .correlate();
        });
    }
}
