package org.guiling.calendar;

/** Kinds of limits: the rows' first input in {@code time-limits.dmn}. */
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
    /** The time for looking back once its day has come. */
    LOOK_BACK_CHECK,
    /** The time for a visit of a spot check (随机抽查) once it is drawn. */
    SPOT_CHECK_VISIT,
    /** The time after the dispatch in which a unit may decline. */
    DECLINE,
    DECLINE_RULING,
    REQUEST_DECISION,
    /** The time before an item's date by which an extension has to be requested. */
    EXTENSION_NOTICE,
    /** The maximum time beyond the original date that an extension may reach. */
    EXTENSION,
    /** The number of extensions that an item may have in its life. */
    EXTENSION_COUNT,
    /** The longest round of rework where every other limit has passed. */
    LATE_REWORK,
    /** The maximum time until the review day of a suspension. */
    SUSPENSION,
    /** The number of suspensions that an item may have in its life. */
    SUSPENSION_COUNT,
    /** The longest time that an item may be suspended in its life, all together. */
    SUSPENSION_TOTAL,
    /** The time for deciding on a proposed card. */
    CARD_DECISION,
    /** The time in which the issuer of a card may take it back, in days of 24 hours. */
    CARD_UNDO,
    /** The time in which a unit answers a card (督办回复). */
    CARD_REPLY,
    /** The time after a card in which the unit may object (申辩). */
    OBJECTION,
    OBJECTION_RULING,
    /** The maximum time until the date of an item on the fast lane (即办); 0 for sources that are not open to it. */
    FAST_LANE;

    /** True where it says how often, not how long. */
    public boolean isCount() {
        return this == EXTENSION_COUNT || this == SUSPENSION_COUNT;
    }
}
