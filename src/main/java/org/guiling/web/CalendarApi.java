package org.guiling.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.guiling.calendar.CalendarYear;
import org.guiling.calendar.DueDate;
import org.guiling.calendar.LimitUnit;
import org.guiling.calendar.TimeLimit;
import org.guiling.calendar.WorkingCalendar;
import org.guiling.calendar.WorkingCalendars;
import org.guiling.item.RefusedException;
import org.guiling.text.Texts;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The working calendar. */
@RestController
@RequestMapping("/api/calendar")
@Tag(name = "calendar", description = "Working days and limits")
class CalendarApi {

    private static final int LONGEST_LIMIT = 3660;
    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2099;

    private final WorkingCalendars calendars;
    private final Texts texts;

    CalendarApi(WorkingCalendars calendars, Texts texts) {
        this.calendars = calendars;
        this.texts = texts;
    }

    @GetMapping("/due")
    @Operation(
            summary = "When a limit ends",
            description = "The day of the event, from, does not count. unit is WORKDAY, CALENDAR_DAY or MONTH."
                    + " provisional: a year that is not loaded was counted as Monday to Friday.")
    DueDate due(@RequestParam String from, @RequestParam int n, @RequestParam String unit) {
        LocalDate event = event(from);
        if (n < 1 || n > LONGEST_LIMIT) {
            throw RefusedException.invalid("n", "problem.range", "n", 1, LONGEST_LIMIT);
        }
        WorkingCalendar calendar = calendars.current();
        DueDate end = calendar.dueAfter(event, new TimeLimit(n, unit(unit), null));
        return new DueDate(end.due(), end.provisional(), basis(calendar, event, end.due()));
    }

    private static LocalDate event(String text) {
        try {
            LocalDate day = LocalDate.parse(text);
            if (day.getYear() >= FIRST_YEAR && day.getYear() <= LAST_YEAR) {
                return day;
            }
        } catch (DateTimeParseException e) {
            // said below, as for a year that is out of reach
        }
        throw RefusedException.invalid("from", "problem.day", "from", FIRST_YEAR, LAST_YEAR);
    }

    private static LimitUnit unit(String name) {
        return Arrays.stream(LimitUnit.values())
                .filter(unit -> unit.name().equals(name))
                .findFirst()
                .orElseThrow(() -> RefusedException.invalid("unit", "problem.value", "unit"));
    }

    /** The rule of counting, and by which notices it was counted. */
    private String basis(WorkingCalendar calendar, LocalDate from, LocalDate to) {
        Set<String> notices = new TreeSet<>();
        for (CalendarYear year : calendar.years()) {
            if (year.year() >= from.getYear() && year.year() <= to.getYear()) {
                notices.add(year.notice().number());
            }
        }
        return notices.isEmpty()
                ? texts.get("calendar.basis")
                : texts.get("calendar.basis.notices", String.join(texts.get("list.separator"), notices));
    }
}
