package org.guiling.notification;

/** The kinds of notices; their labels are {@code NoticeKind.*} in the message bundles. */
public enum NoticeKind {
    /** 待办: a task waits for the person. */
    TASK_WAITING,
    /** 到期提醒: a due date comes near (DOMAIN.md §3, rung ①). */
    REMINDER,
    /** 催办 (rung ②) */
    URGED,
    /** 上报: a task for which those below the person are responsible was not done in time. */
    REPORTED,
    /** 黄牌 (rung ③) */
    YELLOW_CARD,
    /** 红牌督办函 (rung ④) */
    RED_CARD,
    /** 约谈 (rung ⑤) */
    SUMMONS,
    /** 通报 (rung ⑥) */
    CIRCULAR,
    /** 督办撤回: a card does not count. */
    CARD_TAKEN_BACK,
    /** 督办回复: the unit has answered a card, told to whoever issued it. */
    CARD_ANSWERED,
    /** 督办中断: the timer of an item's supervision has failed for good. */
    SUPERVISION_STUCK,
    /** 佐证材料损坏: the content of a file is missing or no longer what was uploaded. */
    CONTENT_DAMAGED,
    /** 退回: what was handed in came back. */
    RETURNED,
    /** 已重开: what was closed came back, told to whoever signed for it and to the handler. */
    REOPENED,
    /** 审批结果: a request was decided. */
    DECIDED,
    /** 申请撤回: who asked does so no longer, and there is nothing to decide. */
    REQUEST_TAKEN_BACK,
    /** 并入事项: another item was merged into this one, which may have an earlier date and a higher level now. */
    MERGED_IN,
    /** 抽查结果: somebody visited the item, and what they found is in its history. */
    SPOT_CHECKED,
    /** 挂起到期: a suspended item wakes up. */
    WOKEN_UP,
    /** 第二因素已移除: two administrators took away the person's second factor. Is about the account, no item. */
    SECOND_FACTOR_REMOVED,
    /** 安全日志滞后: a place of the security log has failed for long. Is about no item. */
    AUDIT_LOG_BEHIND,
    /** 发现恶意文件: a scanner found malware in an upload. Is about no item. */
    MALWARE_FOUND,
    /** 测试: an administrator tries a channel. Is about no item and never kept. */
    TEST;

    /** True where outside messages of this kind are gathered into one for each person and day (减负). */
    public boolean isGathered() {
        return this == REMINDER;
    }

    /** True where those that come together go out as one message for each person, as soon as the others have come. */
    boolean isBatched() {
        return this == TASK_WAITING;
    }

    /** True where nobody but the person is told: a robot's group has no work of one of its members. */
    boolean isPersonal() {
        return this == TASK_WAITING;
    }

    /** True where there is an item to go to; the others name a part of the system in the place of its number. */
    public boolean isAboutItem() {
        return switch (this) {
            case AUDIT_LOG_BEHIND, MALWARE_FOUND, SECOND_FACTOR_REMOVED, TEST -> false;
            default -> true;
        };
    }
}
