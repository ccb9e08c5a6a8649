package org.guiling.web.support;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.guiling.calendar.WorkingCalendar;
import org.guiling.calendar.WorkingCalendars;
import org.guiling.item.todo.ToDos.ToDo;
import org.guiling.ledger.search.LedgerEntry;
import org.guiling.text.Texts;
import org.guiling.time.OfficeClock;
import org.springframework.stereotype.Component;

/** Says how far off a due date is. */
@Component
public class Dues {

    public static final int SOON_WORKING_DAYS = 3;

    private final WorkingCalendars calendars;
    private final Texts texts;
    private final OfficeClock clock;

    Dues(WorkingCalendars calendars, Texts texts, OfficeClock clock) {
        this.calendars = calendars;
        this.texts = texts;
        this.clock = clock;
    }

    /**
     * A due date in words.
     *
     * @param day the date itself, or null
     * @param soon whether no more than three working days are left, or a fifth of the term, as a light is yellow (DOMAIN.md §3)
     * @param provisional whether it may still move because its year is not loaded
     */
    public record Due(LocalDate day, String words, boolean overdue, boolean soon, boolean provisional) {}

    /** The date of a task. Where it is the item's own, its term is the item's. */
    public Due of(ToDo toDo) {
        LocalDate day = day(toDo.due());
        return of(day, day != null && day.equals(toDo.itemDue()) ? toDo.itemStarted() : day(toDo.since()));
    }

    /** The item's own date behind a task; null before there is one. */
    public Due ofItem(ToDo toDo) {
        return toDo.itemDue() == null ? null : of(toDo.itemDue(), toDo.itemStarted());
    }

    /** The date of an item. */
    public Due of(LedgerEntry item) {
        return of(item.due(), item.started());
    }

    /** @param due the end of the last day of what is listed without its term, or null where there is none yet */
    public Due of(Instant due) {
        return of(day(due));
    }

    /** @param day the last day of what has no term, or null where there is none yet */
    public Due of(LocalDate day) {
        return of(day, null);
    }

    /** @param started when the day began to count; null without a term */
    Due of(LocalDate day, LocalDate started) {
        if (day == null) {
            return new Due(null, texts.get("due.none"), false, false, false);
        }
        WorkingCalendar calendar = calendars.current();
        LocalDate today = clock.today();
        long left = ChronoUnit.DAYS.between(today, day);
        long workingDays = calendar.workingDaysBetween(today, day);
        return new Due(
                day,
                words(left, workingDays),
                left < 0,
                left >= 0 && (workingDays <= SOON_WORKING_DAYS || isLastFifth(left, started, day)),
                calendar.isProvisional(day));
    }

    private static boolean isLastFifth(long left, LocalDate started, LocalDate day) {
        return started != null && 5 * left <= ChronoUnit.DAYS.between(started, day);
    }

    private LocalDate day(Instant instant) {
        return instant == null ? null : clock.dayOf(instant);
    }

    /** People count what is left in the days on which they work; over a week-end in days, for there are none. */
    private String words(long left, long workingDays) {
        if (left == 0) {
            return texts.get("due.today");
        }
        if (left < 0) {
            return texts.get("due.overdue", -left);
        }
        return workingDays > 0 ? texts.get("due.left-working-days", workingDays) : texts.get("due.left", left);
    }
}
