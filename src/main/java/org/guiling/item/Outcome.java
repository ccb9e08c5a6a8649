package org.guiling.item;

import java.time.Instant;
import java.time.LocalDate;

/**
 * Outcome of the work on an item.
 *
 * @param result 整改结果
 * @param extension 举一反三
 * @param selfDoneAt when the unit last declared it done
 * @param lookBackOn the day of the look-back (回头看), set at closure
 */
public record Outcome(
        String result,
        String extension,
        Instant selfDoneAt,
        SourceReply sourceReply,
        String sourceReplyNote,
        Instant closedAt,
        LocalDate lookBackOn) {

    static final Outcome NONE = new Outcome(null, null, null, null, null, null, null);

    public Outcome declaredDone(String result, String extension, Instant at) {
        return new Outcome(result, extension, at, sourceReply, sourceReplyNote, closedAt, lookBackOn);
    }

    public Outcome answered(SourceReply reply, String note) {
        return new Outcome(result, extension, selfDoneAt, reply, note, closedAt, lookBackOn);
    }

    /** The source has to be answered anew. */
    Outcome reopened() {
        return new Outcome(result, extension, selfDoneAt, null, null, null, null);
    }

    public Outcome lookedBackOn(LocalDate day) {
        return new Outcome(result, extension, selfDoneAt, sourceReply, sourceReplyNote, closedAt, day);
    }

    public Outcome closed(Instant at, LocalDate lookBack) {
        return new Outcome(result, extension, selfDoneAt, sourceReply, sourceReplyNote, at, lookBack);
    }
}
