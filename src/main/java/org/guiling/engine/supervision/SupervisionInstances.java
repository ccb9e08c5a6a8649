package org.guiling.engine.supervision;

import java.util.Date;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.guiling.engine.notification.ItemNotices;
import org.guiling.item.Item;
import org.guiling.time.OfficeClock;
import org.guiling.workflow.SupervisionTask;
import org.springframework.stereotype.Component;

/** Starts, moves and ends the engine's instance that supervises an item: one for each, waiting for the day of its next look. */
@Component
class SupervisionInstances {

    private final RuntimeService runtime;
    private final ManagementService management;
    private final ItemNotices notices;
    private final OfficeClock clock;

    SupervisionInstances(RuntimeService runtime, ManagementService management, ItemNotices notices, OfficeClock clock) {
        this.runtime = runtime;
        this.management = management;
        this.notices = notices;
        this.clock = clock;
    }

    void start(Item item) {
        runtime.startProcessInstanceByKey(SupervisionTask.KEY, item.itemNo());
    }

    void end(Item item) {
        runtime.createMessageCorrelation(SupervisionTask.SUPERVISION_ENDED)
                .processInstanceBusinessKey(item.itemNo())
                .correlate();
    }

    /** @return whether a proposed card waited for its decision, which is settled now */
    boolean settle(Item item) {
        return !runtime.createMessageCorrelation(SupervisionTask.MATTER_SETTLED)
                .processInstanceBusinessKey(item.itemNo())
                .correlateAllWithResult()
                .isEmpty();
    }

    /** The day of the item's next look: what the model's timer waits for. */
    Date nextLook(Item item) {
        return Date.from(clock.startOf(item.nextLook()));
    }

    void moveTimer(Item item) {
        ProcessInstance instance = runtime.createProcessInstanceQuery()
                .processDefinitionKey(SupervisionTask.KEY)
                .processInstanceBusinessKey(item.itemNo())
                .singleResult();
        boolean undoRuns = management
                        .createJobQuery()
                        .processInstanceId(instance.getId())
                        .activityId(SupervisionTask.UNDO_TIMER)
                        .count()
                > 0;
        // Once a card can no longer be taken back, the timer that follows asks for the day itself.
        if (!undoRuns) {
            Date day = nextLook(item);
            management
                    .createJobQuery()
                    .processInstanceId(instance.getId())
                    .timers()
                    .list()
                    .forEach(timer -> moveTimer(item, timer, day));
        }
    }

    /** A timer that has failed for good moves as well, but does not fire any more until an operator retries it. */
    private void moveTimer(Item item, Job timer, Date day) {
        management.setJobDuedate(timer.getId(), day);
        if (timer.getRetries() == 0) {
            notices.supervisionStuck(item, timer.getId());
        }
    }
}
