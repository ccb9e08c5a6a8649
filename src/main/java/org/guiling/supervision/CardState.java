package org.guiling.supervision;

/** State of a card; its label is {@code CardState.*}. */
public enum CardState {
    /** 待决定 */
    PROPOSED,
    /** 不发 */
    DROPPED,
    /** 建议作废 */
    VOID,
    /** 已发出 */
    ISSUED,
    /** 已撤回 */
    TAKEN_BACK,
    /** 申辩中 */
    OBJECTED,
    /** 申辩成立，已撤销 */
    LIFTED,
    /** 申辩不成立，维持 */
    CONFIRMED;

    /**
     * The state that the row of a card tells.
     *
     * @param decision ISSUED, DROPPED or VOID; null while it is proposed
     * @param objection null for none
     */
    static CardState of(String decision, boolean takenBack, Card.Objection objection) {
        if (decision == null) {
            return PROPOSED;
        }
        if (takenBack) {
            return TAKEN_BACK;
        }
        if (objection == null) {
            return valueOf(decision);
        }
        if (objection.ruledAt() == null) {
            return OBJECTED;
        }
        return objection.upheld() ? LIFTED : CONFIRMED;
    }
}
