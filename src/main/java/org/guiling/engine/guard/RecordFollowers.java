package org.guiling.engine.guard;

import org.guiling.item.Item;
import org.guiling.workflow.FiveStepZeroing.Variables;
import org.guiling.workflow.TaskContract;
import org.springframework.stereotype.Component;

/** Moves what else waits at an item when a completed task changed whose it is. */
@Component
class RecordFollowers {

    private final OrganizationFollower organizationFollower;
    private final CardReplies cardReplies;

    RecordFollowers(OrganizationFollower organizationFollower, CardReplies cardReplies) {
        this.organizationFollower = organizationFollower;
        this.cardReplies = cardReplies;
    }

    /** @param unitBefore that led the item before the task was completed */
    void follow(Item item, String unitBefore, TaskResult result) {
        if (result.persisted().containsKey(Variables.LEAD_UNIT)) {
            // Requests beside the steps are held against the record too.
            organizationFollower.columnsFollow(item);
            if (!item.registration().leadUnit().equals(unitBefore)) {
                organizationFollower.tasksFollow(item, unitBefore);
                cardReplies.beginAnew(item);
            }
        }
    }

    /** Somebody who looked at the work gives back the other tasks that they may no longer do. */
    void release(Item item, TaskContract contract) {
        if (contract.action().looksAtWork()) {
            organizationFollower.release(item);
        }
    }
}
