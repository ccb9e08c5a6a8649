package org.guiling.engine.instance;

import java.time.LocalDate;
import java.util.Date;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.variable.Variables;
import org.guiling.calendar.CalendarYearLoaded;
import org.guiling.item.Item;
import org.guiling.item.lookback.LookBacks;
import org.guiling.item.timeline.MovedDate;
import org.guiling.time.OfficeClock;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.LookBack;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** One timer for each closed item: begun with the closure, moved together with the record when the calendar moves the day, dropped when the item is reopened. */
@Component
public class LookBackTimers {

    private final RuntimeService runtime;
    private final ManagementService management;
    private final LookBacks lookBacks;
    private final OfficeClock clock;

    LookBackTimers(RuntimeService runtime, ManagementService management, LookBacks lookBacks, OfficeClock clock) {
        this.runtime = runtime;
        this.management = management;
        this.lookBacks = lookBacks;
        this.clock = clock;
    }

    public void start(Item item) {
        runtime.startProcessInstanceByKey(
                LookBack.KEY,
                item.itemNo(),
                Variables.putValueTyped(
                        LookBack.LOOK_BACK_DAY,
                        Variables.dateValue(startOf(item.outcome().lookBackOn()), true)));
    }

    /** @param origin the instance that reopened the item: where it is a look-back, it ends by itself */
    void drop(Item item, String origin) {
        waitingAt(item.itemNo())
                .filter(waiting -> !waiting.getId().equals(origin))
                .forEach(waiting -> runtime.deleteProcessInstance(waiting.getId(), FiveStepZeroing.ITEM_REOPENED));
    }

    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void on(CalendarYearLoaded loaded) {
        lookBacks.movedBy(loaded.change()).forEach(this::move);
    }

    private void move(MovedDate date) {
        waitingAt(date.itemNo())
                .flatMap(instance ->
                        management.createJobQuery().processInstanceId(instance.getId()).timers().list().stream())
                .forEach(timer -> management.setJobDuedate(timer.getId(), startOf(date.to())));
    }

    private Stream<ProcessInstance> waitingAt(String itemNo) {
        return runtime
                .createProcessInstanceQuery()
                .processDefinitionKey(LookBack.KEY)
                .processInstanceBusinessKey(itemNo)
                .list()
                .stream();
    }

    private Date startOf(LocalDate day) {
        return Date.from(clock.startOf(day));
    }
}
