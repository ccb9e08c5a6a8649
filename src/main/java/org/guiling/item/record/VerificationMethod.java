package org.guiling.item.record;

/** Methods of verification (核查方式). */
public enum VerificationMethod {
    /** 资料审核 */
    DOCUMENTS(false),
    /** 现场核查 */
    ON_SITE(true),
    /** 四不两直 */
    UNANNOUNCED(true),
    /** 随机抽查 */
    RANDOM(true),
    /** 下沉走访 */
    VISIT(true),
    /** 座谈访谈 */
    INTERVIEW(false),
    /** 回访 */
    CALL_BACK(false);

    private final boolean onSite;

    VerificationMethod(boolean onSite) {
        this.onSite = onSite;
    }

    public boolean isOnSite() {
        return onSite;
    }
}
