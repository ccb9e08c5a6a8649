package org.guiling.engine.instance;

import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstanceQuery;
import org.guiling.item.Item;
import org.guiling.item.Registration;
import org.guiling.item.Visibility;
import org.guiling.item.record.ItemRecords;
import org.guiling.organization.Organization;
import org.guiling.organization.Tier;
import org.guiling.organization.Unit;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.FiveStepZeroing.Variables;
import org.guiling.workflow.Outcome;
import org.springframework.stereotype.Component;

/** Variables of an item in the engine's instances: columns that stay, and inputs of the tables of authorities. */
@Component
public class InstanceVariables {

    private final ItemRecords records;
    private final Organization organization;
    private final RuntimeService runtime;

    InstanceVariables(ItemRecords records, Organization organization, RuntimeService runtime) {
        this.records = records;
        this.organization = organization;
        this.runtime = runtime;
    }

    /**
     * Variables of an instance for Cockpit, and the unit whose people may claim. Operators of the engine see no more of a
     * restricted item than its number.
     */
    public Map<String, Object> columns(Item item) {
        Registration facts = item.registration();
        String leadUnit = facts.leadUnit();
        return Map.of(
                Variables.ITEM_NO,
                item.itemNo(),
                Variables.TITLE,
                facts.visibility() == Visibility.RESTRICTED ? item.itemNo() : facts.title(),
                Variables.LEAD_UNIT,
                leadUnit,
                Variables.UNIT_NAME,
                organization.unitName(leadUnit));
    }

    /** Brings the columns of all that runs for the item in line with the record: the form's guard compares them with it. */
    public void refreshColumns(Item item) {
        Map<String, Object> columns = columns(item);
        instancesOf(item).list().stream()
                .filter(instance -> runtime.getVariable(instance.getId(), Variables.LEAD_UNIT) != null)
                .forEach(instance -> runtime.setVariables(instance.getId(), columns));
    }

    /** Names another handler to the five steps. */
    public void setHandler(Item item, String handler) {
        instancesOf(item)
                .processDefinitionKey(FiveStepZeroing.KEY)
                .list()
                .forEach(instance -> runtime.setVariable(instance.getId(), Variables.HANDLER, handler));
    }

    private ProcessInstanceQuery instancesOf(Item item) {
        return runtime.createProcessInstanceQuery().processInstanceBusinessKey(item.itemNo());
    }

    /**
     * Inputs of the table of closing authorities. Where the people concerned are not satisfied, a village's item is the
     * city's supervisors' to decide on, not its own township's.
     */
    public Map<String, Object> closureInputs(Item item, Outcome outcome, int approvals) {
        Map<String, Object> inputs = signOffInputs(item, outcome, approvals);
        if (Tier.VILLAGE.name().equals(inputs.get(Variables.TIER)) && records.isPassedUnsatisfied(item)) {
            inputs.put(Variables.TIER, Tier.CITY.name());
            inputs.put(Variables.TOWNSHIP, "");
        }
        return inputs;
    }

    /** Inputs of the tables of authorities and of the gateway before them. */
    public Map<String, Object> signOffInputs(Item item, Outcome outcome, int approvals) {
        Map<String, Object> inputs = authorityInputs(item, approvals);
        inputs.put(Variables.OUTCOME, outcome.value());
        return inputs;
    }

    /** Inputs of the tables of authorities. */
    public Map<String, Object> authorityInputs(Item item, int approvals) {
        Unit unit = organization.unit(item.registration().leadUnit()).orElseThrow();
        Map<String, Object> inputs = new HashMap<>();
        inputs.put(Variables.LEVEL, item.registration().level());
        inputs.put(Variables.TIER, unit.tier().name());
        inputs.put(Variables.TOWNSHIP, unit.tier() == Tier.VILLAGE ? unit.parentCode() : "");
        inputs.put(Variables.APPROVALS, approvals);
        return inputs;
    }
}
