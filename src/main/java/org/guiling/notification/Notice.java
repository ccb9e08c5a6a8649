package org.guiling.notification;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Something that people are to be told about an item, or a part of the system.
 *
 * @param itemNo the item's number, or the account's id or the part's name where the kind is about no item; beside the kind it is
 *     all that leaves the house
 * @param recipients ids of people of the organization; in order, so that two callers who tell the same people do not wait
 *     for each other in a circle
 * @param occasion what makes this notice another one than the last of its kind about the item, such as {@code "T-7
 *     2026-11-20"} or the id of a task; the same person is told of the same occasion once
 */
public record Notice(NoticeKind kind, String itemNo, SortedSet<String> recipients, String occasion) {

    /** @throws IllegalArgumentException when something is missing; a notice to nobody is fine */
    public Notice {
        if (kind == null || itemNo == null || itemNo.isBlank() || occasion == null || occasion.isBlank()) {
            throw new IllegalArgumentException("A notice needs kind, item number and occasion");
        }
        recipients = Collections.unmodifiableSortedSet(new TreeSet<>(recipients));
    }

    public static Notice of(NoticeKind kind, String itemNo, Collection<String> recipients, String occasion) {
        return new Notice(kind, itemNo, new TreeSet<>(recipients), occasion);
    }
}
