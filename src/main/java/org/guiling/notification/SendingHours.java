package org.guiling.notification;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import org.guiling.calendar.WorkingDays;
import org.guiling.notification.NotificationProperties.QuietHours;
import org.springframework.stereotype.Component;

/** The hours in which messages may go out (免打扰): not in quiet hours, not on a rest day. */
@Component
class SendingHours {

    private final QuietHours quietHours;
    private final LocalTime digestAt;
    private final Duration batch;
    private final WorkingDays workingDays;
    private final Clock clock;

    SendingHours(NotificationProperties properties, WorkingDays workingDays, Clock clock) {
        this.quietHours = properties.quietHours();
        this.digestAt = properties.digestAt();
        this.batch = properties.batch();
        this.workingDays = workingDays;
        this.clock = clock;
    }

    /** The moment itself when it disturbs nobody, else the next working morning. */
    Instant notBefore(Instant moment) {
        ZonedDateTime at = moment.atZone(clock.getZone());
        boolean restDay = !workingDays.isWorkingDay(at.toLocalDate());
        if (!restDay && !quietHours.contains(at.toLocalTime())) {
            return moment;
        }
        return nextWorkingDayAt(quietHours.to(), at).toInstant();
    }

    /** The time to send messages that are batched at this moment: the end of its few minutes, or of the quiet hours. */
    Instant batch(Instant moment) {
        long millis = batch.toMillis();
        return notBefore(millis == 0 ? moment : Instant.ofEpochMilli((moment.toEpochMilli() / millis + 1) * millis));
    }

    /** The time at which the reminders that are gathered at this moment go out. */
    ZonedDateTime digest(Instant moment) {
        return nextWorkingDayAt(digestAt, moment.atZone(clock.getZone()));
    }

    /** The first working day on which it is not yet that time. */
    private ZonedDateTime nextWorkingDayAt(LocalTime time, ZonedDateTime now) {
        LocalDate day = now.toLocalDate();
        if (!now.toLocalTime().isBefore(time)) {
            day = day.plusDays(1);
        }
        return workingDays.sameOrNext(day).atTime(time).atZone(clock.getZone());
    }
}
