package org.guiling.ledger.board;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/** The lengths of the periods in which the course of a ledger is told. */
public enum Pace {
    DAY,
    /** From Monday to Sunday. */
    WEEK,
    MONTH;

    private static final int LONGEST_IN_DAYS = 31;
    private static final int LONGEST_IN_WEEKS = 40;

    /** The finest of which there are not too many to look at. */
    static Pace of(LocalDate first, LocalDate last) {
        if (ChronoUnit.DAYS.between(first, last) < LONGEST_IN_DAYS) {
            return DAY;
        }
        return ChronoUnit.WEEKS.between(first, last) < LONGEST_IN_WEEKS ? WEEK : MONTH;
    }

    /** The first day of the period that the day is in. */
    LocalDate start(LocalDate day) {
        return switch (this) {
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
        };
    }

    /** The first day of the period after the one that begins on the day. */
    LocalDate next(LocalDate start) {
        return switch (this) {
            case DAY -> start.plusDays(1);
            case WEEK -> start.plusWeeks(1);
            case MONTH -> start.plusMonths(1);
        };
    }
}
