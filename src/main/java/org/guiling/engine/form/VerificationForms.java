package org.guiling.engine.form;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.guiling.item.Item;
import org.guiling.item.record.ItemRecords;
import org.guiling.item.todo.ToDos.ToDo;
import org.guiling.workflow.FiveStepZeroing.UserTask;
import org.guiling.workflow.TaskContract;
import org.guiling.workflow.form.VerificationForm;
import org.springframework.stereotype.Component;

/** Supplies the forms of 核查验收. */
@Component
class VerificationForms implements FormSource {

    private final ItemRecords records;
    private final WorkFacts workFacts;
    private final OrganizationOptions options;

    VerificationForms(ItemRecords records, WorkFacts workFacts, OrganizationOptions options) {
        this.records = records;
        this.workFacts = workFacts;
        this.options = options;
    }

    @Override
    public Set<? extends TaskContract> tasks() {
        return EnumSet.of(UserTask.VERIFY, UserTask.CONFIRM_VERIFICATION);
    }

    @Override
    public Map<String, Object> context(TaskContract task, Item item) {
        return task == UserTask.VERIFY
                ? Map.of("publicFacing", item.registration().sourceType().isPublicFacing())
                : Map.of();
    }

    @Override
    public void fill(Map<String, Object> data, TaskContract task, Item item, ToDo toDo) {
        data.putAll(workFacts.done(item));
        data.put("findingFacts", workFacts.findings(item));
        if (task == UserTask.VERIFY) {
            data.put("verifiers", options.verifiers());
            records.refusedFinding(item).ifPresent(finding -> VerificationForm.show(data, finding));
        }
    }
}
