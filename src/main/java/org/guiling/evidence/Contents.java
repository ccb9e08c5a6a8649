package org.guiling.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.guiling.item.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The contents of files, each once, known by its SHA-256. Nothing here is part of anybody's transaction: a store rolls
 * nothing back, so a content is noted before the store gets it and removed by {@link ContentSweep} when nothing names it.
 */
@Component
class Contents {

    private static final Logger log = LoggerFactory.getLogger(Contents.class);
    private static final String THUMBNAIL = ".thumbnail";

    /** So many images are decoded at once: a progressive JPEG needs memory for all of its pixels. */
    private static final int DECODED_AT_ONCE = 2;

    private final JdbcClient jdbc;
    private final ContentStore store;
    private final StoredContents stored;
    private final DamagedContents damaged;
    private final EvidenceProperties properties;
    private final Clock clock;
    private final Semaphore decoding = new Semaphore(DECODED_AT_ONCE, true);

    Contents(
            JdbcClient jdbc,
            ContentStore store,
            StoredContents stored,
            DamagedContents damaged,
            EvidenceProperties properties,
            Clock clock) {
        this.jdbc = jdbc;
        this.store = store;
        this.stored = stored;
        this.damaged = damaged;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * What an uploaded file was found to be.
     *
     * @param pixels empty for what is no image, or none that can be read
     */
    record Examined(String name, Path file, String sha256, long bytes, FileType type, OptionalLong pixels) {}

    /** @throws RefusedException when it is empty, too large, of a type that is not allowed, or not what its name says */
    Examined examine(UploadedFile upload) {
        String name = FileNames.clean(upload.name());
        try {
            long bytes = Files.size(upload.file());
            if (bytes == 0) {
                throw RefusedException.invalid("file", "refusal.evidence.empty", name);
            }
            if (bytes > properties.largestFile().toBytes()) {
                throw RefusedException.invalid(
                        "file",
                        "refusal.evidence.large",
                        name,
                        properties.largestFile().toMegabytes());
            }
            FileType named = FileType.ofName(name)
                    .filter(properties.types()::contains)
                    .orElseThrow(() -> RefusedException.invalid("file", "refusal.evidence.type", name, allowed()));
            if (FileType.ofContent(upload.file()).filter(named::equals).isEmpty()) {
                throw RefusedException.invalid("file", "refusal.evidence.mismatch", name, named.name());
            }
            return new Examined(
                    name, upload.file(), digest(upload.file()), bytes, named, Images.pixels(upload.file(), named));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the uploaded file", e);
        }
    }

    /** Notes the content and brings it into the store, unless it is there. */
    void keep(Examined found) {
        boolean stored = want(found);
        try {
            OptionalLong kept = stored ? store.size(found.sha256()) : OptionalLong.empty();
            if (kept.isEmpty() || kept.getAsLong() != found.bytes()) {
                store.put(found.sha256(), found.file());
                jdbc.sql(
                                "update evidence_content set stored_at = ?, missing_since = null, changed_since = null where sha256 = ?")
                        .params(OffsetDateTime.now(clock), found.sha256())
                        .update();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot store the content " + found.sha256(), e);
        }
    }

    /** From here on no sweep removes it for the grace time. */
    private boolean want(Examined found) {
        return jdbc.sql("""
                        insert into evidence_content (sha256, bytes, type, pixels, wanted_at) values (?, ?, ?, ?, ?)
                        on conflict (sha256) do update set wanted_at = excluded.wanted_at
                        returning stored_at is not null and changed_since is null""")
                .params(
                        found.sha256(),
                        found.bytes(),
                        found.type().name(),
                        found.pixels().isPresent() ? found.pixels().getAsLong() : null,
                        OffsetDateTime.now(clock))
                .query(Boolean.class)
                .single();
    }

    /**
     * The content, all of it read and found to be what was uploaded before the first byte leaves, so that whoever asks for
     * another is told so and does not get a download that breaks off. It is hashed again as it leaves: a file that is
     * replaced in between is not sent to its end.
     *
     * @throws RefusedException when the store does not have it, or has something else
     */
    InputStream open(EvidenceVersion version) {
        String sha256 = version.sha256();
        try {
            StoredContents.State state = stored.stateOf(sha256);
            if (state != StoredContents.State.SOUND) {
                damaged.note(sha256, state);
            }
            return switch (state) {
                case MISSING -> throw RefusedException.notFound("refusal.evidence.missing", version.name());
                case CHANGED -> throw RefusedException.conflict("refusal.evidence.changed", version.name());
                case SOUND ->
                    stored.open(sha256, version.bytes(), () -> damaged.note(sha256, StoredContents.State.CHANGED));
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The small picture, made when it is asked for the first time; empty where there can be none. */
    Optional<InputStream> openThumbnail(EvidenceVersion version) {
        String key = version.sha256() + THUMBNAIL;
        try {
            if (store.size(key).isEmpty() && !makeThumbnail(version, key)) {
                return Optional.empty();
            }
            return Optional.of(store.open(key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean makeThumbnail(EvidenceVersion version, String key) throws IOException {
        decoding.acquireUninterruptibly();
        Path picture = properties.incoming().resolve(UUID.randomUUID() + THUMBNAIL);
        try (InputStream content = open(version)) {
            boolean made = shrink(content, version, picture);
            if (made) {
                store.put(key, picture);
            }
            jdbc.sql("update evidence_content set thumbnail = ? where sha256 = ?")
                    .params(made, version.sha256())
                    .update();
            return made;
        } finally {
            decoding.release();
            Files.deleteIfExists(picture);
        }
    }

    private boolean shrink(InputStream content, EvidenceVersion version, Path picture) {
        EvidenceProperties.Thumbnail limits = properties.thumbnail();
        try {
            Images.shrink(content, version.type(), properties.incoming(), limits.edge(), limits.mostPixels(), picture);
            return true;
        } catch (IOException e) {
            log.info("No small picture of {}: {}", version.sha256(), e.getMessage());
            return false;
        }
    }

    /** Removes content and small picture from the store. */
    void delete(String sha256) throws IOException {
        store.delete(sha256);
        store.delete(sha256 + THUMBNAIL);
    }

    /** Whether the store has so many bytes of it. */
    boolean isPresent(String sha256, long bytes) throws IOException {
        OptionalLong size = store.size(sha256);
        return size.isPresent() && size.getAsLong() == bytes;
    }

    private String allowed() {
        return String.join(
                " ", properties.types().stream().map(Enum::name).sorted().toList());
    }

    private static String digest(Path file) throws IOException {
        try (DigestInputStream content = new DigestInputStream(Files.newInputStream(file), sha256())) {
            content.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(content.getMessageDigest().digest());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
