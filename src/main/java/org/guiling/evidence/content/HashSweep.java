package org.guiling.evidence.content;

import java.io.IOException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.guiling.evidence.format.EvidenceProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads and hashes all contents in turn, a share each night. Where it stands is in the contents' own rows: it goes on with
 * those that were not hashed for the longest time, on whichever node and after whatever stopped it.
 */
@Service
public class HashSweep {

    private static final Logger log = LoggerFactory.getLogger(HashSweep.class);
    private static final String NAMED = """
            stored_at is not null
            and exists (select from evidence_version file where file.sha256 = content.sha256)""";

    private final JdbcClient jdbc;
    private final StoredContents stored;
    private final DamagedContents damaged;
    private final EvidenceProperties properties;
    private final Clock clock;

    HashSweep(
            JdbcClient jdbc,
            StoredContents stored,
            DamagedContents damaged,
            EvidenceProperties properties,
            Clock clock) {
        this.jdbc = jdbc;
        this.stored = stored;
        this.damaged = damaged;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * The progress of the sweep.
     *
     * @param contents number of contents that something names
     * @param bytes of all of them
     * @param unhashed number of those that were never hashed since they were stored
     * @param oldest time of the oldest hash; null where nothing was hashed yet
     * @param days number of nights in which all of them are hashed once
     * @param changed number of those that do not match their hashes
     * @param missing number of those that the store does not have
     */
    public record Progress(
            long contents, long bytes, long unhashed, OffsetDateTime oldest, int days, long changed, long missing) {}

    @Transactional(readOnly = true)
    public Progress progress() {
        return jdbc.sql("""
                        select count(*), coalesce(sum(bytes), 0), count(*) filter (where hashed_at is null), min(hashed_at),
                               count(changed_since), count(missing_since)
                        from evidence_content content where\s""" + NAMED)
                .query((row, index) -> new Progress(
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getObject(4, OffsetDateTime.class),
                        properties.hashDays(),
                        row.getLong(5),
                        row.getLong(6)))
                .single();
    }

    /**
     * Hashes the next share.
     *
     * @return those of it that are not what their hashes say
     */
    List<String> hashShare() {
        List<String> share = jdbc.sql("""
                        select sha256 from evidence_content content where %1$s
                        order by hashed_at nulls first, sha256
                        limit (select ceil(count(*) / cast(? as numeric)) from evidence_content content where %1$s)""".formatted(NAMED))
                .param(properties.hashDays())
                .query(String.class)
                .list();
        List<String> wrong = new ArrayList<>();
        for (String sha256 : share) {
            try {
                StoredContents.State state = stored.stateOf(sha256);
                damaged.note(sha256, state);
                jdbc.sql("update evidence_content set hashed_at = ? where sha256 = ?")
                        .params(OffsetDateTime.now(clock), sha256)
                        .update();
                if (state != StoredContents.State.SOUND) {
                    wrong.add(sha256);
                }
            } catch (IOException e) {
                // A store that does not answer has changed nothing; the next night goes on here.
                log.warn("Cannot read the content {}", sha256, e);
                return wrong;
            }
        }
        return wrong;
    }
}
