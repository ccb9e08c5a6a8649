package org.guiling.calendar;

import java.time.LocalDate;

/** Which days people work (工作日). */
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
