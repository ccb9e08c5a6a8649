package org.guiling.engine.form;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.guiling.item.Item;
import org.guiling.item.todo.ToDos.ToDo;
import org.guiling.workflow.LookBack;
import org.guiling.workflow.TaskContract;
import org.springframework.stereotype.Component;

/** Supplies the form of 回头看. */
@Component
class LookBackForms implements FormSource {

    private final WorkFacts workFacts;

    LookBackForms(WorkFacts workFacts) {
        this.workFacts = workFacts;
    }

    @Override
    public Set<? extends TaskContract> tasks() {
        return EnumSet.allOf(LookBack.class);
    }

    @Override
    public void fill(Map<String, Object> data, TaskContract task, Item item, ToDo toDo) {
        data.put("verificationFacts", workFacts.verification(item));
        data.put("signOffs", workFacts.signOffs(item));
    }
}
