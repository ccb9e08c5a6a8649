package org.guiling.process;

import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.guiling.item.DeadlineStep;
import org.guiling.item.DuplicateAnswer;
import org.guiling.item.FastLane;
import org.guiling.item.Item;
import org.guiling.item.RectificationType;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Person;
import org.guiling.process.form.FormValues;
import org.guiling.process.form.Forms;
import org.guiling.workflow.FastLaneModel;
import org.springframework.stereotype.Component;

/** At the start event of {@code fast-lane.bpmn}: checks the form and the rules, and records the item. */
@Component("fastLaneListener")
class FastLaneListener implements ExecutionListener {

    private final FastLane fastLane;
    private final Forms forms;
    private final FormContext formContext;
    private final CurrentPerson currentPerson;
    private final Refusals refusals;

    FastLaneListener(
            FastLane fastLane, Forms forms, FormContext formContext, CurrentPerson currentPerson, Refusals refusals) {
        this.fastLane = fastLane;
        this.forms = forms;
        this.formContext = formContext;
        this.currentPerson = currentPerson;
        this.refusals = refusals;
    }

    @Override
    public void notify(DelegateExecution execution) {
        refusals.readable(() -> file(execution));
    }

    private void file(DelegateExecution execution) {
        Person person = currentPerson.get();
        fastLane.requireMayFile(person);
        Map<String, Object> entered = execution.getVariables();
        FormValues values = forms.check(
                FastLaneModel.START_FORM, EnteredValues.plain(entered), formContext.ofStart(FastLaneModel.KEY));
        Item item = fastLane.file(filing(values), person);
        execution.removeVariables(entered.keySet());
        execution.setProcessBusinessKey(item.itemNo());
    }

    private static FastLane.Filing filing(FormValues values) {
        return new FastLane.Filing(
                RegistrationForm.read(values),
                values.code("duplicateAnswer", DuplicateAnswer.class),
                values.text("principal"),
                values.text("divisionLeader"),
                values.text("handler"),
                new DeadlineStep.Draft(
                        values.text("rootCause"),
                        RectificationType.IMMEDIATE,
                        values.text("target"),
                        values.date("plannedDue"),
                        StepCompletions.measures(values),
                        null,
                        values.text("longTermWaiver"),
                        null,
                        null));
    }
}
