package org.guiling.supervision;

/** Causes for which an item stands on the ladder (督办事由). */
public enum Cause {
    /** 到期: the date of what waits comes near or has passed. */
    DUE,
    /** 停滞: nobody has reported progress for long, though the date has not passed. */
    STAGNATION,
    /** 多次退回: it came back for rework once more. */
    REJECTION
}
