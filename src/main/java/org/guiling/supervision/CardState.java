package org.guiling.supervision;

/** State of a card; its label is {@code CardState.*}. */
public enum CardState {
    /** 待决定 */
    PROPOSED,
    /** 不发 */
    DROPPED,
    /** 建议作废 */
    VOID,
    /** 已发出 */
    ISSUED,
    /** 已撤回 */
    TAKEN_BACK,
    /** 申辩中 */
    OBJECTED,
    /** 申辩成立，已撤销 */
    LIFTED,
    /** 申辩不成立，维持 */
    CONFIRMED
}
