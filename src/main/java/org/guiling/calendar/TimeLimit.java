package org.guiling.calendar;

import java.time.LocalDate;

/**
 * A limit (时限) as the policy table gives it.
 *
 * @param basis where the rule comes from, as people read it
 */
public record TimeLimit(int amount, LimitUnit unit, String basis) {

    /** The last day of the limit; the day of the event is not counted (民法典 §201). */
    public LocalDate dueAfter(LocalDate event) {
        return unit.add(event, amount);
    }
}
