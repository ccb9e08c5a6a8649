package org.guiling.calendar;

/** What is limited: the rows' first input in {@code time-limits.dmn}. */
public enum LimitKind {
    REVIEW,
    AMENDMENT,
    CLAIM,
    PLAN,
    PLAN_APPROVAL,
    RECTIFICATION,
    VERIFICATION,
    SIGN_OFF,
    LOOK_BACK
}
