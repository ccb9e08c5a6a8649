package org.guiling.audit.log;

import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.guiling.audit.Node;
import org.guiling.audit.log.LogOutbox.State;
import org.guiling.time.OfficeClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The places where the security log goes: asks each of them in turn to bring what waits, and tells how they are. */
@Service
public class AuditLogs implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(AuditLogs.class);

    private final List<Place> places = new ArrayList<>();
    private final LogOutbox outbox;
    private final ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor(AuditLogs::thread);

    AuditLogs(
            LogProperties properties,
            LogOutbox outbox,
            SslBundles bundles,
            Node node,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events,
            OfficeClock clock) {
        this.outbox = outbox;
        List<LogSink> sinks = new ArrayList<>();
        if (properties.file() != null) {
            sinks.add(new FileSink(properties.file(), properties.rotateAt().toBytes(), clock));
        }
        if (properties.syslog() != null) {
            sinks.add(syslog(properties.syslog(), bundles, node));
        }
        TransactionTemplate transaction = new TransactionTemplate(transactions);
        for (LogSink sink : sinks) {
            places.add(new Place(new LogShipping(sink, outbox, properties, transaction, events, clock)));
        }
    }

    /**
     * State of a sink.
     *
     * @param sink {@code file} or {@code syslog}
     * @param target the file, or host and port
     * @param lines how many have arrived, and chained the hash of the newest that was made; null before the first
     * @param behind how many events have not arrived, and behindSince when the first of them happened; null where none waits
     * @param failingSince null while it works, as are nextAttempt and error
     */
    public record Status(
            String sink,
            String target,
            long lines,
            String chained,
            Instant shippedAt,
            long behind,
            Instant behindSince,
            Instant failingSince,
            Instant nextAttempt,
            String error) {}

    /** A place and a thread of its own, so that one that is slow keeps nothing else waiting. */
    private static final class Place {

        private final LogShipping shipping;
        private final ExecutorService thread = Executors.newSingleThreadExecutor(AuditLogs::thread);
        private final AtomicBoolean busy = new AtomicBoolean();

        Place(LogShipping shipping) {
            this.shipping = shipping;
        }

        void shipSoon() {
            if (busy.compareAndSet(false, true)) {
                thread.execute(() -> {
                    try {
                        shipping.ship();
                    } catch (RuntimeException e) {
                        log.warn("The security log cannot be read", e);
                    } finally {
                        busy.set(false);
                    }
                });
            }
        }
    }

    /** Every place that the settings name. */
    public List<Status> statuses() {
        return places.stream().map(place -> status(place.shipping.sink())).toList();
    }

    @Scheduled(fixedDelayString = "${guiling.audit.log.every}")
    void ship() {
        places.forEach(Place::shipSoon);
    }

    @Override
    public void destroy() {
        places.forEach(place -> place.thread.shutdownNow());
        watchdog.shutdownNow();
    }

    private Status status(LogSink sink) {
        State state = outbox.state(sink.name()).orElse(new State(0, 0, null, null, 0, null, null, null, null));
        LogOutbox.Waiting waiting = outbox.waiting(sink.name());
        return new Status(
                sink.name(),
                sink.target(),
                state.shipped(),
                state.chained(),
                state.shippedAt(),
                waiting.events(),
                waiting.since(),
                state.failingSince(),
                state.nextAttempt(),
                state.error());
    }

    private LogSink syslog(LogProperties.Syslog settings, SslBundles bundles, Node node) {
        SyslogMessage message = new SyslogMessage(
                node.name(),
                Long.toString(ProcessHandle.current().pid()),
                settings.enterpriseNumber(),
                settings.largestMessage());
        Supplier<SSLContext> tls = settings.sslBundle() == null
                ? AuditLogs::trustedByJava
                : () -> bundles.getBundle(settings.sslBundle()).createSslContext();
        // A bundle that is not there is said at the start, not at the first event.
        tls.get();
        return new SyslogSink(settings, message, tls, watchdog);
    }

    private static SSLContext trustedByJava() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "security-log");
        thread.setDaemon(true);
        return thread;
    }
}
