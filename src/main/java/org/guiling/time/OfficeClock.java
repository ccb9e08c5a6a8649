package org.guiling.time;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** The clock of the application; its zone is that of every date that people read or write (DOMAIN.md §4). */
public class OfficeClock extends Clock {

    /** The id of the office's zone. */
    public static final String ZONE_ID = "Asia/Shanghai";

    public static final ZoneId ZONE = ZoneId.of(ZONE_ID);

    /** The present day. */
    public final LocalDate today() {
        return dayOf(instant());
    }

    /** The day on which something happens. */
    public final LocalDate dayOf(Instant instant) {
        return LocalDate.ofInstant(instant, ZONE);
    }

    /** The first moment of a day. */
    public final Instant startOf(LocalDate day) {
        return day.atStartOfDay(ZONE).toInstant();
    }

    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public final ZoneId getZone() {
        return ZONE;
    }

    /** {@inheritDoc} It tells the time that this one tells. */
    @Override
    public final Clock withZone(ZoneId zone) {
        return ZONE.equals(zone) ? this : new Zoned(this, zone);
    }

    private static final class Zoned extends Clock {

        private final OfficeClock clock;
        private final ZoneId zone;

        private Zoned(OfficeClock clock, ZoneId zone) {
            this.clock = clock;
            this.zone = zone;
        }

        @Override
        public Instant instant() {
            return clock.instant();
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return clock.withZone(other);
        }
    }
}
