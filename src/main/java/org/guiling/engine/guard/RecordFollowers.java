package org.guiling.engine.guard;

import java.util.Optional;
import org.guiling.engine.instance.InstanceVariables;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.record.FourEyes;
import org.guiling.item.todo.ToDos;
import org.guiling.item.todo.ToDos.ToDo;
import org.guiling.organization.Organization;
import org.guiling.workflow.FiveStepZeroing.Variables;
import org.guiling.workflow.TaskContract;
import org.springframework.stereotype.Component;

/** Moves what else waits at an item when a completed task changed whose it is. */
@Component
class RecordFollowers {

    private final ToDos toDos;
    private final Organization organization;
    private final FourEyes fourEyes;
    private final InstanceVariables instanceVariables;
    private final TaskTransfers transfers;
    private final CardReplies cardReplies;

    RecordFollowers(
            ToDos toDos,
            Organization organization,
            FourEyes fourEyes,
            InstanceVariables instanceVariables,
            TaskTransfers transfers,
            CardReplies cardReplies) {
        this.toDos = toDos;
        this.organization = organization;
        this.fourEyes = fourEyes;
        this.instanceVariables = instanceVariables;
        this.transfers = transfers;
        this.cardReplies = cardReplies;
    }

    /** @param unitBefore that led the item before the task was completed */
    void follow(Item item, String unitBefore, TaskResult result) {
        if (result.persisted().containsKey(Variables.LEAD_UNIT)) {
            // Requests beside the steps are held against the record too.
            instanceVariables.refreshColumns(item);
            String unit = item.registration().leadUnit();
            if (!unit.equals(unitBefore)) {
                transfers.toUnit(item, unitBefore, unit);
                cardReplies.beginAnew(item);
            }
        }
    }

    /**
     * Somebody who looked at the work gives back the other tasks that they may no longer do: somebody who has verified cannot
     * be sent to look back, for instance.
     */
    void release(Item item, TaskContract contract) {
        if (contract.action().looksAtWork()) {
            toDos.of(item.itemNo()).stream()
                    .filter(toDo -> toDo.group() != null && isBarred(item, toDo))
                    .forEach(toDo -> transfers.assign(toDo, null));
        }
    }

    private boolean isBarred(Item item, ToDo toDo) {
        Action action = TaskContract.of(toDo.taskKey()).orElseThrow().action();
        return Optional.ofNullable(toDo.assignee())
                .flatMap(organization::person)
                .flatMap(person -> fourEyes.conflict(item, action, person))
                .isPresent();
    }
}
