package org.guiling.workflow;

/** 按阶梯督办: what the service task {@code climb-ladder} passes on. Nobody chooses it. */
public enum LadderOutcome implements Outcome {
    /** A card is proposed: somebody decides on it. */
    PROPOSE,
    NONE;

    @Override
    public boolean isOption() {
        return false;
    }

    @Override
    public boolean hasCondition() {
        return this == PROPOSE;
    }
}
