package org.guiling.workflow;

import org.guiling.item.step.IntakeStep;

/** 立项审核: the names are those of {@link IntakeStep.Decision}. */
public enum RegistrationOutcome implements Outcome {
    ACCEPT,
    RETURN,
    REJECT;

    /** The same in the record. */
    public IntakeStep.Decision decision() {
        return IntakeStep.Decision.valueOf(name());
    }

    @Override
    public boolean hasCondition() {
        return this == ACCEPT || this == RETURN;
    }
}
