package org.guiling.calendar;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The years that come with the product, without a database. */
final class ShippedCalendar {

    static final WorkingCalendar CALENDAR =
            WorkingCalendar.EMPTY.with(year(2025)).with(year(2026));

    private ShippedCalendar() {}

    static CalendarYear year(int year) {
        try (InputStream file = ShippedCalendar.class.getResourceAsStream("/calendar/" + year + ".yaml")) {
            return YearFile.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
