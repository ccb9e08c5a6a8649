package org.guiling.audit.log;

import java.io.IOException;
import java.util.List;

/** A place where the log goes. */
interface LogSink {

    /** Known in the database by this. */
    String name();

    /** The destination, for people to read. */
    String target();

    /** The event as this place wants it, with its line. */
    Content content(LoggedEvent event, long n, String before);

    /**
     * Brings lines there, in their order. Returns when they are there as far as anybody can know; when it throws, they are
     * brought once more, word by word.
     */
    void send(List<Made> lines) throws IOException;

    /** @param text what is sent, and line the line within it */
    record Content(String text, LogLine line) {}

    /** A line that was made, with its number. */
    record Made(long n, String text) {}
}
