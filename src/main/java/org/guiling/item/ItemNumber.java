package org.guiling.item;

/**
 * The number of an item (编号), {@code ZG-2026-000123}: the year of its registration and a count that goes on over the
 * years, of six digits until there are more than 999,999 items.
 */
final class ItemNumber {

    /** Matches each number that is issued. The forms that ask for a number have this very pattern; a test compares them. */
    static final String PATTERN = "^ZG-[0-9]{4}-[0-9]{6,10}$";

    /** The length of the longest number that matches. */
    static final int LONGEST = 18;

    private ItemNumber() {}

    static String of(int year, long count) {
        return "ZG-%04d-%06d".formatted(year, count);
    }
}
