package org.guiling.workflow;

/** The contract of {@code fast-lane.bpmn} (即办): one form, and the item is at its rectification. */
public final class FastLaneModel {

    public static final String KEY = "fast-lane";

    /** The start form. */
    public static final String START_FORM = "fast-lane";

    private FastLaneModel() {}
}
