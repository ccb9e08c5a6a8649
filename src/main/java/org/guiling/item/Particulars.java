package org.guiling.item;

import java.time.LocalDate;
import java.util.Objects;

/**
 * Details of a timeline entry beyond actor, action and time.
 *
 * @param note the outcome, as a code or in few words; may be null
 * @param reason why, in the words of the person; may be null
 * @param due the change of a date, or null
 */
public record Particulars(String note, String reason, DueChange due) {

    public static Particulars of(String note) {
        return new Particulars(note, null, null);
    }

    public Particulars because(String why) {
        return new Particulars(note, why, due);
    }

    /** The same with a change of a date; what did not move is no change. */
    public Particulars moving(LocalDate from, LocalDate to, String basis) {
        return Objects.equals(from, to) ? this : new Particulars(note, reason, new DueChange(from, to, basis));
    }
}
