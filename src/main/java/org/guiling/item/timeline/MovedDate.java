package org.guiling.item.timeline;

import java.time.LocalDate;

/**
 * A date that a limit set, and where a newly loaded year of the calendar puts it.
 *
 * @param taskId the task that waits until then; null for the look-back of a closed item
 * @param taskKey the task's id in the model, or null
 */
public record MovedDate(String itemNo, String title, String taskId, String taskKey, LocalDate from, LocalDate to) {

    /** True where it is another day at all. */
    public boolean isAnother() {
        return !from.equals(to);
    }
}
