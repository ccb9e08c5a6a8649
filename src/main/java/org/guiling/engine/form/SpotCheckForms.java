package org.guiling.engine.form;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.guiling.item.Item;
import org.guiling.item.todo.ToDos.ToDo;
import org.guiling.spotcheck.VisitStep;
import org.guiling.workflow.SpotCheckVisitTask;
import org.guiling.workflow.TaskContract;
import org.springframework.stereotype.Component;

/** Supplies the form of 实地抽查. */
@Component
class SpotCheckForms implements FormSource {

    private final ItemFacts itemFacts;
    private final WorkFacts workFacts;
    private final OrganizationOptions options;

    SpotCheckForms(ItemFacts itemFacts, WorkFacts workFacts, OrganizationOptions options) {
        this.itemFacts = itemFacts;
        this.workFacts = workFacts;
        this.options = options;
    }

    @Override
    public Set<? extends TaskContract> tasks() {
        return EnumSet.allOf(SpotCheckVisitTask.class);
    }

    @Override
    public Map<String, Object> context(TaskContract task, Item item) {
        return Map.of("closed", VisitStep.reopens(item), "declaredDone", VisitStep.isDeclaredDone(item));
    }

    @Override
    public void fill(Map<String, Object> data, TaskContract task, Item item, ToDo toDo) {
        data.put("standing", itemFacts.standing(item));
        data.put("measures", workFacts.measures(item));
        data.put("verifiers", options.verifiers());
    }
}
