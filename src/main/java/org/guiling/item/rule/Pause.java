package org.guiling.item.rule;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.guiling.calendar.LimitUnit;
import org.guiling.calendar.WorkingCalendar;

/**
 * The time for which an item was suspended (挂起).
 *
 * @param first the day it was suspended
 * @param last the day it was taken up again; the first that counts again
 */
public record Pause(LocalDate first, LocalDate last, WorkingCalendar calendar) {

    /**
     * The pause that is over today. A server that was down over the review day takes nothing from it.
     *
     * @param reviewOn the review day (复核日), after which it lasted no longer
     */
    public static Pause endingOn(LocalDate today, LocalDate first, LocalDate reviewOn, WorkingCalendar calendar) {
        return new Pause(first, today.isAfter(reviewOn) ? reviewOn : today, calendar);
    }

    public long days() {
        return ChronoUnit.DAYS.between(first, last);
    }

    /** A date as the pause leaves it: later by as many working days or days as it lasted, and never on a rest day. */
    public LocalDate after(LocalDate due, LimitUnit unit) {
        if (unit == LimitUnit.WORKDAY) {
            int worked = (int) calendar.workingDaysBetween(first.minusDays(1), last.minusDays(1));
            return worked == 0 ? due : calendar.workingDayAfter(due, worked);
        }
        return days() == 0 ? due : calendar.workingDayFrom(due.plusDays(days()));
    }
}
