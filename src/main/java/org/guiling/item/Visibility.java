package org.guiling.item;

/** How far an item may be read (公开范围). */
public enum Visibility {
    /** 公开 */
    PUBLIC,
    /** 内部 */
    INTERNAL,
    /** 限定范围 */
    RESTRICTED
}
