package org.guiling.engine.listener;

import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.variable.Variables;
import org.guiling.engine.form.EnteredValues;
import org.guiling.engine.form.FormContext;
import org.guiling.engine.form.Forms;
import org.guiling.engine.guard.RequestCompletions;
import org.guiling.engine.guard.TaskResult;
import org.guiling.engine.refusal.Attempts;
import org.guiling.engine.refusal.Refusals;
import org.guiling.item.Item;
import org.guiling.item.access.VisibleItems;
import org.guiling.organization.CurrentPerson;
import org.guiling.workflow.RequestProcess;
import org.guiling.workflow.form.FormValues;
import org.guiling.workflow.form.RequestForm;
import org.springframework.stereotype.Component;

/**
 * At the start event of each {@link RequestProcess}: checks the start form and the rules, records the request and ties
 * the instance to its item. It runs at every entry point.
 */
@Component("raiseRequestListener")
class RaiseRequestListener implements ExecutionListener {

    private final VisibleItems items;
    private final Forms forms;
    private final FormContext formContext;
    private final RequestCompletions completions;
    private final CurrentPerson currentPerson;
    private final Refusals refusals;
    private final Attempts attempts;

    RaiseRequestListener(
            VisibleItems items,
            Forms forms,
            FormContext formContext,
            RequestCompletions completions,
            CurrentPerson currentPerson,
            Refusals refusals,
            Attempts attempts) {
        this.items = items;
        this.forms = forms;
        this.formContext = formContext;
        this.completions = completions;
        this.currentPerson = currentPerson;
        this.refusals = refusals;
        this.attempts = attempts;
    }

    @Override
    public void notify(DelegateExecution execution) {
        refusals.readable(() -> raise(execution));
    }

    private void raise(DelegateExecution execution) {
        RequestProcess process = RequestProcess.of(
                        execution.getProcessDefinitionId().split(":")[0])
                .orElseThrow();
        Map<String, Object> entered = execution.getVariables();
        FormValues values =
                forms.check(process.startForm(), EnteredValues.plain(entered), formContext.ofStart(process.key()));
        Item item = items.getLocked(values.get(RequestForm.ITEM_NO));
        attempts.begin(item.itemNo(), process.action(), process.key());
        TaskResult result = completions.raise(process, item, values, currentPerson.get());

        execution.removeVariables(entered.keySet());
        execution.setProcessBusinessKey(item.itemNo());
        result.persisted().forEach(execution::setVariable);
        result.passing().forEach((name, value) -> execution.setVariable(name, Variables.untypedValue(value, true)));
    }
}
