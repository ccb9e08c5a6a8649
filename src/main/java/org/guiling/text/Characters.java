package org.guiling.text;

/**
 * Checks the characters of a text that somebody enters: no control characters besides tab and line ends, no NUL, no
 * half of a surrogate pair, no noncharacter (Unicode 16, 23.7). PostgreSQL refuses the first, UTF-8 has no form for the
 * third, and nobody can see any of them.
 */
public final class Characters {

    private Characters() {}

    /** True where every character may be kept. A null is no text and has none. */
    public static boolean areAllowed(String text) {
        return text == null || text.codePoints().allMatch(Characters::isAllowed);
    }

    private static boolean isAllowed(int character) {
        return character == '\t'
                || character == '\n'
                || character == '\r'
                || !Character.isISOControl(character) && !isHalf(character) && !isNoncharacter(character);
    }

    /** A pair is one code point; what is seen of a surrogate here has lost its other half. */
    private static boolean isHalf(int character) {
        return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    }

    private static boolean isNoncharacter(int character) {
        return (character & 0xfffe) == 0xfffe || character >= 0xfdd0 && character <= 0xfdef;
    }
}
