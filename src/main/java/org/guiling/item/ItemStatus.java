package org.guiling.item;

/** Where an item stands (状态, DOMAIN.md §2). Reopening is a new round, not a status. */
public enum ItemStatus {
    /** 草稿 */
    DRAFT,
    /** 立项审核 */
    REVIEW,
    /** 不予立项 */
    NOT_ACCEPTED,
    /** 待认领 */
    DISPATCHED,
    /** 制定方案 */
    PLANNING,
    /** 方案待审 */
    PLAN_REVIEW,
    /** 整改中 */
    RECTIFYING,
    /** 待核查 */
    VERIFYING,
    /** 退回重改 */
    REWORK,
    /** 销号审批 */
    CLOSING,
    /** 已销号 */
    CLOSED
}
