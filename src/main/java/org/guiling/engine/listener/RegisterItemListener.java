package org.guiling.engine.listener;

import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.guiling.engine.form.EnteredValues;
import org.guiling.engine.form.FormContext;
import org.guiling.engine.form.Forms;
import org.guiling.engine.instance.InstanceVariables;
import org.guiling.engine.refusal.Attempts;
import org.guiling.engine.refusal.Refusals;
import org.guiling.engine.service.ItemProcesses;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.Items;
import org.guiling.item.Origin;
import org.guiling.item.step.IntakeStep;
import org.guiling.organization.CurrentPerson;
import org.guiling.refusal.RefusedException;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.form.FormValues;
import org.guiling.workflow.form.RegistrationForm;
import org.springframework.stereotype.Component;

/**
 * At the start event: an instance that begins with a start form (Tasklist, {@code engine-rest}) registers its item; one
 * that {@link ItemProcesses} begins has registered it in the same transaction.
 */
@Component("registerItemListener")
class RegisterItemListener implements ExecutionListener {

    private final IntakeStep intakeStep;
    private final Items items;
    private final Forms forms;
    private final FormContext formContext;
    private final InstanceVariables instanceVariables;
    private final CurrentPerson currentPerson;
    private final Refusals refusals;
    private final Attempts attempts;

    RegisterItemListener(
            IntakeStep intakeStep,
            Items items,
            Forms forms,
            FormContext formContext,
            InstanceVariables instanceVariables,
            CurrentPerson currentPerson,
            Refusals refusals,
            Attempts attempts) {
        this.intakeStep = intakeStep;
        this.items = items;
        this.forms = forms;
        this.formContext = formContext;
        this.instanceVariables = instanceVariables;
        this.currentPerson = currentPerson;
        this.refusals = refusals;
        this.attempts = attempts;
    }

    @Override
    public void notify(DelegateExecution execution) {
        refusals.readable(() -> {
            if (execution.getProcessBusinessKey() == null) {
                register(execution);
            } else {
                requireFreshlyRegistered(execution.getProcessBusinessKey());
            }
        });
    }

    private void register(DelegateExecution execution) {
        Map<String, Object> entered = execution.getVariables();
        FormValues values =
                forms.check(FiveStepZeroing.START_FORM, EnteredValues.plain(entered), formContext.ofRegistration());
        Item item = intakeStep.register(RegistrationForm.read(values), Origin.WRITTEN, currentPerson.get());
        execution.removeVariables(entered.keySet());
        execution.setProcessBusinessKey(item.itemNo());
        instanceVariables.columns(item).forEach(execution::setVariable);
    }

    /** Nobody starts a second instance for an item by naming its number. */
    private void requireFreshlyRegistered(String itemNo) {
        Item item = items.get(itemNo);
        attempts.beginUnlessBegun(itemNo, Action.REGISTER, FiveStepZeroing.KEY);
        boolean fresh = item.status() == ItemStatus.DRAFT
                && item.review() == null
                && item.registeredBy().equals(currentPerson.get().id());
        if (!fresh) {
            throw RefusedException.conflict("refusal.item-started", itemNo);
        }
    }
}
