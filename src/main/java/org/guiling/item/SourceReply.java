package org.guiling.item;

/** Ways in which the source was answered (回告). */
public enum SourceReply {
    /** 已书面回告 */
    WRITTEN,
    /** 已口头回告 */
    ORAL,
    /** 无需回告, with the reason */
    NOT_NEEDED
}
