package org.guiling.item;

import java.util.EnumSet;
import java.util.Set;

/** Status of an item (状态, DOMAIN.md §2). Reopening is a new round, not a status. */
public enum ItemStatus {
    /** 草稿 */
    DRAFT,
    /** 立项审核 */
    REVIEW,
    /** 不予立项 */
    NOT_ACCEPTED,
    /** 已并案 */
    MERGED,
    /** 待认领 */
    DISPATCHED,
    /** 异议待裁 */
    DISPUTED,
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
    CLOSED,
    /** 挂起 */
    SUSPENDED,
    /** 已移送 */
    TRANSFERRED,
    /** 已撤销 */
    CANCELLED;

    private static final Set<ItemStatus> ENDED_OTHERWISE = EnumSet.of(NOT_ACCEPTED, MERGED, TRANSFERRED, CANCELLED);

    /** True where somebody still has to do something about it; in SQL {@code item_clock.open}. */
    public boolean isOpen() {
        return this != CLOSED && !isEndedOtherwise();
    }

    /** True where it ended without being closed, so that no rate counts it. */
    public boolean isEndedOtherwise() {
        return ENDED_OTHERWISE.contains(this);
    }
}
