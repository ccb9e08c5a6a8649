package org.guiling.audit.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.guiling.audit.Digests;

/**
 * One line of the log: an event as JSON, with its place in its kind's chain and in this log. A line's own hash covers every byte
 * before it and the hash of the line before, so that neither can be changed nor left out unseen.
 *
 * @param n its number in the log, from 1
 * @param chained its hash, in hexadecimal digits
 */
record LogLine(long n, String text, String chained) {

    /** The member whose value covers everything before it. */
    static final String CHAINED = ",\"chained\":\"";

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /** Ends a line, moves a cursor or hides what stands around it: a reader gets to see its number. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

    /** The share of an event that a line has. */
    enum Extent {
        WHOLE,
        /** Without details and record: its hash cannot be computed anew, and is in the chain all the same. */
        SHORTENED,
        /** Names cut, too. */
        SHORTEST
    }

    private static final int SHORTEST_NAME = 60;

    static LogLine of(LoggedEvent event, long n, String before, Extent extent) {
        ObjectNode line = JSON.createObjectNode();
        line.put("n", n);
        line.put("id", event.id());
        line.put("at", event.at().toString());
        line.put("kind", event.kind());
        line.put("actor", name(event.actor(), extent));
        line.put("subject", name(event.subject(), extent));
        if (extent == Extent.WHOLE) {
            line.putRawValue("details", new RawValue(event.details()));
        }
        line.put("node", name(event.node(), extent));
        line.put("seq", event.seq());
        line.put("previous", event.previous());
        line.put("hash", event.hash());
        if (extent == Extent.WHOLE) {
            line.put("record", event.record());
        } else {
            line.put("shortened", true);
        }
        line.put("before", before);
        String covered = write(line);
        covered = covered.substring(0, covered.length() - 1);
        String chained = digest(covered);
        return new LogLine(n, covered + CHAINED + chained + "\"}", chained);
    }

    /** Stands before the first line. */
    static String beginning(String sink) {
        return digest("log " + sink);
    }

    static String digest(String text) {
        return HexFormat.of().formatHex(Digests.of(text.getBytes(UTF_8)));
    }

    private static String name(String name, Extent extent) {
        return extent != Extent.SHORTEST || name == null || name.length() <= SHORTEST_NAME
                ? name
                : name.substring(0, name.offsetByCodePoints(0, name.codePointCount(0, SHORTEST_NAME))) + "…";
    }

    /** None of the characters has a meaning in JSON outside of a string. */
    private static String write(ObjectNode line) {
        try {
            return UNSEEN.matcher(JSON.writeValueAsString(line)).replaceAll(found -> {
                StringBuilder escaped = new StringBuilder();
                found.group().chars().forEach(unit -> escaped.append("\\\\u%04x".formatted(unit)));
                return escaped.toString();
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
