package org.guiling.item;

/** Sources of items (来源, DOMAIN.md §2). */
public enum SourceType {
    /** 调研发现 */
    RESEARCH,
    /** 推动发展遇到 */
    DEVELOPMENT,
    /** 群众反映 */
    MASS,
    /** 巡视巡察 */
    INSPECTION,
    /** 审计监督 */
    AUDIT,
    /** 督导抽查 */
    SUPERVISION,
    /** 信访 */
    PETITION,
    /** 12345 热线 */
    HOTLINE,
    /** 安全生产 */
    SAFETY,
    /** 企业诉求 */
    ENTERPRISE,
    /** 领导批示 */
    LEADER,
    /** 会议议定 */
    MEETING,
    /** 自查 */
    SELF,
    /** 上级交办 */
    UPPER,
    /** 环保督察 */
    ECO,
    /** 其他 */
    OTHER;

    /** True where somebody outside the offices waits for an answer: they are called back before closure. */
    public boolean isPublicFacing() {
        return this == MASS || this == PETITION || this == HOTLINE || this == ENTERPRISE;
    }
}
