package org.guiling.calendar;

import java.time.LocalDate;

/** What a limit counts in (DOMAIN.md §4). */
public enum LimitUnit {
    /** 自然日 */
    CALENDAR_DAY {
        @Override
        LocalDate add(LocalDate day, int amount) {
            return day.plusDays(amount);
        }
    },
    /** 月 */
    MONTH {
        @Override
        LocalDate add(LocalDate day, int amount) {
            return day.plusMonths(amount);
        }
    };

    abstract LocalDate add(LocalDate day, int amount);
}
