package org.guiling.process;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.Items;
import org.guiling.item.RefusedException;
import org.guiling.item.ToDos;
import org.springframework.stereotype.Component;

/** At the start event 分解交办: nobody begins at the claim what was not recorded as a part a moment ago. */
@Component("assignedPartListener")
class AssignedPartListener implements ExecutionListener {

    private final Items items;
    private final ToDos toDos;
    private final Refusals refusals;

    AssignedPartListener(Items items, ToDos toDos, Refusals refusals) {
        this.items = items;
        this.toDos = toDos;
        this.refusals = refusals;
    }

    @Override
    public void notify(DelegateExecution execution) {
        refusals.readable(() -> {
            Item part = items.get(execution.getProcessBusinessKey());
            boolean fresh = part.parentNo() != null
                    && part.status() == ItemStatus.DRAFT
                    && toDos.of(part.itemNo()).isEmpty();
            if (!fresh) {
                throw RefusedException.conflict("refusal.item-started", part.itemNo());
            }
        });
    }
}
