package org.guiling.workflow;

import org.guiling.item.record.VerificationResult;

/** 核查: the options are the names of {@link VerificationResult}. */
public enum VerificationOutcome implements Outcome {
    PASS,
    PARTIAL,
    FAIL,
    FALSE,
    /** It passes once the second verifier has confirmed it. */
    CONFIRM;

    /** The outcome of a result that needs nobody's confirmation. */
    public static VerificationOutcome of(VerificationResult result) {
        return valueOf(result.name());
    }

    @Override
    public boolean isOption() {
        return this != CONFIRM;
    }

    @Override
    public boolean hasCondition() {
        return this == PASS || this == CONFIRM;
    }
}
