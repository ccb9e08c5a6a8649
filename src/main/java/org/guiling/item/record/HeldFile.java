package org.guiling.item.record;

/**
 * A file that is held for an item and counts (佐证材料), as papers name it.
 *
 * @param measure the number of the measure that it shows; null for the item as a whole
 * @param ofVerifiers whether those who verified brought it
 * @param version more than 1 where it took the place of another
 */
public record HeldFile(Integer measure, boolean ofVerifiers, String name, int version, String sha256) {}
