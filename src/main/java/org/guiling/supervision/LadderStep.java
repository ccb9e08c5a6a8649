package org.guiling.supervision;

/**
 * One row of the ladder that applies.
 *
 * @param workingDays after the watch's reference day, negative before it
 * @param issuers the group whose people decide whether a card is issued; null below the cards
 * @param objectionDecidedBy the group that rules on an objection to the card; null below the cards
 */
public record LadderStep(Rung rung, int workingDays, String issuers, String objectionDecidedBy) {

    boolean isReminder() {
        return rung == Rung.REMINDER;
    }
}
