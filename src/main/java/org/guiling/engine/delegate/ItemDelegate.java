package org.guiling.engine.delegate;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.guiling.engine.refusal.Refusals;
import org.guiling.item.Item;
import org.guiling.item.Items;

/**
 * A service task at the item whose number its instance has: the item is locked before anything is done, and a refusal is put
 * into the person's words.
 */
abstract class ItemDelegate implements JavaDelegate {

    private final Items items;
    private final Refusals refusals;

    ItemDelegate(Items items, Refusals refusals) {
        this.items = items;
        this.refusals = refusals;
    }

    @Override
    public final void execute(DelegateExecution execution) {
        refusals.readable(() -> execute(items.getLocked(execution.getProcessBusinessKey()), execution));
    }

    abstract void execute(Item item, DelegateExecution execution);
}
