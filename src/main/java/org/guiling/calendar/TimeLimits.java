package org.guiling.calendar;

/** The policy table of limits. Offices edit it as {@code time-limits.dmn}. */
public interface TimeLimits {

    /**
     * The limit that applies.
     *
     * @throws IllegalStateException when the table has no row for it
     */
    TimeLimit limit(LimitKind kind, LimitFacts facts);
}
