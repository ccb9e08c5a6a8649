package org.guiling.evidence.content;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.guiling.scan.MalwareFindings;
import org.guiling.scan.ScannerUnavailableException;
import org.guiling.scan.UploadScan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Scans content that was stored unscanned: while the scanner was away, or before there was one. What something is found in stays
 * stored and is not served. Several nodes may scan the same; the first of them says so.
 */
@Component
class ContentScan implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(ContentScan.class);
    private static final int AT_ONCE = 100;

    private final UploadScan scan;
    private final MalwareFindings findings;
    private final ContentStore store;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final AtomicBoolean busy = new AtomicBoolean();

    /** Its own, so that a slow scanner keeps nothing else waiting. */
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread made = new Thread(work, "content-scan");
        made.setDaemon(true);
        return made;
    });

    ContentScan(
            UploadScan scan,
            MalwareFindings findings,
            ContentStore store,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.scan = scan;
        this.findings = findings;
        this.store = store;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${guiling.evidence.scan.every}")
    void scanSoon() {
        if (scan.isOn() && busy.compareAndSet(false, true)) {
            thread.execute(() -> {
                try {
                    scan();
                } catch (RuntimeException e) {
                    log.warn("Unscanned content cannot be scanned", e);
                } finally {
                    busy.set(false);
                }
            });
        }
    }

    /**
     * Scans what is unscanned, the oldest first, until the scanner gives no verdict.
     *
     * @return how many were scanned
     */
    int scan() {
        List<String> unscanned =
                jdbc.sql("""
                        select sha256 from evidence_content
                        where scanned_at is null and malware is null and stored_at is not null and missing_since is null
                        order by wanted_at limit ?""").param(AT_ONCE).query(String.class).list();
        int scanned = 0;
        for (String sha256 : unscanned) {
            try (InputStream content = store.open(sha256)) {
                note(sha256, scan.malwareIn(content));
                scanned++;
            } catch (ScannerUnavailableException e) {
                log.warn(
                        "The scanner gives no verdict; {} contents wait: {}",
                        unscanned.size() - scanned,
                        e.getMessage());
                return scanned;
            } catch (IOException e) {
                log.warn("The content {} of evidence cannot be read", sha256, e);
            }
        }
        return scanned;
    }

    private void note(String sha256, Optional<String> malware) {
        transaction.executeWithoutResult(status -> {
            boolean first = jdbc.sql("""
                                    update evidence_content set scanned_at = :at, malware = :malware
                                    where sha256 = :sha256 and scanned_at is null and malware is null""")
                            .param("at", OffsetDateTime.now(clock))
                            .param("malware", malware.orElse(null))
                            .param("sha256", sha256)
                            .update()
                    == 1;
            if (first && malware.isPresent()) {
                log.error("{} in the content {} of evidence: not served any more", malware.get(), sha256);
                findings.found(sha256, malware.get(), true, owners(sha256));
            }
        });
    }

    private List<String> owners(String sha256) {
        return jdbc.sql("select distinct uploaded_by from evidence_version where sha256 = ? order by uploaded_by")
                .param(sha256)
                .query(String.class)
                .list();
    }

    @Override
    public void destroy() {
        thread.shutdownNow();
    }
}
