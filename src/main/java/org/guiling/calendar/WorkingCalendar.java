package org.guiling.calendar;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The working calendar (工作日历): which days are worked, and when a limit ends. A value: what counts at this moment is
 * {@link WorkingCalendars#current}. In a year that is not loaded, Monday to Friday are assumed to be worked, and what is
 * counted there is provisional (暂定).
 */
public final class WorkingCalendar {

    /** Without a single loaded year. */
    public static final WorkingCalendar EMPTY = new WorkingCalendar(new TreeMap<>());

    private final SortedMap<Integer, CalendarYear> years;
    private final Map<LocalDate, ExceptionDay> exceptions = new HashMap<>();

    private WorkingCalendar(SortedMap<Integer, CalendarYear> years) {
        this.years = years;
        years.values().forEach(year -> year.exceptions().forEach(day -> exceptions.put(day.day(), day)));
    }

    /** This calendar with a year more, or with that year instead of the one it has. */
    public WorkingCalendar with(CalendarYear year) {
        SortedMap<Integer, CalendarYear> more = new TreeMap<>(years);
        more.put(year.year(), year);
        return new WorkingCalendar(more);
    }

    /** The loaded years, the earliest first. */
    public Collection<CalendarYear> years() {
        return years.values();
    }

    public boolean isLoaded(int year) {
        return years.containsKey(year);
    }

    /**
     * True where a date may still move because its year is not loaded; false for null. What lies before the first loaded
     * year is past: nobody loads it any more, and nothing was counted there.
     */
    public boolean isProvisional(LocalDate day) {
        return day != null && !isLoaded(day.getYear()) && (years.isEmpty() || day.getYear() > years.firstKey());
    }

    public boolean isWorkingDay(LocalDate day) {
        ExceptionDay exception = exceptions.get(day);
        return exception == null ? ExceptionDay.isWeekday(day) : exception.working();
    }

    Optional<ExceptionDay> exception(LocalDate day) {
        return Optional.ofNullable(exceptions.get(day));
    }

    /** The day itself when it is worked, else the next that is. */
    public LocalDate workingDayFrom(LocalDate day) {
        LocalDate candidate = day;
        while (!isWorkingDay(candidate)) {
            candidate = candidate.plusDays(1);
        }
        return candidate;
    }

    /**
     * The n-th working day after a day, which does not count itself.
     *
     * @throws IllegalArgumentException when n is not positive
     */
    public LocalDate workingDayAfter(LocalDate day, int n) {
        if (n < 1) {
            throw new IllegalArgumentException("The working day number " + n);
        }
        LocalDate candidate = day;
        for (int counted = 0; counted < n; counted++) {
            candidate = workingDayFrom(candidate.plusDays(1));
        }
        return candidate;
    }

    /**
     * The n-th working day before a day, which does not count itself.
     *
     * @throws IllegalArgumentException when n is not positive
     */
    public LocalDate workingDayBefore(LocalDate day, int n) {
        if (n < 1) {
            throw new IllegalArgumentException("The working day number " + n);
        }
        LocalDate candidate = day;
        for (int counted = 0; counted < n; ) {
            candidate = candidate.minusDays(1);
            counted += isWorkingDay(candidate) ? 1 : 0;
        }
        return candidate;
    }

    /** Number of working days after the first day up to and including the last; 0 when the last is not later. */
    public long workingDaysBetween(LocalDate first, LocalDate last) {
        return first.isBefore(last)
                ? first.plusDays(1)
                        .datesUntil(last.plusDays(1))
                        .filter(this::isWorkingDay)
                        .count()
                : 0;
    }

    /**
     * Calculates the end of a limit. The day of the event does not count, and a limit in days or months that ends on a
     * rest day moves to the next working day (民法典 §201–203).
     *
     * @throws IllegalArgumentException for a number of times
     */
    public DueDate dueAfter(LocalDate event, TimeLimit limit) {
        if (limit.unit() == LimitUnit.WORKDAY && limit.amount() > 0) {
            LocalDate due = workingDayAfter(event, limit.amount());
            return new DueDate(due, !areLoaded(event.plusDays(1), due), limit.basis());
        }
        LocalDate end =
                switch (limit.unit()) {
                    case CALENDAR_DAY -> event.plusDays(limit.amount());
                    case MONTH -> event.plusMonths(limit.amount());
                    case WORKDAY -> event;
                    case TIMES -> throw new IllegalArgumentException("A number of times ends on no day");
                };
        LocalDate due = workingDayFrom(end);
        return new DueDate(due, !areLoaded(end, due), limit.basis());
    }

    private boolean areLoaded(LocalDate first, LocalDate last) {
        return IntStream.rangeClosed(first.getYear(), last.getYear()).allMatch(this::isLoaded);
    }
}
