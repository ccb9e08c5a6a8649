package org.guiling.item;

/** Kinds of requests about an open item (DOMAIN.md §3). */
public enum RequestKind {
    /** 延期 */
    EXTENSION,
    /** 挂起 */
    SUSPENSION,
    /** 并案 */
    MERGER,
    /** 移送 */
    TRANSFER,
    /** 撤销 */
    CANCELLATION,
    /** 反弹重开 */
    REOPENING
}
