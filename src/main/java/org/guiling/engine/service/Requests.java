package org.guiling.engine.service;

import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.variable.Variables;
import org.guiling.engine.form.EnteredValues;
import org.guiling.item.Items;
import org.guiling.item.access.VisibleItems;
import org.guiling.refusal.RefusedException;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.RequestProcess;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Starts what is asked of an item, for callers that do not know the engine. */
@Service
public class Requests {

    private final RuntimeService runtime;
    private final VisibleItems visibleItems;
    private final Items items;

    Requests(RuntimeService runtime, VisibleItems visibleItems, Items items) {
        this.runtime = runtime;
        this.visibleItems = visibleItems;
        this.items = items;
    }

    /**
     * Raises a request for the current person, as its start form in Tasklist would.
     *
     * @param fields the fields of the start form, without the item's number
     * @throws RefusedException when the form, the item's state, the person or a limit does not allow it
     */
    @Transactional
    public void raise(RequestProcess process, String itemNo, Map<String, Object> fields) {
        EnteredValues.requirePlain(fields);
        visibleItems.getLocked(itemNo);
        Map<String, Object> variables = new HashMap<>();
        fields.forEach((name, value) -> variables.put(name, Variables.untypedValue(value, true)));
        variables.put(FiveStepZeroing.Variables.ITEM_NO, itemNo);
        Tasks.unwrapped(() -> runtime.startProcessInstanceByKey(process.key(), itemNo, variables));
        items.writeBeforeReading();
    }
}
