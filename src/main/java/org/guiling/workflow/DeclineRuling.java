package org.guiling.workflow;

/** 退回裁定: no gateway follows, the item is to be claimed by one unit or the other. */
public enum DeclineRuling implements Outcome {
    REDISPATCH,
    KEEP;

    @Override
    public boolean hasCondition() {
        return false;
    }
}
