package org.guiling.item.record;

/** Types of evidence that a measure is done (佐证). */
public enum EvidenceType {
    /** 照片 */
    PHOTO,
    /** 文件 */
    DOCUMENT,
    /** 记录台账 */
    RECORD,
    /** 数据 */
    DATA,
    /** 其他 */
    OTHER;

    /** True where words alone do not show it. */
    public boolean isFile() {
        return this != OTHER;
    }
}
