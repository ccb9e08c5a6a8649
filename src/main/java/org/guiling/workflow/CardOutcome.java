package org.guiling.workflow;

/** 发牌决定 */
public enum CardOutcome implements Outcome {
    ISSUE,
    DROP;

    @Override
    public boolean hasCondition() {
        return this == ISSUE;
    }
}
