package org.guiling.engine.guard;

import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.guiling.engine.notification.ItemNotices;
import org.guiling.item.Item;
import org.guiling.organization.Person;
import org.guiling.spotcheck.SpotCheckResult;
import org.guiling.spotcheck.VisitStep;
import org.guiling.workflow.FiveStepZeroing.Variables;
import org.guiling.workflow.SpotCheckVisitTask;
import org.guiling.workflow.TaskContract;
import org.guiling.workflow.VisitOutcome;
import org.guiling.workflow.form.FormValues;
import org.guiling.workflow.form.SpotCheckVisitForm;
import org.springframework.stereotype.Component;

/** Completes 实地抽查: takes the form, calls one use case, returns the decision and notifies the unit. */
@Component
class SpotCheckVisitCompletion implements TaskHandler {

    private final VisitStep visitStep;
    private final ItemNotices notices;

    SpotCheckVisitCompletion(VisitStep visitStep, ItemNotices notices) {
        this.visitStep = visitStep;
        this.notices = notices;
    }

    @Override
    public Set<SpotCheckVisitTask> tasks() {
        return Set.of(SpotCheckVisitTask.values());
    }

    @Override
    public TaskResult complete(TaskContract contract, DelegateTask task, Item item, FormValues values, Person person) {
        SpotCheckResult result = values.get(SpotCheckVisitForm.DECISION);
        VisitOutcome outcome = outcome(item, result, values.get(SpotCheckVisitForm.FALSIFIED));
        VisitStep.Recorded visit = visitStep.visit(item, SpotCheckVisitForm.read(values), person);
        if (outcome == VisitOutcome.SENT_BACK) {
            notices.returned(item);
        }
        if (result != SpotCheckResult.NOT_VISITED) {
            notices.spotChecked(item, visit.checkNo());
        }
        return new TaskResult(
                Map.of(),
                Map.of(
                        Variables.OUTCOME,
                        outcome.value(),
                        SpotCheckVisitTask.FOUND_ITEMS,
                        visit.found().stream().map(Item::itemNo).toList()));
    }

    private static VisitOutcome outcome(Item item, SpotCheckResult result, boolean falsified) {
        if (result == SpotCheckResult.DISCREPANT && VisitStep.reopens(item)) {
            return VisitOutcome.REOPENED;
        }
        return VisitStep.sendsBack(item, result, falsified) ? VisitOutcome.SENT_BACK : VisitOutcome.of(result);
    }
}
