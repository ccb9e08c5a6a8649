package org.guiling.item;

import java.time.Instant;

/**
 * One line of an item's history (时间线); never changed once written.
 *
 * @param actor a person's id; null where the system acted by itself at a date
 * @param status where the item stood before
 * @param note what is worth reading, in the words of the person or as {@code old → new}; may be null
 */
public record TimelineEntry(
        Instant at, String actor, Action action, Step step, int round, ItemStatus status, String note) {}
