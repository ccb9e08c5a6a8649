package org.guiling.calendar;

/** What is limited: the rows' first input in {@code time-limits.dmn}. */
public enum LimitKind {
    REVIEW,
    AMENDMENT,
    CLAIM,
    PLAN,
    PLAN_APPROVAL,
    RECTIFICATION,
    VERIFICATION,
    SIGN_OFF,
    LOOK_BACK,
    /** How long looking back may take once its day has come. */
    LOOK_BACK_CHECK,
    /** How long a visit of a spot check (随机抽查) may take once it is drawn. */
    SPOT_CHECK_VISIT,
    /** How long after the dispatch a unit may decline. */
    DECLINE,
    DECLINE_RULING,
    REQUEST_DECISION,
    /** How long before its date an extension has to be asked for. */
    EXTENSION_NOTICE,
    /** How far beyond the original date an extension may go. */
    EXTENSION,
    /** The number of extensions that an item may have in its life. */
    EXTENSION_COUNT,
    /** The longest round of rework where every other limit has passed. */
    LATE_REWORK,
    /** How far away the review day of a suspension may be. */
    SUSPENSION,
    /** The number of suspensions that an item may have in its life. */
    SUSPENSION_COUNT,
    /** The longest time that an item may be suspended in its life, all together. */
    SUSPENSION_TOTAL,
    /** How long deciding on a proposed card may take. */
    CARD_DECISION,
    /** How long whoever issued a card may take it back, in days of 24 hours. */
    CARD_UNDO,
    /** The time in which a unit answers a card (督办回复). */
    CARD_REPLY,
    /** How long after a card the unit may object (申辩). */
    OBJECTION,
    OBJECTION_RULING,
    /** How far away the date of an item on the fast lane (即办) may be; 0 for sources that are not open to it. */
    FAST_LANE;

    /** True where it says how often, not how long. */
    public boolean isCount() {
        return this == EXTENSION_COUNT || this == SUSPENSION_COUNT;
    }
}
