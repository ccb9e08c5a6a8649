package org.guiling.audit.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.guiling.audit.Digests;

/**
 * Holds an exported log against itself: each line against its hash and the line before, each event against the hash of its row and
 * the event before of its kind. Needs no database, and may begin in the middle.
 */
final class LogVerification {

    private static final int MAX_FINDINGS = 1000;

    /** So far behind a line may come again: as many as are ever sent at once. */
    private static final int SENT_AGAIN = 5000;

    /** Exact numbers: a digit that was changed far behind the point is seen. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** As the database writes a moment in UTC. */
    private static final DateTimeFormatter MOMENT = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
            .appendLiteral("+00")
            .toFormatter();

    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, JsonNode> lastOfKind = new HashMap<>();
    private final Map<Long, String> newest = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, String> eldest) {
            return size() > SENT_AGAIN;
        }
    };
    private JsonNode last;
    private long total;
    private long lines;
    private long repeated;
    private long shortened;
    private long first;

    /**
     * Something that is wrong.
     *
     * @param file where, and line which of its lines, from 1
     * @param n the number within the log; null where it cannot be read
     */
    record Finding(LogFault fault, Path file, long line, Long n) {}

    /**
     * Result of a verification of the log.
     *
     * @param lines how many were read, repeated how many of them came again word by word, and shortened how many have no record
     * @param first the number of the first line, and last that of the last
     * @param chained the hash of the last line; null where there is none
     * @param total of the findings, of which at most 1,000 are listed
     */
    record Report(
            long lines,
            long repeated,
            long shortened,
            long first,
            long last,
            String chained,
            long total,
            List<Finding> findings) {}

    /** @param files in the order in which they were written */
    static Report verify(List<Path> files) throws IOException {
        LogVerification verification = new LogVerification();
        for (Path file : files) {
            try (BufferedReader reader = Files.newBufferedReader(file)) {
                long number = 0;
                for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                    verification.line(file, ++number, text);
                }
            }
        }
        return verification.report();
    }

    /** The number of a line; 0 where it is none. */
    static long number(String text) {
        try {
            return JSON.readTree(text).path("n").asLong();
        } catch (JsonProcessingException e) {
            return 0;
        }
    }

    private Report report() {
        return new Report(
                lines,
                repeated,
                shortened,
                first,
                last == null ? 0 : last.path("n").asLong(),
                last == null ? null : last.path("chained").asText(),
                total,
                List.copyOf(findings));
    }

    private void line(Path file, long number, String stored) {
        // A collector keeps the header of a message before the line; none of ours has a brace.
        int start = stored.indexOf('{');
        String text = start < 0 ? "" : stored.substring(start).stripTrailing();
        JsonNode line = read(text);
        lines++;
        if (line == null) {
            find(LogFault.UNREADABLE, file, number, null);
            return;
        }
        long n = line.path("n").asLong();
        if (text.equals(newest.put(n, text))) {
            repeated++;
            return;
        }
        String covered = text.substring(0, text.lastIndexOf(LogLine.CHAINED));
        if (!text.equals(covered + LogLine.CHAINED + LogLine.digest(covered) + "\"}")) {
            find(LogFault.CHANGED, file, number, n);
        }
        if (last == null) {
            first = n;
        } else if (n > last.path("n").asLong() + 1) {
            find(LogFault.MISSING, file, number, n);
        } else if (n <= last.path("n").asLong() || !line.path("before").equals(last.path("chained"))) {
            find(LogFault.OUT_OF_PLACE, file, number, n);
        }
        verifyEvent(file, number, line);
        last = line;
    }

    private void verifyEvent(Path file, long number, JsonNode line) {
        long n = line.path("n").asLong();
        if (line.path("shortened").asBoolean()) {
            shortened++;
        } else if (!isOfItsRecord(line)) {
            find(LogFault.RECORD_DIFFERS, file, number, n);
        }
        JsonNode before = lastOfKind.put(line.path("kind").asText(), line);
        long seq = line.path("seq").asLong();
        String previous = line.path("previous").asText();
        boolean follows = before == null
                ? seq > 1 || previous.equals(beginning(line.path("kind").asText()))
                : seq == before.path("seq").asLong() + 1
                        && previous.equals(before.path("hash").asText());
        if (!follows) {
            find(LogFault.CHAIN_BROKEN, file, number, n);
        }
    }

    private static boolean isOfItsRecord(JsonNode line) {
        try {
            String record = line.path("record").asText();
            String hash = HexFormat.of()
                    .formatHex(Digests.row(
                            HexFormat.of().parseHex(line.path("previous").asText()), record));
            List<String> columns = CompositeText.columns(record);
            return hash.equals(line.path("hash").asText())
                    && columns.get(0).equals(line.path("id").asText())
                    && LocalDateTime.parse(columns.get(1), MOMENT)
                            .toInstant(ZoneOffset.UTC)
                            .equals(Instant.parse(line.path("at").asText()))
                    && columns.get(2).equals(line.path("kind").asText())
                    && Objects.equals(columns.get(3), line.path("actor").textValue())
                    && Objects.equals(columns.get(4), line.path("subject").textValue())
                    && JSON.readTree(columns.get(5)).equals(line.path("details"))
                    && columns.get(6).equals(line.path("seq").asText())
                    && Objects.equals(
                            columns.size() > 8 ? columns.get(8) : null,
                            line.path("node").textValue());
        } catch (JsonProcessingException | RuntimeException e) {
            // A record that is not the database's may fail in any of the steps above.
            return false;
        }
    }

    private static String beginning(String kind) {
        return HexFormat.of().formatHex(Digests.beginning("event " + kind));
    }

    private static JsonNode read(String text) {
        try {
            JsonNode line = text.contains(LogLine.CHAINED) ? JSON.readTree(text) : null;
            return line != null && line.path("n").isIntegralNumber() ? line : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private void find(LogFault fault, Path file, long line, Long n) {
        total++;
        if (findings.size() < MAX_FINDINGS) {
            findings.add(new Finding(fault, file, line, n));
        }
    }
}
