package org.guiling.item;

/** Actions of people on an item, for the timeline and the four-eyes rule. */
public enum Action {
    REGISTER,
    AMEND,
    REVIEW_REGISTRATION,
    CLAIM,
    DRAFT_PLAN,
    APPROVE_PLAN,
    REPORT_PROGRESS,
    SUBMIT_RECTIFICATION,
    VERIFY,
    /** 提交核查结论: what one of two verifiers on site found, which counts once the other has confirmed it. */
    RECORD_FINDING,
    /** 不予确认: the second verifier on site does not confirm what the first found. */
    REFUSE_FINDING,
    SIGN_OFF,
    /** 回访不满意处理: it is closed though the people concerned are not satisfied, for the reason given. */
    DECIDE_ON_CALL_BACK,
    CLOSE,
    DECLINE,
    RULE_ON_DECLINE,
    /** Of an extension, a suspension or a withdrawal. */
    REQUEST,
    DECIDE_REQUEST,
    /** 撤回申请: who asked, or objected, does so no longer. */
    TAKE_BACK_REQUEST,
    EXTEND,
    SUSPEND,
    RESUME,
    MERGE,
    TRANSFER,
    CANCEL,
    LOOK_BACK,
    /** 随机抽查 */
    SPOT_CHECK,
    REOPEN,
    /** 即办登记: registered, claimed and planned at once. */
    OPEN_FAST_LANE,
    SPLIT,
    /** 分解交办: the item began as a part of another. */
    ASSIGN_PART,
    /** 发牌建议: the ladder proposes a card; nobody has decided yet. */
    PROPOSE_CARD,
    ISSUE_CARD,
    DROP_CARD,
    /** The cause of the proposal is settled, or the next rung has come. */
    VOID_CARD,
    TAKE_BACK_CARD,
    /** 督办回复: the unit reports on a card in writing. */
    ANSWER_CARD,
    OBJECT,
    RULE_ON_OBJECTION,
    /** 移交承办: another person handles it, or has one of its tasks in hand. */
    HAND_OVER,
    /** 移交单位: another unit answers for it, or the same one from another place. */
    CHANGE_UNIT,
    /** 上传佐证: a file of those who work on it. */
    ADD_EVIDENCE,
    /** 更新佐证: another version of such a file. */
    REPLACE_EVIDENCE,
    /** 引用佐证: a file that another item or measure has already. */
    TAKE_OVER_EVIDENCE,
    /** 核查取证: a file of those who verify, and its later versions. */
    RECORD_EVIDENCE,
    /** 撤回佐证: a file counts no longer; it stays in the record. */
    WITHDRAW_EVIDENCE,
    /** People were told something of the item; nobody's action. */
    NOTIFIED,
    /** Somebody tried something, and a rule refused it. */
    REFUSED,
    /** An item is counted in another of the five steps, since a new version of the product draws them otherwise. */
    STEP_MOVED,
    /** A date that a limit had set moved: with the calendar, or by the days of a suspension. */
    DUE_MOVED;

    /**
     * Looks at the work of others, which is for a person from outside its units, who is free for none of these once they
     * did another.
     */
    public boolean looksAtWork() {
        return this == VERIFY || this == LOOK_BACK || this == SPOT_CHECK;
    }
}
