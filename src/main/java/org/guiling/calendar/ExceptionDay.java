package org.guiling.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;

/**
 * A day that is not what its day of the week says: a weekday off (放假), or a weekend day that is worked (调休上班).
 *
 * @param name of the holiday that it belongs to
 */
public record ExceptionDay(LocalDate day, boolean working, String name) {

    /** True where it would be a working day without any notice. */
    static boolean isWeekday(LocalDate day) {
        return day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0;
    }
}
