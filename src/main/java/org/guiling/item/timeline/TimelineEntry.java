package org.guiling.item.timeline;

import java.time.Instant;
import java.util.List;
import org.guiling.item.Action;
import org.guiling.item.CodeLabel;
import org.guiling.item.ItemStatus;
import org.guiling.item.Step;
import org.guiling.refusal.Problem;

/**
 * One line of an item's history (时间线); never changed once written.
 *
 * @param actor a person's id; null where the system acted by itself at a date
 * @param status where the item stood before
 * @param fact may be null
 * @param reason why, in the words of the person; may be null
 * @param task the user task or model that it is about, where that is not the item as a whole; may be null
 * @param due the change of a date, or null
 * @param notice who was told; null but for {@link Action#NOTIFIED}
 * @param refusal what was refused; null but for {@link Action#REFUSED}
 */
public record TimelineEntry(
        Instant at,
        String actor,
        Action action,
        Step step,
        int round,
        ItemStatus status,
        TimelineFact fact,
        String reason,
        String task,
        DueChange due,
        Notice notice,
        Refusal refusal) {

    /** The fact in one line; null without one. */
    public String note() {
        return fact == null ? null : fact.note();
    }

    /**
     * A notice.
     *
     * @param kind the name of its kind
     * @param recipients ids of the people who were told
     */
    public record Notice(String kind, List<String> recipients) {}

    /**
     * An attempt that a rule refused.
     *
     * @param problems why; a code among the arguments is a {@link CodeLabel}, everything else a text
     */
    public record Refusal(Action attempt, List<Problem> problems) {}
}
