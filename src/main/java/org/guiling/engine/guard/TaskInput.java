package org.guiling.engine.guard;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.guiling.engine.form.EnteredValues;
import org.guiling.engine.form.FormContext;
import org.guiling.engine.form.Forms;
import org.guiling.engine.instance.InstanceVariables;
import org.guiling.item.Item;
import org.guiling.refusal.RefusedException;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.TaskContract;
import org.guiling.workflow.form.FormValues;
import org.springframework.stereotype.Component;

/** Values that a person sends with a task, checked against the form. */
@Component
class TaskInput {

    private final Forms forms;
    private final FormContext formContext;
    private final InstanceVariables instanceVariables;

    TaskInput(Forms forms, FormContext formContext, InstanceVariables instanceVariables) {
        this.forms = forms;
        this.formContext = formContext;
        this.instanceVariables = instanceVariables;
    }

    /**
     * @param submitted names of the variables that the engine is to forget
     */
    record Checked(FormValues values, Set<String> submitted) {}

    /** @throws RefusedException with what is wrong */
    Checked check(DelegateTask task, TaskContract contract, Item item) {
        Map<String, Object> variables = task.getVariables();
        Set<String> formKeys = forms.get(contract.form()).keys();
        requireUntouched(task, contract, item, variables, formKeys);
        // A form may have a field by the name of a variable that stays, and send it hidden: only the record's value
        // stays.
        Set<String> kept = new HashSet<>(contract.persisted());
        kept.removeAll(formKeys);
        Set<String> submitted = new HashSet<>(variables.keySet());
        submitted.removeAll(kept);
        Map<String, Object> entered = new HashMap<>(variables);
        entered.keySet().removeIf(name -> !submitted.contains(name) && !formKeys.contains(name));
        FormValues values = forms.check(contract.form(), EnteredValues.plain(entered), formContext.of(contract, item));
        return new Checked(values, submitted);
    }

    /**
     * A caller who sends one of the engine's own variables along with the form would redirect the flow. The approver's
     * group needs no look: the rule writes it anew before anything reads it. Where a variable is gone, the instance has ended
     * while this waited for the item: a caller can change a variable, and remove none.
     */
    private void requireUntouched(
            DelegateTask task, TaskContract contract, Item item, Map<String, Object> variables, Set<String> formKeys) {
        Map<String, Object> recorded = new HashMap<>(instanceVariables.columns(item));
        recorded.put(
                FiveStepZeroing.Variables.HANDLER,
                item.responsibility() == null ? null : item.responsibility().handler());
        recorded.keySet().retainAll(contract.persisted());
        recorded.keySet().removeAll(formKeys);
        recorded.forEach((name, value) -> {
            if (value != null && !variables.containsKey(name)) {
                throw TaskGuard.endedMeanwhile(task);
            }
            if (!Objects.equals(value, variables.get(name))) {
                throw RefusedException.invalid(name, "form.undeclared", name);
            }
        });
    }
}
