package org.guiling.item;

/** Types of rectification (整改类型). */
public enum RectificationType {
    /** 立行立改 */
    IMMEDIATE,
    /** 分阶段 */
    PHASED,
    /** 持续整改 */
    CONTINUOUS
}
