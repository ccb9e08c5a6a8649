package org.guiling.ledger.table;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cleans what cells hold: line ends, no-break spaces, control characters, halves of characters. */
final class CellText {

    private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");
    private static final char NO_BREAK_SPACE = '\u00a0';
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private CellText() {}

    /** Cleaned and stripped; NUL stays, so that it is refused and not swallowed. */
    static String clean(String raw) {
        StringBuilder clean = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char character = raw.charAt(i);
            if (character == '\r') {
                if (i + 1 == raw.length() || raw.charAt(i + 1) != '\n') {
                    clean.append('\n');
                }
            } else if (character == NO_BREAK_SPACE) {
                clean.append(' ');
            } else if (Character.isSurrogate(character)) {
                if (i + 1 < raw.length() && Character.isSurrogatePair(character, raw.charAt(i + 1))) {
                    clean.append(character).append(raw.charAt(++i));
                } else {
                    clean.append('\ufffd');
                }
            } else if (isKept(character)) {
                clean.append(character);
            }
        }
        return clean.toString().strip();
    }

    /** Undoes the escapes by which spreadsheet files write characters that XML cannot hold. */
    static String unescape(String raw) {
        if (!raw.contains("_x")) {
            return raw;
        }
        return ESCAPED.matcher(raw)
                .replaceAll(match ->
                        Matcher.quoteReplacement(Character.toString((char) Integer.parseInt(match.group(1), 16))));
    }

    private static boolean isKept(char character) {
        return character == '\n'
                || character == '\t'
                || character == '\0'
                || !Character.isISOControl(character) && character != BYTE_ORDER_MARK;
    }
}
