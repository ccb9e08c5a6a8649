package org.guiling.engine.listener;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.guiling.engine.refusal.Refusals;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.Items;
import org.guiling.item.todo.ToDos;
import org.guiling.refusal.RefusedException;
import org.springframework.stereotype.Component;

/**
 * At the start events 分解交办 and 即办登记: nobody begins in the midst what was not recorded a moment ago as a part or on
 * the fast lane.
 */
@Component("freshItemListener")
class FreshItemListener implements ExecutionListener {

    private final Items items;
    private final ToDos toDos;
    private final Refusals refusals;

    FreshItemListener(Items items, ToDos toDos, Refusals refusals) {
        this.items = items;
        this.toDos = toDos;
        this.refusals = refusals;
    }

    @Override
    public void notify(DelegateExecution execution) {
        refusals.readable(() -> {
            Item item = items.getLocked(execution.getProcessBusinessKey());
            boolean fresh = (item.parentNo() != null || item.isOnFastLane())
                    && item.status() == ItemStatus.DRAFT
                    && toDos.of(item.itemNo()).isEmpty();
            if (!fresh) {
                throw RefusedException.conflict("refusal.item-started", item.itemNo());
            }
        });
    }
}
