package org.guiling.item.request;

import java.time.Instant;
import java.time.LocalDate;
import org.guiling.item.RequestGround;
import org.guiling.item.RequestKind;

/**
 * Something that was asked of an item (申请). What its kind does not need is null.
 *
 * @param evidence of an extension
 * @param ground of a suspension or a cancellation
 * @param receiptNo of a transfer: the number of the receipt, and nothing else, is kept
 * @param targetNo the item that a merger goes into
 * @param fromDue the date in force when an extension was asked
 * @param askedDay the new date of an extension, the day of a suspension's review
 * @param granted null until it is decided
 * @param endedAt when a suspension ended
 * @param takenBackAt when who asked took it back: nobody has decided then, and {@code granted} is false
 */
public record ItemRequest(
        long id,
        RequestKind kind,
        int round,
        String requestedBy,
        Instant requestedAt,
        String reason,
        String evidence,
        RequestGround ground,
        String receiptNo,
        String targetNo,
        LocalDate fromDue,
        LocalDate askedDay,
        String decidedBy,
        Instant decidedAt,
        Boolean granted,
        String opinion,
        Instant endedAt,
        Instant takenBackAt) {

    /** A request as a person makes it; see {@link ItemRequest} for the values that may be null. */
    public record Draft(
            RequestKind kind,
            String reason,
            String evidence,
            RequestGround ground,
            String receiptNo,
            String targetNo,
            LocalDate askedDay) {}

    /** True where it is a suspension that lasts. */
    boolean isRunningSuspension() {
        return kind == RequestKind.SUSPENSION && isGranted() && endedAt == null;
    }

    /** True where it was decided, and granted. */
    boolean isGranted() {
        return Boolean.TRUE.equals(granted);
    }
}
