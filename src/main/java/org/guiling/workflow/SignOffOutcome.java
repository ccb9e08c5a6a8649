package org.guiling.workflow;

/** 销号审批 */
public enum SignOffOutcome implements Outcome {
    APPROVE,
    RETURN;

    @Override
    public boolean hasCondition() {
        return this == APPROVE;
    }
}
