package org.guiling.database;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/**
 * The hindrances because of which something could not be done though neither the request nor the program is wrong. The
 * one table of SQLSTATEs (appendix A of PostgreSQL's manual), for every door: pages, {@code /api}, SCIM and the
 * engine's REST.
 */
public enum Hindrance {

    /** Somebody else was faster: to be tried again with what is there now. */
    LOST_RACE(409),

    /** The database is away, starting, or has no connection left. */
    UNAVAILABLE(503),

    /** No space is left, in the database or on a disk; nothing of what was asked is stored. */
    STORAGE_FULL(507);

    private static final Logger log = LoggerFactory.getLogger(Hindrance.class);

    private static final Map<String, Hindrance> BY_SQLSTATE = Map.ofEntries(
            // serialization_failure, deadlock_detected, lock_not_available
            Map.entry("40001", LOST_RACE),
            Map.entry("40P01", LOST_RACE),
            Map.entry("55P03", LOST_RACE),
            // foreign_key_violation, unique_violation, exclusion_violation
            Map.entry("23503", LOST_RACE),
            Map.entry("23505", LOST_RACE),
            Map.entry("23P01", LOST_RACE),
            // disk_full
            Map.entry("53100", STORAGE_FULL),
            // too_many_connections
            Map.entry("53300", UNAVAILABLE),
            // admin_shutdown, crash_shutdown, cannot_connect_now
            Map.entry("57P01", UNAVAILABLE),
            Map.entry("57P02", UNAVAILABLE),
            Map.entry("57P03", UNAVAILABLE));

    private static final String CONNECTION_EXCEPTIONS = "08";

    /** The pool's word, without a state, to whoever goes on with a connection that broke: a rollback does. */
    private static final String CLOSED = "Connection is closed";

    /** The operating system's words for ENOSPC, EDQUOT and ERROR_DISK_FULL; Java tells no code. */
    private static final Set<String> FULL = Set.of(
            "no space left on device",
            "设备上没有空间",
            "disk quota exceeded",
            "超出磁盘限额",
            "not enough space on the disk",
            "磁盘空间不足");

    private final int status;

    Hindrance(int status) {
        this.status = status;
    }

    /** The HTTP status that tells of it. */
    public int status() {
        return status;
    }

    /**
     * The hindrance that a failure comes from.
     *
     * @param failure may be null
     * @return empty where it is a fault of the program or of the request
     */
    public static Optional<Hindrance> of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Optional<Hindrance> hindrance = ofOne(cause);
            if (hindrance.isPresent()) {
                return hindrance;
            }
        }
        return Optional.empty();
    }

    private static Optional<Hindrance> ofOne(Throwable failure) {
        if (failure instanceof SQLException statement) {
            String state = String.valueOf(statement.getSQLState());
            return state.startsWith(CONNECTION_EXCEPTIONS)
                            || statement instanceof SQLTransientConnectionException
                            || CLOSED.equals(statement.getMessage())
                    ? Optional.of(UNAVAILABLE)
                    : Optional.ofNullable(BY_SQLSTATE.get(state));
        }
        if (failure instanceof ConcurrencyFailureException) {
            return Optional.of(LOST_RACE);
        }
        if (failure instanceof CannotGetJdbcConnectionException) {
            return Optional.of(UNAVAILABLE);
        }
        String words = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return failure instanceof IOException && FULL.stream().anyMatch(words::contains)
                ? Optional.of(STORAGE_FULL)
                : Optional.empty();
    }

    /** Writes it to the log: a lost race in a line, with its SQLSTATE; what an operator has to mend as an error. */
    public void log(String request, Throwable failure) {
        if (this == LOST_RACE) {
            log.info(
                    "{} lost a race: {} {}",
                    request,
                    sqlState(failure),
                    failure.toString().lines().findFirst().orElse(""));
        } else {
            log.error("{} was not done: {}", request, this == STORAGE_FULL ? "no space left" : "no database", failure);
        }
    }

    private static String sqlState(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException statement) {
                return String.valueOf(statement.getSQLState());
            }
        }
        return "-";
    }
}
