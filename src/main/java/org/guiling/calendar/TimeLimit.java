package org.guiling.calendar;

/**
 * A limit (时限) as the policy table gives it. {@link WorkingCalendar#dueAfter} says when it ends.
 *
 * @param amount how many units; 0 is the day of the event itself
 * @param basis where the rule comes from, as people read it
 */
public record TimeLimit(int amount, LimitUnit unit, String basis) {

    /** @throws IllegalArgumentException when the amount is negative */
    public TimeLimit {
        if (amount < 0) {
            throw new IllegalArgumentException("A limit of " + amount);
        }
    }
}
