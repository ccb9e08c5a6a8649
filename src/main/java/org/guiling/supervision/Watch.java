package org.guiling.supervision;

import java.time.LocalDate;
import org.guiling.calendar.LimitKind;
import org.guiling.calendar.WorkingCalendar;

/**
 * One thing about an item that is supervised: a task that waits, and why the ladder looks at it.
 *
 * @param taskKey the task's id in its model
 * @param reference what the working days are counted from: the due date, the last progress, the return
 * @param since when the task began to wait, or its date last began anew
 * @param until when it is no longer looked at, because another cause takes over; null for no end
 * @param rejections how often the item was returned; 0 where that is not the cause
 */
public record Watch(
        Cause cause,
        String taskKey,
        LimitKind limit,
        LocalDate reference,
        LocalDate since,
        LocalDate until,
        int rejections) {

    public static Watch due(String taskKey, LimitKind limit, LocalDate due, LocalDate since) {
        return new Watch(Cause.DUE, taskKey, limit, due, since, null, 0);
    }

    /** @param until the first rung before the date: from there on people hear of the date, and not of two things */
    public static Watch stagnation(String taskKey, LimitKind limit, LocalDate lastProgress, LocalDate until) {
        return new Watch(Cause.STAGNATION, taskKey, limit, lastProgress, lastProgress, until, 0);
    }

    public static Watch rejection(String taskKey, LimitKind limit, LocalDate returned, int rejections) {
        return new Watch(Cause.REJECTION, taskKey, limit, returned, returned, null, rejections);
    }

    /**
     * The day of a step. A task that was overdue when it arrived climbs from the day of its arrival: nobody is urged
     * for another's delay.
     */
    LocalDate dayOf(LadderStep step, WorkingCalendar calendar) {
        int days = step.workingDays();
        if (days < 0) {
            return calendar.workingDayBefore(reference, -days);
        }
        LocalDate from = reference.isBefore(since) ? since : reference;
        return days == 0 ? calendar.workingDayFrom(from) : calendar.workingDayAfter(from, days);
    }

    /**
     * A reminder of a day that was over before the task came, or of a date that has passed, is none; nor is a rung that
     * another cause has taken over.
     */
    boolean isPointless(LadderStep step, LocalDate today, WorkingCalendar calendar) {
        LocalDate day = dayOf(step, calendar);
        return step.isReminder() && (reference.isBefore(today) || !day.isAfter(since))
                || until != null && !(day.isBefore(until) && today.isBefore(until));
    }

    Watch since(LocalDate day) {
        return new Watch(cause, taskKey, limit, reference, day, until, rejections);
    }
}
