package org.guiling.calendar;

import java.time.LocalDate;
import java.util.List;

/**
 * The change that a year makes to the calendar, or would make if it were loaded.
 *
 * @param before the calendar without it
 * @param after the calendar with it
 */
public record CalendarChange(WorkingCalendar before, WorkingCalendar after, CalendarYear year) {

    /**
     * A day that is worked now and was not, or the other way round.
     *
     * @param working what it is now
     * @param name of the holiday because of which it changes
     */
    public record ChangedDay(LocalDate day, boolean working, String name) {}

    /** The days that change, in their order. */
    public List<ChangedDay> days() {
        return year.days()
                .filter(day -> before.isWorkingDay(day) != after.isWorkingDay(day))
                .map(day -> new ChangedDay(
                        day,
                        after.isWorkingDay(day),
                        after.exception(day)
                                .or(() -> before.exception(day))
                                .orElseThrow()
                                .name()))
                .toList();
    }

    /**
     * Moves a date that a limit set by the old calendar to its place in the new one. A date that the limit does not
     * explain was chosen by somebody: it stays.
     */
    public LocalDate moved(LocalDate date, LocalDate event, TimeLimit limit) {
        return before.dueAfter(event, limit).due().equals(date)
                ? after.dueAfter(event, limit).due()
                : date;
    }
}
