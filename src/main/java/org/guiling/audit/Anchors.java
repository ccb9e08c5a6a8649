package org.guiling.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.guiling.time.OfficeClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The daily anchors (锚定). Each has a file that names the anchor before it and every head that moved since; the anchor's
 * digest is the file's SHA-256. So the newest digest stands for all chains as they were, and each file can be checked by
 * {@code sha256sum}.
 */
@Service
public class Anchors {

    private static final String SELECT = """
            select id, day, made_at, digest, (select count(*) from anchor_head where anchor_id = anchor.id) as heads
            from anchor\s""";

    private final JdbcClient jdbc;
    private final AuditProperties properties;
    private final OfficeClock clock;

    Anchors(JdbcClient jdbc, AuditProperties properties, OfficeClock clock) {
        this.jdbc = jdbc;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Takes today's anchor unless there is one. The database lets one of several nodes through.
     *
     * @return the anchor; empty where today's was there already
     * @throws UncheckedIOException when its file cannot be written; there is no anchor then, and the next try begins anew
     */
    @Transactional
    public Optional<Anchor> takeIfDue() {
        LocalDate today = clock.today();
        if (exists(today)) {
            return Optional.empty();
        }
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('anchor', 0))")
                .query((row, index) -> index)
                .list();
        return exists(today) ? Optional.empty() : Optional.of(take(today));
    }

    /** The anchors, the newest first. */
    @Transactional(readOnly = true)
    public List<Anchor> newest(int limit) {
        return jdbc.sql(SELECT + "order by id desc limit ?")
                .param(limit)
                .query(Anchors::anchor)
                .list();
    }

    /** Content of the file of a day's anchor according to the database; empty where the day has none. */
    @Transactional(readOnly = true)
    public Optional<String> file(LocalDate day) {
        return jdbc.sql(SELECT + "where day = ?")
                .param(day)
                .query(Anchors::anchor)
                .optional()
                .map(anchor -> content(anchor.id(), anchor.day(), anchor.madeAt()));
    }

    Path path(LocalDate day) {
        return properties.anchors().resolve("anchor-" + day + ".txt");
    }

    /** Every file of an anchor that is in the folder, also of those that the database does not know. */
    List<Path> files() {
        if (!Files.isDirectory(properties.anchors())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(properties.anchors())) {
            return files.filter(file -> file.getFileName().toString().matches("anchor-.+\\.txt.*"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + properties.anchors(), e);
        }
    }

    List<Anchor> all() {
        return jdbc.sql(SELECT + "order by id").query(Anchors::anchor).list();
    }

    /** The anchor's file as the rows of the database have it. */
    String content(long id, LocalDate day, Instant madeAt) {
        StringBuilder content = new StringBuilder("Guiling anchor\n");
        content.append("day ").append(day).append('\n');
        content.append("made ").append(madeAt).append('\n');
        content.append("previous ").append(previousDigest(id)).append('\n');
        jdbc.sql("select chain, rows, hash from anchor_head where anchor_id = ? order by chain collate \"C\"")
                .param(id)
                .query(row -> {
                    content.append(row.getString("chain")).append(' ');
                    content.append(row.getLong("rows")).append(' ');
                    content.append(HexFormat.of().formatHex(row.getBytes("hash")))
                            .append('\n');
                });
        return content.toString();
    }

    static String digest(String content) {
        return HexFormat.of().formatHex(Digests.of(content.getBytes(UTF_8)));
    }

    private boolean exists(LocalDate day) {
        return jdbc.sql("select exists (select from anchor where day = ?)")
                .param(day)
                .query(Boolean.class)
                .single();
    }

    private String previousDigest(long id) {
        return jdbc.sql("select digest from anchor where id < ? order by id desc limit 1")
                .param(id)
                .query(String.class)
                .optional()
                .orElse("none");
    }

    private Anchor take(LocalDate day) {
        OffsetDateTime now = OffsetDateTime.now(clock).truncatedTo(ChronoUnit.SECONDS);
        long id = jdbc.sql("select nextval(pg_get_serial_sequence('anchor', 'id'))")
                .query(Long.class)
                .single();
        jdbc.sql("""
                        insert into anchor_head (anchor_id, chain, rows, hash)
                        select ?, chain, rows, hash from chain_head
                        where rows > coalesce((select max(rows) from anchor_head where chain = chain_head.chain), 0)""").param(id).update();
        String content = content(id, day, now.toInstant());
        String digest = digest(content);
        jdbc.sql("insert into anchor (id, day, made_at, digest) overriding system value values (?, ?, ?, ?)")
                .params(id, day, now, digest)
                .update();
        write(path(day), content);
        return jdbc.sql(SELECT + "where id = ?")
                .param(id)
                .query(Anchors::anchor)
                .single();
    }

    private static void write(Path file, String content) {
        try {
            Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
            Path draft = Files.createTempFile(folder, "anchor", ".draft");
            try {
                Files.writeString(draft, content);
                if (Files.exists(file)) {
                    // Of an anchor that the database lost, or never had: evidence, which the verification tells of.
                    Files.move(file, folder.resolve(file.getFileName() + "." + draft.getFileName()));
                }
                Files.move(draft, file.toAbsolutePath(), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    private static Anchor anchor(ResultSet row, int index) throws SQLException {
        return new Anchor(
                row.getLong("id"),
                row.getObject("day", LocalDate.class),
                row.getTimestamp("made_at").toInstant(),
                row.getString("digest"),
                row.getLong("heads"));
    }
}
