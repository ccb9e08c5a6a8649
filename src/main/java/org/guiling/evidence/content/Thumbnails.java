package org.guiling.evidence.content;

import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.guiling.evidence.format.EvidenceProperties;
import org.guiling.evidence.image.Deadline;
import org.guiling.evidence.image.Images;
import org.guiling.evidence.image.UnreadableImageException;
import org.guiling.refusal.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The small pictures of images, made when they are asked for the first time. They are decoded beside the requests, by few
 * threads from a short queue, and each content is tried once: what fails, takes too long or takes the server with it is
 * noted before it is tried.
 */
@Component
public class Thumbnails {

    private static final Logger log = LoggerFactory.getLogger(Thumbnails.class);
    private static final String SUFFIX = ".thumbnail";

    /** A request holds one of the server's threads while it waits. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** After which nobody is at work any more on what was begun: the server stopped over it. */
    private static final Duration ABANDONED = Duration.ofMinutes(10);

    private final JdbcClient jdbc;
    private final ContentStore store;
    private final Originals originals;
    private final EvidenceProperties.Thumbnail limits;
    private final Path folder;
    private final Clock clock;
    private final ThreadPoolExecutor threads;
    private final Semaphore waiting;
    private final Map<String, FutureTask<Boolean>> underWay = new ConcurrentHashMap<>();
    private final Map<String, Deadline> deadlines = new ConcurrentHashMap<>();

    @Autowired
    Thumbnails(JdbcClient jdbc, ContentStore store, Originals originals, EvidenceProperties properties, Clock clock) {
        this(jdbc, store, originals, properties.thumbnail(), properties.incoming(), clock);
    }

    /** @param folder for what is decoded */
    Thumbnails(
            JdbcClient jdbc,
            ContentStore store,
            Originals originals,
            EvidenceProperties.Thumbnail limits,
            Path folder,
            Clock clock) {
        this.jdbc = jdbc;
        this.store = store;
        this.originals = originals;
        this.limits = limits;
        this.folder = folder;
        this.clock = clock;
        this.threads = new ThreadPoolExecutor(
                limits.atOnce(),
                limits.atOnce(),
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(limits.queue()),
                task -> {
                    Thread thread = new Thread(task, "thumbnail");
                    thread.setDaemon(true);
                    return thread;
                });
        this.threads.allowCoreThreadTimeOut(true);
        this.waiting = new Semaphore(limits.atOnce() + limits.queue());
    }

    static String key(String sha256) {
        return sha256 + SUFFIX;
    }

    /**
     * The small picture; empty where there can be none.
     *
     * @throws RefusedException when the store does not have the image
     * @throws BusyException when too many are being made, or this one takes its time
     */
    public Optional<InputStream> open(EvidenceVersion version) {
        Contents.requireServed(version);
        String key = key(version.sha256());
        try {
            if (store.size(key).isEmpty() && !wait(version)) {
                return Optional.empty();
            }
            return Optional.of(store.open(key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those at work now. */
    int underWay() {
        return underWay.size();
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
        deadlines.values().forEach(Deadline::cancel);
    }

    private boolean wait(EvidenceVersion version) throws IOException {
        if (!waiting.tryAcquire()) {
            throw new BusyException();
        }
        try {
            return underWay.computeIfAbsent(version.sha256(), sha256 -> begin(version))
                    .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException | TimeoutException e) {
            throw new BusyException();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusyException();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IOException(e.getCause());
        } finally {
            waiting.release();
        }
    }

    private FutureTask<Boolean> begin(EvidenceVersion version) {
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            try {
                return make(version);
            } finally {
                underWay.remove(version.sha256());
            }
        });
        threads.execute(task);
        return task;
    }

    private boolean make(EvidenceVersion version) throws IOException {
        String sha256 = version.sha256();
        if (!mayTry(sha256)) {
            return isMade(sha256);
        }
        Boolean made = null;
        try {
            made = shrink(version);
            return made;
        } finally {
            note(sha256, made);
        }
    }

    /**
     * Tries it.
     *
     * @return false when it is the image's fault that there is none
     */
    private boolean shrink(EvidenceVersion version) throws IOException {
        String sha256 = version.sha256();
        Path picture = folder.resolve(UUID.randomUUID() + SUFFIX);
        Deadline deadline = new Deadline(limits.time(), System::nanoTime);
        deadlines.put(sha256, deadline);
        try (InputStream content = originals.open(version)) {
            Images.shrink(content, version.type(), folder, limits, deadline, picture);
            store.put(key(sha256), picture);
            return true;
        } catch (UnreadableImageException e) {
            if (deadline.isCancelled()) {
                throw e;
            }
            log.info("No small picture of {}: {}", sha256, e.getMessage());
            return false;
        } finally {
            deadlines.remove(sha256);
            Files.deleteIfExists(picture);
        }
    }

    /** Noted before it is tried: what takes the server with it is not tried again after the next start. */
    private boolean mayTry(String sha256) {
        return jdbc.sql("""
                        update evidence_content set thumbnail_begun_at = ?
                        where sha256 = ? and thumbnail is distinct from false and thumbnail_begun_at is null""").params(OffsetDateTime.now(clock), sha256).update() > 0;
    }

    /** @throws BusyException when another node is at it */
    private boolean isMade(String sha256) {
        int abandoned = jdbc.sql("""
                        update evidence_content set thumbnail = false, thumbnail_begun_at = null
                        where sha256 = ? and thumbnail_begun_at < ?""")
                .params(sha256, OffsetDateTime.now(clock).minus(ABANDONED))
                .update();
        if (abandoned > 0) {
            log.warn("The server stopped over the image {}: there will be no small picture of it", sha256);
        }
        return jdbc.sql("select thumbnail from evidence_content where sha256 = ? and thumbnail_begun_at is null")
                .param(sha256)
                .query(Boolean.class)
                .optional()
                .orElseThrow(BusyException::new);
    }

    /** @param made null where nothing is known, because it was no fault of the image's */
    private void note(String sha256, Boolean made) {
        jdbc.sql("""
                        update evidence_content set thumbnail = coalesce(?, thumbnail), thumbnail_begun_at = null
                        where sha256 = ?""").params(made, sha256).update();
    }
}
