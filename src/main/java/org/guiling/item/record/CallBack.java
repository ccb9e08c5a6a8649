package org.guiling.item.record;

/** Answers of the people concerned when they are called back (回访). */
public enum CallBack {
    /** 满意 */
    SATISFIED,
    /** 基本满意 */
    BASICALLY,
    /** 不满意 */
    UNSATISFIED,
    /** 未回访, with the reason */
    NONE
}
