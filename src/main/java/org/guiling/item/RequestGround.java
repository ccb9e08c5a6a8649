package org.guiling.item;

/** Grounds for suspending or cancelling an item; there are no others (DOMAIN.md §3). */
public enum RequestGround {
    /** 诉讼、复议 */
    LITIGATION(RequestKind.SUSPENSION),
    /** 政策未定 */
    POLICY_PENDING(RequestKind.SUSPENSION),
    /** 不可抗力 */
    FORCE_MAJEURE(RequestKind.SUSPENSION),
    /** 等待上级 */
    AWAITING_SUPERIOR(RequestKind.SUSPENSION),
    /** 误立 */
    FILED_IN_ERROR(RequestKind.CANCELLATION),
    /** 重复 */
    DUPLICATE(RequestKind.CANCELLATION),
    /** 对象灭失 */
    OBJECT_GONE(RequestKind.CANCELLATION);

    private final RequestKind kind;

    RequestGround(RequestKind kind) {
        this.kind = kind;
    }

    public RequestKind kind() {
        return kind;
    }
}
