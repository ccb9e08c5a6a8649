package org.guiling.item;

/** The five steps (五步归零, DOMAIN.md §1). */
public enum Step {
    /** 立项建账 */
    INTAKE,
    /** 定责认领 */
    OWNERSHIP,
    /** 限期整改 */
    DEADLINE,
    /** 核查验收 */
    VERIFICATION,
    /** 销号归零 */
    CLOSURE
}
