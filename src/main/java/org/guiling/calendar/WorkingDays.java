package org.guiling.calendar;

import java.time.LocalDate;

/** Tells working days (工作日) from rest days. */
public interface WorkingDays {

    boolean isWorkingDay(LocalDate day);

    /** The day itself when it is a working day, else the next one. */
    default LocalDate sameOrNext(LocalDate day) {
        LocalDate candidate = day;
        while (!isWorkingDay(candidate)) {
            candidate = candidate.plusDays(1);
        }
        return candidate;
    }
}
