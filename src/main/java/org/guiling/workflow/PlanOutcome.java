package org.guiling.workflow;

/** 方案审批 */
public enum PlanOutcome implements Outcome {
    APPROVE,
    RETURN;

    @Override
    public boolean hasCondition() {
        return this == APPROVE;
    }
}
