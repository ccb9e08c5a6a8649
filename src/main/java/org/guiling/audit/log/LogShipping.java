package org.guiling.audit.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.guiling.audit.log.LogSink.Made;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings the log to one place. Between two transactions it waits for disk or network with no connection to the database; the
 * place is leased meanwhile, so that no other node brings the same.
 */
final class LogShipping {

    private static final Logger log = LoggerFactory.getLogger(LogShipping.class);

    /** Longer than any batch can take. */
    private static final Duration LEASE = Duration.ofMinutes(10);

    private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    private static final int LONGEST_ERROR = 300;

    private final LogSink sink;
    private final LogOutbox outbox;
    private final LogProperties properties;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final String self = UUID.randomUUID().toString();

    LogShipping(
            LogSink sink,
            LogOutbox outbox,
            LogProperties properties,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            Clock clock) {
        this.sink = sink;
        this.outbox = outbox;
        this.properties = properties;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    LogSink sink() {
        return sink;
    }

    /**
     * Brings all that waits, batch by batch, unless another node does or it is too early after a failure.
     *
     * @return how many lines arrived
     */
    int ship() {
        int arrived = 0;
        while (!Thread.currentThread().isInterrupted() && outbox.lease(sink.name(), self, LEASE)) {
            List<Made> lines = outbox.next(sink, properties.batch());
            if (lines.isEmpty() || !send(lines)) {
                break;
            }
            arrived += lines.size();
        }
        outbox.release(sink.name(), self);
        return arrived;
    }

    private boolean send(List<Made> lines) {
        try {
            sink.send(lines);
        } catch (IOException | UncheckedIOException e) {
            failed(NestedExceptionUtils.getMostSpecificCause(e));
            return false;
        }
        outbox.arrived(sink.name(), lines.get(lines.size() - 1).n());
        return true;
    }

    private void failed(Throwable cause) {
        int failures = outbox.state(sink.name()).map(LogOutbox.State::failures).orElse(0);
        Duration wait = waitAfter(failures);
        String error = cause.getClass().getSimpleName() + ": " + cause.getMessage();
        log.warn("The security log does not reach {}; next attempt in {}: {}", sink.target(), wait, error);
        outbox.failed(sink.name(), error.substring(0, Math.min(LONGEST_ERROR, error.length())), wait);
        outbox.state(sink.name()).ifPresent(state -> {
            if (!state.failingSince().plus(properties.tellAfter()).isAfter(clock.instant())) {
                transaction.executeWithoutResult(status -> {
                    if (outbox.tell(sink.name())) {
                        events.publishEvent(new AuditLogBehind(sink.name(), state.failingSince()));
                    }
                });
            }
        });
    }

    /** Twice as long each time, up to ten minutes. */
    static Duration waitAfter(int failures) {
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(failures, 10));
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }
}
