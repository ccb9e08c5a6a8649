package org.guiling.engine.duedate;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.guiling.calendar.LimitFacts;
import org.guiling.calendar.LimitKind;
import org.guiling.calendar.WorkingCalendars;
import org.guiling.item.Item;
import org.guiling.item.Items;
import org.guiling.item.rule.ItemLimits;
import org.guiling.time.OfficeClock;
import org.guiling.workflow.FiveStepZeroing.UserTask;
import org.guiling.workflow.RequestProcess;
import org.guiling.workflow.TaskContract;
import org.springframework.stereotype.Component;

/** The models ask it for due dates: {@code ${taskDeadlines.dueDate(execution)}}. */
@Component("taskDeadlines")
public class TaskDeadlines {

    /** The last second that Tasklist shows on the right day; the deadline itself ends at 24:00. */
    private static final LocalTime END_OF_DAY = LocalTime.of(23, 59, 59);

    private final ItemLimits limits;
    private final WorkingCalendars calendars;
    private final Items items;
    private final OfficeClock clock;

    TaskDeadlines(ItemLimits limits, WorkingCalendars calendars, Items items, OfficeClock clock) {
        this.limits = limits;
        this.calendars = calendars;
        this.items = items;
        this.clock = clock;
    }

    /** The end of the task's last day: what the limit says, or the date that people chose. */
    public Date dueDate(DelegateExecution execution) {
        TaskContract contract =
                TaskContract.of(execution.getCurrentActivityId()).orElseThrow();
        if (contract.limit() == LimitKind.CARD_UNDO) {
            return undoEnds();
        }
        if (contract == UserTask.CONFIRM_VERIFICATION) {
            return endOf(confirmationDue(items.get(execution.getProcessBusinessKey())));
        }
        LocalDate due =
                switch (contract.limit()) {
                    case RECTIFICATION ->
                        items.get(execution.getProcessBusinessKey()).currentDue();
                    // Until then somebody may resume the item; then it resumes by itself.
                    case SUSPENSION ->
                        clock.dayOf(((Date) execution.getVariable(RequestProcess.REVIEW_DAY)).toInstant());
                    default ->
                        calendars
                                .dueAfter(
                                        clock.today(),
                                        limits.limit(contract.limit(), items.get(execution.getProcessBusinessKey())))
                                .due();
                };
        return endOf(due);
    }

    /** Both verifiers have one limit, from the day on which the unit declared the work done; past it, there is today. */
    private LocalDate confirmationDue(Item item) {
        LocalDate today = clock.today();
        LocalDate declared = clock.dayOf(item.outcome().selfDoneAt());
        LocalDate due = calendars
                .dueAfter(declared, limits.limit(LimitKind.VERIFICATION, item))
                .due();
        return due.isBefore(today) ? today : due;
    }

    /** Until when a card that is issued now can be taken back: to the second, working days or not. */
    public Date undoEnds() {
        int days = limits.limit(LimitKind.CARD_UNDO, LimitFacts.NONE).amount();
        return Date.from(clock.instant().plus(Duration.ofDays(days)));
    }

    /** The end of a day as the engine's tasks carry it. */
    Date endOf(LocalDate day) {
        return Date.from(day.atTime(END_OF_DAY).atZone(clock.getZone()).toInstant());
    }

    /** For Tasklist's filters: when the working day begins that is so many working days from today. */
    public Date startOfDayIn(int workingDays) {
        return Date.from(clock.startOf(calendars.current().workingDayAfter(clock.today(), workingDays)));
    }
}
