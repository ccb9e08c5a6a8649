package org.guiling.engine.listener;

import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.guiling.engine.form.EnteredValues;
import org.guiling.engine.form.FormContext;
import org.guiling.engine.form.Forms;
import org.guiling.engine.refusal.Refusals;
import org.guiling.item.Item;
import org.guiling.item.step.FastLane;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Person;
import org.guiling.workflow.FastLaneModel;
import org.guiling.workflow.form.FastLaneForm;
import org.guiling.workflow.form.FormValues;
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
        Item item = fastLane.file(FastLaneForm.read(values), person);
        execution.removeVariables(entered.keySet());
        execution.setProcessBusinessKey(item.itemNo());
    }
}
