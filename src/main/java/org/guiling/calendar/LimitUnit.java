package org.guiling.calendar;

/** Units in which a limit is counted (DOMAIN.md §4). */
public enum LimitUnit {
    /** 自然日: every day counts; a limit that ends on a rest day moves to the next working day. */
    CALENDAR_DAY,
    /** 工作日: make-up workdays (调休) count, holidays do not. */
    WORKDAY,
    /** 月: ends on the day of the same number, or on the month's last; moves as calendar days do. */
    MONTH,
    /** 次: how often; no span of time. */
    TIMES
}
