package org.guiling.evidence.content;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.guiling.evidence.format.EvidenceProperties;
import org.guiling.time.OfficeClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Removes what an upload left behind whose transaction rolled back or whose server stopped, and reports content that the
 * store has lost or that is not what was stored ({@link HashSweep}). Goes by what the database knows, never by what lies in the store: a database that was restored from
 * an older backup must not cost content that a newer one names.
 */
@Component
class ContentSweep {

    private static final Logger log = LoggerFactory.getLogger(ContentSweep.class);
    private static final String UNNAMED =
            "wanted_at < :before and not exists (select from evidence_version file where file.sha256 = content.sha256)";

    private final JdbcClient jdbc;
    private final Contents contents;
    private final StoredContents stored;
    private final DamagedContents damaged;
    private final HashSweep hashes;
    private final EvidenceProperties properties;
    private final Clock clock;
    private final TransactionTemplate transaction;

    ContentSweep(
            JdbcClient jdbc,
            Contents contents,
            StoredContents stored,
            DamagedContents damaged,
            HashSweep hashes,
            EvidenceProperties properties,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.contents = contents;
        this.stored = stored;
        this.damaged = damaged;
        this.hashes = hashes;
        this.properties = properties;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * The result of a sweep.
     *
     * @param removed contents that nothing named
     * @param missing contents that something names and the store does not have in their length, of those it was asked for
     * @param wrong contents that are not what their hashes say, of the night's share
     */
    record Swept(int removed, List<String> missing, List<String> wrong) {}

    @Scheduled(cron = "${guiling.evidence.sweep}", zone = OfficeClock.ZONE_ID)
    Swept sweep() {
        removeAbandonedUploads();
        int removed = removeUnnamed();
        List<String> missing = reportMissing();
        if (removed > 0) {
            log.info("Removed {} contents of evidence that nothing names", removed);
        }
        return new Swept(removed, missing, hashes.hashShare());
    }

    private void removeAbandonedUploads() {
        Instant before = clock.instant().minus(properties.grace());
        try (Stream<Path> files = Files.list(properties.incoming())) {
            for (Path file : files.toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            log.warn("Cannot sweep {}", properties.incoming(), e);
        }
    }

    private int removeUnnamed() {
        OffsetDateTime before = OffsetDateTime.now(clock).minus(properties.grace());
        List<String> unnamed = jdbc.sql("select sha256 from evidence_content content where " + UNNAMED
                        + " order by wanted_at limit :limit")
                .param("before", before)
                .param("limit", properties.sweepAtMost())
                .query(String.class)
                .list();
        return (int) unnamed.stream().filter(sha256 -> remove(sha256, before)).count();
    }

    /** Asked again with the row locked: an upload that wants the content meanwhile waits, and brings it anew. */
    private boolean remove(String sha256, OffsetDateTime before) {
        try {
            return Boolean.TRUE.equals(transaction.execute(status -> {
                int deleted = jdbc.sql("delete from evidence_content content where sha256 = :sha256 and " + UNNAMED)
                        .param("sha256", sha256)
                        .param("before", before)
                        .update();
                if (deleted > 0) {
                    deleteFromStore(sha256);
                }
                return deleted > 0;
            }));
        } catch (UncheckedIOException e) {
            log.warn("Cannot remove the content {}", sha256, e);
            return false;
        }
    }

    private void deleteFromStore(String sha256) {
        try {
            contents.delete(sha256);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those that were not looked at for the longest time. */
    private List<String> reportMissing() {
        record Named(String sha256, long bytes) {}
        List<Named> named =
                jdbc.sql("""
                        select sha256, bytes from evidence_content content
                        where stored_at is not null
                          and exists (select from evidence_version file where file.sha256 = content.sha256)
                        order by checked_at nulls first limit ?""").param(properties.sweepAtMost()).query(Named.class).list();
        try {
            List<String> missing = new ArrayList<>();
            for (Named content : named) {
                boolean present = contents.isPresent(content.sha256(), content.bytes());
                note(content.sha256(), present);
                if (!present) {
                    missing.add(content.sha256());
                    damaged.note(content.sha256(), stored.stateOf(content.sha256()));
                }
            }
            return missing;
        } catch (IOException e) {
            // A store that does not answer has lost nothing.
            log.warn("Cannot ask the store for its contents", e);
            return List.of();
        }
    }

    private void note(String sha256, boolean present) {
        jdbc.sql("""
                        update evidence_content
                        set checked_at = :now, missing_since = case when not :present then missing_since end
                        where sha256 = :sha256""")
                .param("now", OffsetDateTime.now(clock))
                .param("present", present)
                .param("sha256", sha256)
                .update();
    }
}
