package org.guiling.process;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.Items;
import org.guiling.item.RefusedException;
import org.guiling.item.ToDos;
import org.springframework.stereotype.Component;

/** At the start event 反弹重开: nobody begins another round of an item that was not reopened in the record. */
@Component("reopenedItemListener")
class ReopenedItemListener implements ExecutionListener {

    private final Items items;
    private final ToDos toDos;
    private final Refusals refusals;
    private final Attempts attempts;

    ReopenedItemListener(Items items, ToDos toDos, Refusals refusals, Attempts attempts) {
        this.items = items;
        this.toDos = toDos;
        this.refusals = refusals;
        this.attempts = attempts;
    }

    @Override
    public void notify(DelegateExecution execution) {
        refusals.readable(() -> {
            Item item = items.get(execution.getProcessBusinessKey());
            attempts.beginUnlessBegun(item.itemNo(), Action.REOPEN, FiveStepZeroing.KEY);
            boolean underWay = toDos.of(item.itemNo()).stream()
                    .anyMatch(
                            toDo -> FiveStepZeroing.UserTask.of(toDo.taskKey()).isPresent());
            if (item.status() != ItemStatus.REWORK || underWay) {
                throw RefusedException.conflict("refusal.item-started", item.itemNo());
            }
        });
    }
}
