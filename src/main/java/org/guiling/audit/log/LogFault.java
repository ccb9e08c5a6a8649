package org.guiling.audit.log;

/** A fault of an exported log. */
public enum LogFault {
    /** A line that is none of the log's, or was cut. */
    UNREADABLE,
    /** A line does not say what it said when it was made. */
    CHANGED,
    /** Lines that were there are not. */
    MISSING,
    /** A line that does not follow the one before it. */
    OUT_OF_PLACE,
    /** A line says something else about the event than the event's row, whose hash it has. */
    RECORD_DIFFERS,
    /** An event does not follow the event before it in the chain of its kind. */
    CHAIN_BROKEN
}
