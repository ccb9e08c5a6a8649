package org.guiling.workflow;

/** The contract of {@code spot-check.bpmn} (随机抽查): one order, one draw, one {@link SpotCheckVisitTask} for each item. */
public final class SpotCheckModel {

    public static final String KEY = "spot-check";

    /** The start form. */
    public static final String START_FORM = "spot-check-order";

    private SpotCheckModel() {}
}
