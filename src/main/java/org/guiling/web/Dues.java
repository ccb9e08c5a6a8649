package org.guiling.web;

import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.guiling.calendar.WorkingCalendars;
import org.guiling.text.Texts;
import org.springframework.stereotype.Component;

/** Says how far off a due date is. */
@Component
class Dues {

    private final WorkingCalendars calendars;
    private final Texts texts;
    private final Clock clock;

    Dues(WorkingCalendars calendars, Texts texts, Clock clock) {
        this.calendars = calendars;
        this.texts = texts;
        this.clock = clock;
    }

    /**
     * A due date in words.
     *
     * @param day the date itself, or null
     * @param provisional whether it may still move because its year is not loaded
     */
    record Due(LocalDate day, String words, boolean overdue, boolean provisional) {}

    /** @param day the last day, or null where there is none yet */
    Due of(LocalDate day) {
        if (day == null) {
            return new Due(null, texts.get("due.none"), false, false);
        }
        boolean provisional = calendars.current().isProvisional(day);
        long left = ChronoUnit.DAYS.between(LocalDate.now(clock), day);
        if (left == 0) {
            return new Due(day, texts.get("due.today"), false, provisional);
        }
        String words = left > 0 ? texts.get("due.left", left) : texts.get("due.overdue", -left);
        return new Due(day, words, left < 0, provisional);
    }
}
