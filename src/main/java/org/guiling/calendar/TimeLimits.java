package org.guiling.calendar;

/** The policy table of limits. Offices edit it as {@code time-limits.dmn}. */
public interface TimeLimits {

    /**
     * The limit that applies.
     *
     * @param sourceType code of the source, or null where the kind does not depend on it
     * @param rectType code of the rectification type, or null before the plan
     * @param level 1 to 4, or null where the kind does not depend on it
     * @throws IllegalStateException when the table has no row for it
     */
    TimeLimit limit(LimitKind kind, String sourceType, String rectType, Integer level);

    /** The limit of a step that is the same for every item. */
    default TimeLimit limit(LimitKind kind) {
        return limit(kind, null, null, null);
    }
}
