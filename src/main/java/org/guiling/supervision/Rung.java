package org.guiling.supervision;

/** The rungs of the ladder (督办级别), the lowest first. */
public enum Rung {
    /** 提醒 */
    REMINDER,
    /** 催办 */
    URGE,
    /** 上报: those above hear that a task was not done. */
    REPORT,
    /** 黄牌 */
    YELLOW_CARD,
    /** 红牌督办函 */
    RED_CARD,
    /** 约谈 */
    SUMMONS,
    /** 通报 */
    CIRCULAR;

    /** True where the system only proposes it and a person issues it: every sanction is somebody's decision. */
    public boolean isCard() {
        return compareTo(YELLOW_CARD) >= 0;
    }
}
