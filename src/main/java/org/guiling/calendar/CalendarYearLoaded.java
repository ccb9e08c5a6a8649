package org.guiling.calendar;

/**
 * A year was loaded, for the first time or anew. Published within the transaction that loads it, so that what depends on
 * the calendar moves with it or not at all.
 */
public record CalendarYearLoaded(CalendarChange change) {}
