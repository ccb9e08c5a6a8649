package org.guiling.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/**
 * One year of the working calendar as its notice arranges it.
 *
 * @param exceptions in the order of the days; nothing that is off or worked anyway
 * @param loadedBy id of the person who loaded it; null when it came with the product
 * @param loadedAt null when it came with the product
 */
public record CalendarYear(int year, Notice notice, List<ExceptionDay> exceptions, String loadedBy, Instant loadedAt) {

    public CalendarYear {
        exceptions = List.copyOf(exceptions);
    }

    /** Number of working days in the year. */
    public long workingDays() {
        long weekdays = days().filter(ExceptionDay::isWeekday).count();
        long worked = exceptions.stream().filter(ExceptionDay::working).count();
        return weekdays + worked - (exceptions.size() - worked);
    }

    /** Every day of the year. */
    Stream<LocalDate> days() {
        return LocalDate.ofYearDay(year, 1).datesUntil(LocalDate.ofYearDay(year + 1, 1));
    }

    CalendarYear loadedBy(String personId, Instant at) {
        return new CalendarYear(year, notice, exceptions, personId, at);
    }
}
