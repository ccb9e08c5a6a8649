package org.guiling.engine.listener;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.guiling.engine.instance.InstanceVariables;
import org.guiling.item.Items;
import org.springframework.stereotype.Component;

/**
 * Gives an instance the columns of Tasklist's list when somebody is to see its task, and not months before: a closed item
 * costs the engine no more than its timer.
 */
@Component("itemColumnsListener")
class ItemColumnsListener implements ExecutionListener {

    private final Items items;
    private final InstanceVariables instanceVariables;

    ItemColumnsListener(Items items, InstanceVariables instanceVariables) {
        this.items = items;
        this.instanceVariables = instanceVariables;
    }

    @Override
    public void notify(DelegateExecution execution) {
        instanceVariables
                .columns(items.getLocked(execution.getProcessBusinessKey()))
                .forEach(execution::setVariable);
    }
}
