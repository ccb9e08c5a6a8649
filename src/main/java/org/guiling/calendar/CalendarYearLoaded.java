package org.guiling.calendar;

/**
 * A year was loaded, for the first time or anew. Published within the transaction that loads it, so that what depends on
 * the calendar moves with it or not at all.
 *
 * @param before the calendar without what was loaded
 * @param after the calendar with it
 * @param year what was loaded
 */
public record CalendarYearLoaded(WorkingCalendar before, WorkingCalendar after, CalendarYear year) {}
