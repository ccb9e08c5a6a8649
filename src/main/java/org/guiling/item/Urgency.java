package org.guiling.item;

/** Urgency of an item (紧急程度). */
public enum Urgency {
    /** 平 */
    NORMAL,
    /** 急 */
    URGENT,
    /** 特急 */
    CRITICAL
}
