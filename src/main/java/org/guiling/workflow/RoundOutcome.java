package org.guiling.workflow;

/** Passed on by a message that begins the third step with the work, since the plan is there. Nobody chooses it. */
public enum RoundOutcome implements Outcome {
    REWORK;

    @Override
    public boolean isOption() {
        return false;
    }

    @Override
    public boolean hasCondition() {
        return false;
    }
}
