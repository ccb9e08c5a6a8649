package org.guiling.workflow;

import org.guiling.spotcheck.SpotCheckResult;

/** 实地抽查: the options are the names of {@link SpotCheckResult}. */
public enum VisitOutcome implements Outcome {
    CONSISTENT,
    DISCREPANT,
    NOT_VISITED,
    /** The closed item was not at zero: another round begins. */
    REOPENED,
    /** The work that the unit had declared done was not done: the item goes back. */
    SENT_BACK;

    /** The outcome of a result that changes nothing of the item. */
    public static VisitOutcome of(SpotCheckResult result) {
        return valueOf(result.name());
    }

    @Override
    public boolean isOption() {
        return !hasCondition();
    }

    @Override
    public boolean hasCondition() {
        return this == REOPENED || this == SENT_BACK;
    }
}
