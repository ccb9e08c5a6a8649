package org.guiling.item;

/** How urgent (紧急程度). */
public enum Urgency {
    /** 平 */
    NORMAL,
    /** 急 */
    URGENT,
    /** 特急 */
    CRITICAL
}
