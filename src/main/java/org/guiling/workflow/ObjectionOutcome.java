package org.guiling.workflow;

/** 申辩裁定: the card stands, or it falls. */
public enum ObjectionOutcome implements Outcome {
    UPHOLD,
    REJECT;

    @Override
    public boolean hasCondition() {
        return this == UPHOLD;
    }
}
