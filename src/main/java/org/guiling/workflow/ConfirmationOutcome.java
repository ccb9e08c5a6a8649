package org.guiling.workflow;

/** 双人确认: what is confirmed has passed. */
public enum ConfirmationOutcome implements Outcome {
    CONFIRM,
    REFUSE;

    @Override
    public String value() {
        return this == CONFIRM ? VerificationOutcome.PASS.value() : name();
    }

    @Override
    public boolean hasCondition() {
        return this == CONFIRM;
    }
}
