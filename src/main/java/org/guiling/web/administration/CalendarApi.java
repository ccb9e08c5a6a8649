package org.guiling.web.administration;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.guiling.calendar.CalendarChange.ChangedDay;
import org.guiling.calendar.CalendarYear;
import org.guiling.calendar.DueDate;
import org.guiling.calendar.ExceptionDay;
import org.guiling.calendar.LimitUnit;
import org.guiling.calendar.Notice;
import org.guiling.calendar.TimeLimit;
import org.guiling.calendar.WorkingCalendar;
import org.guiling.calendar.WorkingCalendars;
import org.guiling.engine.duedate.CalendarLoading;
import org.guiling.engine.duedate.CalendarLoading.Difference;
import org.guiling.refusal.RefusedException;
import org.guiling.text.Texts;
import org.guiling.web.support.HeldUploads;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** The working calendar. */
@RestController
@RequestMapping("/api/calendar")
@Tag(name = "calendar", description = "Working days and limits")
class CalendarApi {

    private static final int LONGEST_LIMIT = 3660;
    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2099;

    private final WorkingCalendars calendars;
    private final CalendarLoading loading;
    private final HeldUploads held;
    private final Texts texts;

    CalendarApi(WorkingCalendars calendars, CalendarLoading loading, HeldUploads held, Texts texts) {
        this.calendars = calendars;
        this.loading = loading;
        this.held = held;
        this.texts = texts;
    }

    /**
     * A loaded year.
     *
     * @param exceptions weekdays off and weekend days that are worked
     * @param loadedBy null, like loadedAt, when the year came with the product
     */
    record YearDocument(
            int year,
            Notice notice,
            long workingDays,
            List<ExceptionDay> exceptions,
            String loadedBy,
            Instant loadedAt) {

        static YearDocument of(CalendarYear year) {
            return new YearDocument(
                    year.year(),
                    year.notice(),
                    year.workingDays(),
                    year.exceptions(),
                    year.loadedBy(),
                    year.loadedAt());
        }
    }

    record Years(List<YearDocument> years) {}

    /**
     * The changes that loading a year makes.
     *
     * @param anew whether the year was loaded before
     * @param days that change between worked and off
     * @param dates that move
     */
    record Loaded(
            int year, Notice notice, boolean dryRun, boolean anew, List<ChangedDay> days, List<MovedDocument> dates) {}

    /** @param task the task's id in the model; null for the look-back of a closed item */
    record MovedDocument(String itemNo, String title, String task, LocalDate from, LocalDate to) {}

    @GetMapping("/years")
    @Operation(summary = "The loaded years with their notices and their exceptions from Monday to Friday")
    Years years() {
        return new Years(
                calendars.current().years().stream().map(YearDocument::of).toList());
    }

    @PostMapping(path = "/years", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(
            summary = "Load a year, or see what it would change (dryRun)",
            description = "For administrators. A year that is loaded is replaced. The answer names the days that change"
                    + " and the dates that move with them.")
    Loaded load(@RequestPart MultipartFile file, @RequestParam(defaultValue = "false") boolean dryRun)
            throws IOException {
        try (InputStream content = held.content(file)) {
            Difference difference = dryRun ? loading.preview(content) : loading.load(content);
            return new Loaded(
                    difference.year().year(),
                    difference.year().notice(),
                    dryRun,
                    difference.anew(),
                    difference.days(),
                    difference.dates().stream()
                            .map(date -> new MovedDocument(
                                    date.itemNo(), date.title(), date.taskKey(), date.from(), date.to()))
                            .toList());
        }
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
                .filter(unit -> unit != LimitUnit.TIMES && unit.name().equals(name))
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
