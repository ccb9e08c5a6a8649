package org.guiling.engine.guard;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.guiling.engine.instance.InstanceVariables;
import org.guiling.engine.notification.ItemNotices;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.item.record.ItemRecords;
import org.guiling.item.step.ClosureStep;
import org.guiling.organization.Person;
import org.guiling.supervision.Cards;
import org.guiling.supervision.Objections;
import org.guiling.workflow.FiveStepZeroing.UserTask;
import org.guiling.workflow.SignOffOutcome;
import org.guiling.workflow.form.FormValues;
import org.guiling.workflow.form.SignOffForm;
import org.springframework.stereotype.Component;

/** Completes the tasks of 销号归零. */
@Component
class ClosureTasks extends StepHandler {

    private final ClosureStep closureStep;
    private final ItemRecords records;
    private final Cards cards;
    private final Objections objections;
    private final ItemNotices notices;
    private final InstanceVariables variables;

    ClosureTasks(
            Items items,
            ClosureStep closureStep,
            ItemRecords records,
            Cards cards,
            Objections objections,
            ItemNotices notices,
            InstanceVariables variables) {
        super(items);
        this.closureStep = closureStep;
        this.records = records;
        this.cards = cards;
        this.objections = objections;
        this.notices = notices;
        this.variables = variables;
    }

    @Override
    public Set<UserTask> tasks() {
        return EnumSet.of(UserTask.SIGN_OFF);
    }

    @Override
    TaskResult complete(UserTask step, DelegateTask task, Item item, FormValues values, Person person) {
        SignOffOutcome decision = values.get(SignOffForm.DECISION);
        boolean approved = decision == SignOffOutcome.APPROVE;
        if (approved) {
            objections.requireNoObjection(item);
            cards.requireNoCardForReturn(item);
        }
        closureStep.signOff(item, SignOffForm.read(values), person);
        if (!approved) {
            notices.returned(item);
        }
        return new TaskResult(Map.of(), variables.closureInputs(item, decision, records.approvals(item)));
    }
}
