package org.guiling.engine.form;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.guiling.item.Item;
import org.guiling.item.todo.ToDos.ToDo;
import org.guiling.workflow.FiveStepZeroing.UserTask;
import org.guiling.workflow.TaskContract;
import org.guiling.workflow.form.ClaimForm;
import org.springframework.stereotype.Component;

/** Supplies the forms of 认领归责. */
@Component
class OwnershipForms implements FormSource {

    private final ItemFacts itemFacts;
    private final OrganizationOptions options;

    OwnershipForms(ItemFacts itemFacts, OrganizationOptions options) {
        this.itemFacts = itemFacts;
        this.options = options;
    }

    @Override
    public Set<? extends TaskContract> tasks() {
        return EnumSet.of(UserTask.CLAIM_ITEM, UserTask.RULE_ON_DECLINE);
    }

    @Override
    public void fill(Map<String, Object> data, TaskContract task, Item item, ToDo toDo) {
        data.put("units", options.units());
        data.put("declineFacts", itemFacts.declines(item));
        if (task == UserTask.CLAIM_ITEM) {
            data.put("handlers", options.handlers(item.registration().leadUnit()));
            ClaimForm.show(data, item.registration());
        }
    }
}
