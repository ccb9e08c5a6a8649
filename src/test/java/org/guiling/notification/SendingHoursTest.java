package org.guiling.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import org.guiling.calendar.WorkingDays;
import org.guiling.notification.NotificationProperties.QuietHours;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests the hours in which messages may go out; 2026-09-28 is a Monday, the holidays begin on Thursday, 2026-10-10 is a
 * working Saturday.
 */
class SendingHoursTest {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final WorkingDays CALENDAR = new WorkingDays() {
        private final LocalDate makeUp = LocalDate.of(2026, 10, 10);

        @Override
        public boolean isWorkingDay(LocalDate day) {
            boolean holiday = !day.isBefore(LocalDate.of(2026, 10, 1)) && day.isBefore(LocalDate.of(2026, 10, 8));
            boolean weekend = Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY).contains(day.getDayOfWeek());
            return day.equals(makeUp) || !holiday && !weekend;
        }
    };

    @ParameterizedTest
    @CsvSource({
        "2026-09-28T08:00:00, 2026-09-28T08:00:00",
        "2026-09-28T20:59:59, 2026-09-28T20:59:59",
        // quiet hours
        "2026-09-28T21:00:00, 2026-09-29T08:00:00",
        "2026-09-29T00:00:00, 2026-09-29T08:00:00",
        "2026-09-29T07:59:59, 2026-09-29T08:00:00",
        // the evening before a holiday of seven days, and within it
        "2026-09-30T21:30:00, 2026-10-08T08:00:00",
        "2026-10-03T10:00:00, 2026-10-08T08:00:00",
        // a make-up working day, and the Sunday after it
        "2026-10-10T10:00:00, 2026-10-10T10:00:00",
        "2026-10-10T22:00:00, 2026-10-12T08:00:00",
        "2026-10-11T10:00:00, 2026-10-12T08:00:00",
    })
    void whatWouldDisturbWaitsForTheNextWorkingMorning(LocalDateTime moment, LocalDateTime expected) {
        assertThat(hours("21:00", "08:00").notBefore(at(moment))).isEqualTo(at(expected));
    }

    @ParameterizedTest
    @CsvSource({
        // within one day
        "12:00, 14:00, 2026-09-28T13:00:00, 2026-09-28T14:00:00",
        "12:00, 14:00, 2026-09-28T14:00:00, 2026-09-28T14:00:00",
        // never
        "00:00, 00:00, 2026-09-28T23:00:00, 2026-09-28T23:00:00",
    })
    void quietHoursAreASetting(String from, String to, LocalDateTime moment, LocalDateTime expected) {
        assertThat(hours(from, to).notBefore(at(moment))).isEqualTo(at(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-09-28T08:29:59, 2026-09-28T08:30:00",
        "2026-09-28T08:30:00, 2026-09-29T08:30:00",
        "2026-09-30T09:00:00, 2026-10-08T08:30:00",
        "2026-10-09T23:00:00, 2026-10-10T08:30:00",
    })
    void remindersAreGatheredUntilTheNextWorkingMorning(LocalDateTime moment, LocalDateTime expected) {
        assertThat(hours("21:00", "08:00").digest(at(moment)).toInstant()).isEqualTo(at(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-09-28T08:00:00, 2026-09-28T08:05:00",
        "2026-09-28T09:04:59, 2026-09-28T09:05:00",
        "2026-09-28T20:54:00, 2026-09-28T20:55:00",
        "2026-09-28T20:57:00, 2026-09-29T08:00:00",
        "2026-09-30T21:30:00, 2026-10-08T08:00:00",
    })
    void whatComesTogetherWaitsForTheOthers(LocalDateTime moment, LocalDateTime expected) {
        assertThat(hours("21:00", "08:00").batch(at(moment))).isEqualTo(at(expected));
    }

    private static SendingHours hours(String from, String to) {
        NotificationProperties properties = new NotificationProperties(
                Locale.SIMPLIFIED_CHINESE,
                Duration.ofHours(4),
                Duration.ofMinutes(5),
                new QuietHours(LocalTime.parse(from), LocalTime.parse(to)),
                LocalTime.of(8, 30),
                "/");
        return new SendingHours(properties, CALENDAR, Clock.system(ZONE));
    }

    private static Instant at(LocalDateTime local) {
        return local.atZone(ZONE).toInstant();
    }
}
