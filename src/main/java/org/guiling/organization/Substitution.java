package org.guiling.organization;

import java.time.LocalDate;

/** Somebody acts for somebody (代理、AB 角), from the first day to the last. */
public record Substitution(
        long id, String absent, String substitute, LocalDate from, LocalDate to, State state, String enteredBy) {

    /** Where it stands. */
    public enum State {
        PLANNED,
        IN_FORCE,
        ENDED,
        CANCELLED
    }
}
