package org.guiling.organization.substitution;

import java.time.LocalDate;

/**
 * Somebody acts for somebody (代理、AB 角). Says nothing of why: the software tracks items, never people.
 *
 * @param from the first day, in the office's zone
 * @param until the last day
 */
public record Substitution(
        long id, String absent, String substitute, LocalDate from, LocalDate until, State state, String enteredBy) {

    /** State of a substitution. */
    public enum State {
        PLANNED,
        IN_FORCE,
        ENDED,
        CANCELLED
    }
}
