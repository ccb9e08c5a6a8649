package org.guiling.item.rule;

import java.time.LocalDate;
import org.guiling.refusal.Gate;

/**
 * Limits of extensions (延期, DOMAIN.md §3) of an item, as of today.
 *
 * @param count the extensions that an item gets in its whole life
 * @param earliestDue the earliest due date that may still be extended: asking later is too late
 */
public record ExtensionLimits(int count, LocalDate earliestDue) {

    /**
     * Requires an extension that is left, and time left to ask for it.
     *
     * @param granted the number of extensions so far
     * @param due the date in force
     */
    public void require(Gate gate, long granted, LocalDate due) {
        gate.require(granted < count, "itemNo", "refusal.extension.used", count)
                .require(!due.isBefore(earliestDue), "itemNo", "refusal.extension.late", earliestDue);
    }
}
