package org.guiling.workflow;

/** 认领事项: claimed, or sent back to whoever dispatches. */
public enum ClaimOutcome implements Outcome {
    CLAIM,
    DECLINE;

    @Override
    public boolean hasCondition() {
        return this == CLAIM;
    }
}
