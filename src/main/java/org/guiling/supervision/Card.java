package org.guiling.supervision;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A yellow card, a red-card letter, a summons or a circular (黄牌、红牌督办函、约谈、通报) against a unit: about an item,
 * never about a person (DOMAIN.md §6).
 *
 * @param round of the item when it was proposed
 * @param taskKey the task that it is about
 * @param reference the date that was missed, of the last progress, or of the return
 * @param unit the unit that led when it was proposed, by its code
 * @param issuers the group whose people decide on it
 * @param objectionDecidedBy the group that rules on an objection
 * @param decidedBy null while it is proposed, and where it became void by itself
 * @param opinion why it was dropped; null else
 * @param replyTask the task that waits for the unit's answer; null while none does
 * @param replyUntil the last day for the answer; null before it was issued, and where it was issued before units could answer
 * @param reply null until the unit has answered
 */
public record Card(
        long id,
        int round,
        Rung rung,
        Cause cause,
        String taskKey,
        LocalDate reference,
        String unit,
        String issuers,
        String objectionDecidedBy,
        Instant proposedAt,
        CardState state,
        String decidedBy,
        Instant decidedAt,
        String opinion,
        Instant takenBackAt,
        String takeBackReason,
        Objection objection,
        String replyTask,
        LocalDate replyUntil,
        Reply reply) {

    /** True where the unit is to answer it. */
    public boolean awaitsReply() {
        return replyTask != null;
    }

    /**
     * The unit's objection to a card (申辩), and the ruling.
     *
     * @param evidence may be null
     * @param ruledBy null until it is ruled, like all that follows
     */
    public record Objection(
            String objectedBy,
            Instant objectedAt,
            String reason,
            String evidence,
            String ruledBy,
            Instant ruledAt,
            Boolean upheld,
            String ruling) {}

    /**
     * The unit's report on it in writing (督办回复).
     *
     * @param cause of the delay
     * @param done what has been done since
     * @param next what will be done, and by when
     */
    public record Reply(String repliedBy, Instant repliedAt, String cause, String done, String next) {}
}
