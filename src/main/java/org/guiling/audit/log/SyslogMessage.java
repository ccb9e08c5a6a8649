package org.guiling.audit.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import org.guiling.audit.log.LogLine.Extent;
import org.guiling.audit.log.LogSink.Content;

/**
 * An event as RFC 5424 wants it: header, the hashes as structured data, then a byte order mark and the line in UTF-8.
 *
 * @param host as the header names it: printable ASCII
 * @param largest in bytes
 */
record SyslogMessage(String host, String process, String enterpriseNumber, int largest) {

    /** "log audit" of RFC 5424, table 1. */
    private static final int FACILITY = 13;

    private static final int WARNING = 4;
    private static final int NOTICE = 5;
    private static final int LONGEST_HOST = 255;
    private static final int LONGEST_MESSAGE_ID = 32;

    /** The RFC allows six digits of a second, which is what the database has. */
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");

    /** Somebody tried what they may not, or something came that is dangerous: parts of the names of kinds. */
    private static final Set<String> WARNINGS = Set.of("FAILED", "REFUSED", "LOCKED", "MALWARE", "ATTACK", "TAMPERED");

    SyslogMessage {
        host = printable(host, LONGEST_HOST);
    }

    /** The event, shortened until it fits. */
    Content of(LoggedEvent event, long n, String before) {
        Content content = null;
        for (Extent extent : Extent.values()) {
            LogLine line = LogLine.of(event, n, before, extent);
            content = new Content(text(event, line), line);
            if (content.text().getBytes(UTF_8).length <= largest) {
                return content;
            }
        }
        return content;
    }

    private String text(LoggedEvent event, LogLine line) {
        String data = "guiling@%s n=\"%d\" id=\"%d\" seq=\"%d\" hash=\"%s\" previous=\"%s\" chained=\"%s\""
                .formatted(
                        enterpriseNumber,
                        line.n(),
                        event.id(),
                        event.seq(),
                        event.hash(),
                        event.previous(),
                        line.chained());
        return "<%d>1 %s %s guiling %s %s [%s] \ufeff%s"
                .formatted(
                        FACILITY * 8 + severity(event.kind()),
                        TIMESTAMP.format(event.at().atOffset(ZoneOffset.UTC)),
                        host,
                        process,
                        printable(event.kind(), LONGEST_MESSAGE_ID),
                        data,
                        line.text());
    }

    private static int severity(String kind) {
        return WARNINGS.stream().anyMatch(part -> ("_" + kind + "_").contains("_" + part + "_")) ? WARNING : NOTICE;
    }

    private static String printable(String text, int longest) {
        String printable = text.replaceAll("[^\\x21-\\x7e]", "");
        return printable.isEmpty() ? "-" : printable.substring(0, Math.min(longest, printable.length()));
    }
}
