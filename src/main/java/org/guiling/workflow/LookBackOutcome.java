package org.guiling.workflow;

/** 回头看核实 */
public enum LookBackOutcome implements Outcome {
    CONFIRMED,
    REBOUNDED;

    @Override
    public boolean hasCondition() {
        return this == CONFIRMED;
    }
}
