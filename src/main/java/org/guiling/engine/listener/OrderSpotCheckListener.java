package org.guiling.engine.listener;

import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.guiling.engine.form.EnteredValues;
import org.guiling.engine.form.FormContext;
import org.guiling.engine.form.Forms;
import org.guiling.engine.refusal.Refusals;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Person;
import org.guiling.spotcheck.SpotChecks;
import org.guiling.workflow.SpotCheckModel;
import org.guiling.workflow.form.FormValues;
import org.guiling.workflow.form.SpotCheckOrderForm;
import org.springframework.stereotype.Component;

/** At the start event of {@code spot-check.bpmn}: checks the form and the person, and records the order. */
@Component("orderSpotCheckListener")
class OrderSpotCheckListener implements ExecutionListener {

    private final SpotChecks spotChecks;
    private final Forms forms;
    private final FormContext formContext;
    private final CurrentPerson currentPerson;
    private final Refusals refusals;

    OrderSpotCheckListener(
            SpotChecks spotChecks,
            Forms forms,
            FormContext formContext,
            CurrentPerson currentPerson,
            Refusals refusals) {
        this.spotChecks = spotChecks;
        this.forms = forms;
        this.formContext = formContext;
        this.currentPerson = currentPerson;
        this.refusals = refusals;
    }

    @Override
    public void notify(DelegateExecution execution) {
        refusals.readable(() -> order(execution));
    }

    private void order(DelegateExecution execution) {
        Person person = currentPerson.get();
        SpotChecks.requireMayOrder(person);
        Map<String, Object> entered = execution.getVariables();
        FormValues values = forms.check(
                SpotCheckModel.START_FORM, EnteredValues.plain(entered), formContext.ofStart(SpotCheckModel.KEY));
        String checkNo = spotChecks.order(SpotCheckOrderForm.read(values), person);
        execution.removeVariables(entered.keySet());
        execution.setProcessBusinessKey(checkNo);
    }
}
