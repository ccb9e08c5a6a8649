package org.guiling.calendar;

import java.time.LocalDate;

/**
 * The end of a limit.
 *
 * @param due the last day, which ends at 24:00
 * @param provisional 暂定: a year that is not loaded was counted as Monday to Friday, so the day may still move
 * @param basis where the limit comes from, as people read it
 */
public record DueDate(LocalDate due, boolean provisional, String basis) {}
