package org.guiling.item;

import java.util.regex.Pattern;

/**
 * The number of an item (编号), {@code ZG-2026-000123}: the year of its registration and a count that goes on over the
 * years, of six digits until there are more than 999,999 items.
 */
public final class ItemNumber {

    /** Matches each number that is issued. The forms that ask for a number have this very pattern; a test compares them. */
    static final String PATTERN = "^ZG-[0-9]{4}-[0-9]{6,10}$";

    /** The length of the longest number that matches. */
    static final int LONGEST = 18;

    private static final Pattern MATCHED = Pattern.compile(PATTERN);

    private ItemNumber() {}

    /** True where the text is a number of an item and nothing else, be there such an item or not. */
    public static boolean matches(String text) {
        return MATCHED.matcher(text).matches();
    }

    static String of(int year, long count) {
        return "ZG-%04d-%06d".formatted(year, count);
    }
}
