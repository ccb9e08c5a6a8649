package org.guiling.engine.delegate;

import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.guiling.engine.instance.FiveStepInstances;
import org.guiling.engine.instance.InstanceVariables;
import org.guiling.engine.notification.ItemNotices;
import org.guiling.engine.refusal.Refusals;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.Items;
import org.guiling.item.request.RequestDecisions;
import org.guiling.organization.CurrentPerson;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.LookBack;
import org.springframework.stereotype.Component;

/**
 * Service task 重开事项: begins another round of the five steps under the same number. Looking back or a spot check has reopened
 * the record already; a request is carried out here. What still waited to look back on the former closure is dropped.
 */
@Component("reopenItemDelegate")
class ReopenItemDelegate implements JavaDelegate {

    private final RequestDecisions decisions;
    private final Items items;
    private final InstanceVariables instanceVariables;
    private final FiveStepInstances fiveSteps;
    private final RuntimeService runtime;
    private final CurrentPerson currentPerson;
    private final Refusals refusals;
    private final ItemNotices notices;

    ReopenItemDelegate(
            RequestDecisions decisions,
            Items items,
            InstanceVariables instanceVariables,
            FiveStepInstances fiveSteps,
            RuntimeService runtime,
            CurrentPerson currentPerson,
            Refusals refusals,
            ItemNotices notices) {
        this.decisions = decisions;
        this.items = items;
        this.instanceVariables = instanceVariables;
        this.fiveSteps = fiveSteps;
        this.runtime = runtime;
        this.currentPerson = currentPerson;
        this.refusals = refusals;
        this.notices = notices;
    }

    @Override
    public void execute(DelegateExecution execution) {
        refusals.readable(() -> {
            Item item = items.getLocked(execution.getProcessBusinessKey());
            if (item.status() == ItemStatus.CLOSED) {
                decisions.reopen(item, currentPerson.get());
            }
            dropLookBacks(item, execution);
            begin(item);
            beginWhole(item, execution);
        });
    }

    private void begin(Item item) {
        notices.reopened(item);
        runtime.createMessageCorrelation(FiveStepZeroing.ITEM_REOPENED)
                .processInstanceBusinessKey(item.itemNo())
                .setVariables(instanceVariables.columns(item))
                .setVariable(
                        FiveStepZeroing.Variables.HANDLER, item.responsibility().handler())
                .setVariable(FiveStepZeroing.Variables.OUTCOME, FiveStepInstances.REWORK)
                .correlateStartMessage();
    }

    /** Begins the whole of which the item is a part: it was opened again with the item, unless it was open. */
    private void beginWhole(Item part, DelegateExecution execution) {
        if (part.parentNo() != null) {
            Item whole = items.getLocked(part.parentNo());
            if (whole.status() == ItemStatus.REWORK && !fiveSteps.isUnderWay(whole)) {
                dropLookBacks(whole, execution);
                begin(whole);
                beginWhole(whole, execution);
            }
        }
    }

    /** Deletes waiting look-backs but the one that found the rebound, which ends by itself. */
    private void dropLookBacks(Item item, DelegateExecution execution) {
        runtime
                .createProcessInstanceQuery()
                .processDefinitionKey(LookBack.KEY)
                .processInstanceBusinessKey(item.itemNo())
                .list()
                .stream()
                .filter(waiting -> !waiting.getId().equals(execution.getProcessInstanceId()))
                .forEach(waiting -> runtime.deleteProcessInstance(waiting.getId(), FiveStepZeroing.ITEM_REOPENED));
    }
}
