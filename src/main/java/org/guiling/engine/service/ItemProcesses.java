package org.guiling.engine.service;

import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.variable.Variables;
import org.guiling.engine.form.EnteredValues;
import org.guiling.engine.form.FormContext;
import org.guiling.engine.form.Forms;
import org.guiling.engine.instance.InstanceVariables;
import org.guiling.engine.refusal.Refusals;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.Items;
import org.guiling.item.Origin;
import org.guiling.item.Registration;
import org.guiling.item.step.IntakeStep;
import org.guiling.organization.CurrentPerson;
import org.guiling.refusal.RefusedException;
import org.guiling.workflow.FastLaneModel;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.form.RegistrationForm;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Registers items and starts their process instances: both or neither. */
@Service
public class ItemProcesses {

    private final RuntimeService runtime;
    private final IntakeStep intakeStep;
    private final Items items;
    private final Forms forms;
    private final FormContext formContext;
    private final InstanceVariables instanceVariables;
    private final CurrentPerson currentPerson;
    private final Refusals refusals;

    ItemProcesses(
            RuntimeService runtime,
            IntakeStep intakeStep,
            Items items,
            Forms forms,
            FormContext formContext,
            InstanceVariables instanceVariables,
            CurrentPerson currentPerson,
            Refusals refusals) {
        this.runtime = runtime;
        this.intakeStep = intakeStep;
        this.items = items;
        this.forms = forms;
        this.formContext = formContext;
        this.instanceVariables = instanceVariables;
        this.currentPerson = currentPerson;
        this.refusals = refusals;
    }

    /** The options that the start form offers beyond its own file; read once and used for many rows. */
    public Map<String, Object> registrationContext() {
        return formContext.ofRegistration();
    }

    /**
     * The facts that the fields of the start form state.
     *
     * @param context {@link #registrationContext()}
     * @throws RefusedException with every problem of the fields
     */
    public Registration read(Map<String, Object> fields, Map<String, Object> context) {
        Registration facts = RegistrationForm.read(forms.check(FiveStepZeroing.START_FORM, fields, context));
        intakeStep.check(facts);
        return facts;
    }

    /** Registers one item for the current person, as the start form would. */
    @Transactional
    public Item register(Map<String, Object> fields) {
        Item[] item = new Item[1];
        refusals.readable(() -> item[0] = register(read(fields, registrationContext()), Origin.WRITTEN));
        return item[0];
    }

    /** Registers, claims and plans one item for the current person, as the form of the fast lane (即办) would. */
    @Transactional
    public Item openFastLane(Map<String, Object> fields) {
        EnteredValues.requirePlain(fields);
        String[] itemNo = new String[1];
        Map<String, Object> variables = new HashMap<>();
        fields.forEach((name, value) -> variables.put(name, Variables.untypedValue(value, true)));
        Tasks.unwrapped(() -> itemNo[0] =
                runtime.startProcessInstanceByKey(FastLaneModel.KEY, variables).getBusinessKey());
        return items.get(itemNo[0]);
    }

    /**
     * Has an item that waits for the decision on its registration take over other facts, in the name of the current
     * person.
     *
     * @throws RefusedException when that was decided meanwhile, or the person may not
     */
    @Transactional
    public void amend(String itemNo, Registration facts) {
        Item item = items.getLocked(itemNo);
        if (item.status() != ItemStatus.DRAFT && item.status() != ItemStatus.REVIEW) {
            throw RefusedException.conflict("import.race");
        }
        intakeStep.amend(item, facts, currentPerson.get());
        Map<String, Object> variables = instanceVariables.columns(item);
        runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(itemNo, FiveStepZeroing.KEY)
                .list()
                .forEach(instance -> runtime.setVariables(instance.getId(), variables));
    }

    /** Registers one item whose facts were read before, and starts its process instance. */
    @Transactional
    public Item register(Registration facts, Origin origin) {
        Item item = intakeStep.register(facts, origin, currentPerson.get());
        Map<String, Object> variables = new HashMap<>(instanceVariables.columns(item));
        runtime.startProcessInstanceByKey(FiveStepZeroing.KEY, item.itemNo(), variables);
        return item;
    }
}
