package org.guiling.workflow;

/** The decision on a request. */
public enum RequestOutcome implements Outcome {
    APPROVE,
    REFUSE;

    @Override
    public boolean hasCondition() {
        return this == APPROVE;
    }
}
