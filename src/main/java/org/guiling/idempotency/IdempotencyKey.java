package org.guiling.idempotency;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.guiling.refusal.RefusedException;

/**
 * The header of the IETF draft "The Idempotency-Key HTTP Header Field": a structured string (RFC 8941, 3.3.3). Many
 * clients leave out its quotes, so a key without them is taken too, and is the same one.
 */
public final class IdempotencyKey {

    public static final String HEADER = "Idempotency-Key";

    /** The longest key, without quotes. */
    public static final int LONGEST = 128;

    private static final Pattern QUOTED = Pattern.compile("\"((?:[ !#-\\[\\]-~]|\\\\[\"\\\\])*)\"");
    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9._:~+/=-]+");
    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

    private IdempotencyKey() {}

    /**
     * The key of a request.
     *
     * @param lines the header's values, one at least
     * @throws RefusedException when they are no key
     */
    public static String of(List<String> lines) {
        String line = lines.get(0).strip();
        Matcher quoted = QUOTED.matcher(line);
        String key = quoted.matches() ? ESCAPED.matcher(quoted.group(1)).replaceAll("$1") : line;
        boolean readable = quoted.matches() || BARE.matcher(line).matches();
        if (lines.size() > 1 || !readable || key.isBlank() || key.length() > LONGEST) {
            throw RefusedException.invalid(HEADER, "idempotency.malformed", LONGEST);
        }
        return key;
    }
}
