package org.guiling.workflow;

/** 整改落实: a report on the way, or the one that asks for the verification. */
public enum RectificationOutcome implements Outcome {
    PROGRESS,
    SUBMIT;

    @Override
    public boolean hasCondition() {
        return this == SUBMIT;
    }
}
