package org.guiling.item.timeline;

import java.time.LocalDate;
import java.util.Objects;

/**
 * Details of a timeline entry beyond actor, action and time.
 *
 * @param fact may be null
 * @param reason why, in the words of the person; may be null
 * @param due the change of a date, or null
 */
public record TimelineDetail(TimelineFact fact, String reason, DueChange due) {

    public static TimelineDetail of(TimelineFact fact) {
        return new TimelineDetail(fact, null, null);
    }

    public TimelineDetail because(String why) {
        return new TimelineDetail(fact, why, due);
    }

    /** The same with a change of a date; what did not move is no change. */
    public TimelineDetail moving(LocalDate from, LocalDate to, String basis) {
        return Objects.equals(from, to) ? this : new TimelineDetail(fact, reason, new DueChange(from, to, basis));
    }
}
