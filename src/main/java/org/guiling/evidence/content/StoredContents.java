package org.guiling.evidence.content;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.sql.ResultSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import org.guiling.audit.ContentVerification;
import org.guiling.audit.Fault;
import org.guiling.audit.Finding;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Holds what the store has against the hashes by which the record names it. Changes nothing. */
@Component
class StoredContents implements ContentVerification {

    private static final int PAGE = 500;
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private final JdbcClient jdbc;
    private final ContentStore store;

    StoredContents(JdbcClient jdbc, ContentStore store) {
        this.jdbc = jdbc;
        this.store = store;
    }

    /** State of the store under a hash. */
    enum State {
        SOUND,
        CHANGED,
        MISSING
    }

    /** Reads all of it. */
    State stateOf(String sha256) throws IOException {
        if (!HASH.matcher(sha256).matches()) {
            return State.MISSING;
        }
        try (InputStream content = store.open(sha256)) {
            return DigestUtils.sha256Hex(content).equals(sha256) ? State.SOUND : State.CHANGED;
        } catch (NoSuchFileException e) {
            return State.MISSING;
        }
    }

    /** The content, which breaks off before its last bytes where it is not what its hash says. */
    InputStream open(String sha256, long bytes, Runnable changed) throws IOException {
        return new VerifiedStream(store.open(sha256), DigestUtils.getSha256Digest(), sha256, bytes, changed);
    }

    @Override
    public long verifyKnown(Consumer<Finding> findings) {
        tell("content.changed_since is not null", "", Fault.CONTENT_CHANGED, findings);
        tell("content.missing_since is not null or content.sha256 is null", "", Fault.CONTENT_MISSING, findings);
        return 0;
    }

    /** In portions, none of which holds a transaction while files are read. */
    @Override
    public long verifyFiles(Consumer<Finding> findings) {
        long read = 0;
        String last = "";
        List<String> portion = named(last);
        while (!portion.isEmpty()) {
            for (String sha256 : portion) {
                verify(sha256, findings);
                last = sha256;
            }
            read += portion.size();
            portion = named(last);
        }
        return read;
    }

    private void verify(String sha256, Consumer<Finding> findings) {
        try {
            switch (stateOf(sha256)) {
                case CHANGED -> tellOf(sha256, Fault.CONTENT_CHANGED, findings);
                case MISSING -> tellOf(sha256, Fault.CONTENT_MISSING, findings);
                case SOUND -> {}
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the content " + sha256, e);
        }
    }

    private List<String> named(String after) {
        return jdbc.sql("select distinct sha256 from evidence_version where sha256 > ? order by sha256 limit " + PAGE)
                .param(after)
                .query(String.class)
                .list();
    }

    private void tellOf(String sha256, Fault fault, Consumer<Finding> findings) {
        tell("file.sha256 = :sha256", sha256, fault, findings);
    }

    private void tell(String condition, String sha256, Fault fault, Consumer<Finding> findings) {
        jdbc.sql("""
                        select coalesce(item.item_no, 'evidence ' || file.evidence_id) as subject,
                               file.evidence_id, file.version
                        from evidence_version file
                        left join evidence on evidence.id = file.evidence_id
                        left join item on item.id = evidence.item_id
                        left join evidence_content content on content.sha256 = file.sha256
                        where %s
                        order by file.evidence_id, file.version""".formatted(condition)).param("sha256", sha256).query((ResultSet row) -> {
            long version = row.getLong("version");
            findings.accept(
                    new Finding(fault, row.getString("subject"), version, version, row.getLong("evidence_id"), null));
        });
    }
}
