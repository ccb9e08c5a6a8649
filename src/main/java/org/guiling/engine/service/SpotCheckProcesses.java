package org.guiling.engine.service;

import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.variable.Variables;
import org.guiling.engine.form.EnteredValues;
import org.guiling.item.Items;
import org.guiling.workflow.SpotCheckModel;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Starts spot checks (随机抽查), for callers that do not know the engine. */
@Service
public class SpotCheckProcesses {

    private final RuntimeService runtime;
    private final Items items;

    SpotCheckProcesses(RuntimeService runtime, Items items) {
        this.runtime = runtime;
        this.items = items;
    }

    /**
     * Orders and draws a check for the current person, as its start form in Tasklist would.
     *
     * @return its number
     * @throws org.guiling.item.RefusedException when the form or the person does not allow it, or there is nothing to draw
     */
    @Transactional
    public String order(Map<String, Object> fields) {
        EnteredValues.requirePlain(fields);
        Map<String, Object> variables = new HashMap<>();
        fields.forEach((name, value) -> variables.put(name, Variables.untypedValue(value, true)));
        String[] checkNo = new String[1];
        Tasks.unwrapped(() -> checkNo[0] =
                runtime.startProcessInstanceByKey(SpotCheckModel.KEY, variables).getBusinessKey());
        items.writeBeforeReading();
        return checkNo[0];
    }
}
