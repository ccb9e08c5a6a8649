package org.guiling.item;

/** Visibility of an item (公开范围). */
public enum Visibility {
    /** 公开 */
    PUBLIC,
    /** 内部 */
    INTERNAL,
    /** 限定范围 */
    RESTRICTED
}
