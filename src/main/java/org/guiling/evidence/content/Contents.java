package org.guiling.evidence.content;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.codec.digest.DigestUtils;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.RepeatedEvents;
import org.guiling.evidence.format.ActiveContent;
import org.guiling.evidence.format.ActiveContentException;
import org.guiling.evidence.format.EvidenceProperties;
import org.guiling.evidence.format.FileType;
import org.guiling.evidence.image.Blot;
import org.guiling.evidence.image.BlottedStream;
import org.guiling.evidence.image.Images;
import org.guiling.evidence.image.Locations;
import org.guiling.evidence.image.UnreadableImageException;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Person;
import org.guiling.refusal.RefusedException;
import org.guiling.scan.UploadScan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The contents of files, each once, known by its SHA-256. Nothing here is part of anybody's transaction: a store rolls
 * nothing back, so a content is noted before the store gets it and removed by {@link ContentSweep} when nothing names it.
 */
@Component
public class Contents implements Originals {

    private static final Logger log = LoggerFactory.getLogger(Contents.class);
    private static final Duration REFUSALS_APART = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final ContentStore store;
    private final StoredContents stored;
    private final DamagedContents damaged;
    private final EvidenceProperties properties;
    private final UploadScan scan;
    private final RepeatedEvents events;
    private final CurrentPerson currentPerson;
    private final Clock clock;

    Contents(
            JdbcClient jdbc,
            ContentStore store,
            StoredContents stored,
            DamagedContents damaged,
            EvidenceProperties properties,
            UploadScan scan,
            RepeatedEvents events,
            CurrentPerson currentPerson,
            Clock clock) {
        this.jdbc = jdbc;
        this.store = store;
        this.stored = stored;
        this.damaged = damaged;
        this.properties = properties;
        this.scan = scan;
        this.events = events;
        this.currentPerson = currentPerson;
        this.clock = clock;
    }

    /**
     * An uploaded file that was examined.
     *
     * @param pixels empty for what is no image, or none that can be read
     * @param scanned true where a scanner found nothing; false where none has looked
     */
    public record Examined(
            String name, Path file, String sha256, long bytes, FileType type, OptionalLong pixels, boolean scanned) {}

    /**
     * To be asked outside of transactions, since a scanner may take its time.
     *
     * @throws RefusedException when it is empty, too large, of a type that is not allowed, not what its name says, or the scanner
     *     does not let it pass
     */
    public Examined examine(UploadedFile upload) {
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
                refused(name, "MISMATCH");
                throw RefusedException.invalid("file", "refusal.evidence.mismatch", name, named.name());
            }
            requireNothingActive(name, upload.file(), named);
            boolean scanned = scan.isScanned(name, bytes, () -> Files.newInputStream(upload.file()));
            return new Examined(
                    name,
                    upload.file(),
                    digest(upload.file()),
                    bytes,
                    named,
                    Images.pixels(upload.file(), named),
                    scanned);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the uploaded file", e);
        }
    }

    private void refused(String name, String why) {
        events.record(
                AuditEventKind.CONTENT_REFUSED,
                currentPerson.find().map(Person::id).orElse(null),
                name,
                Map.of("why", why),
                REFUSALS_APART);
    }

    private void requireNothingActive(String name, Path file, FileType type) throws IOException {
        try {
            ActiveContent.requireNone(file, type, properties.incoming());
        } catch (ActiveContentException e) {
            log.info("Refused the upload {}: {}", name, e.getMessage());
            refused(name, String.valueOf(e.found()));
            throw RefusedException.invalid("file", "refusal.evidence.content." + e.found(), name);
        }
    }

    /**
     * Notes the content and brings it into the store, unless it is there. A quarantined content that a scanner now finds nothing in
     * is out of quarantine.
     *
     * @throws RefusedException when it is in quarantine and no scanner has looked now
     */
    public void keep(Examined found) {
        if (!found.scanned()) {
            malware(found.sha256()).ifPresent(malware -> {
                throw UploadScan.infected(found.name(), malware);
            });
        }
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
                        insert into evidence_content (sha256, bytes, type, pixels, wanted_at, scanned_at)
                        values (?, ?, ?, ?, ?, ?)
                        on conflict (sha256) do update
                        set wanted_at = excluded.wanted_at,
                            scanned_at = coalesce(excluded.scanned_at, evidence_content.scanned_at),
                            malware = case when excluded.scanned_at is null then evidence_content.malware end
                        returning stored_at is not null and changed_since is null""")
                .params(
                        found.sha256(),
                        found.bytes(),
                        found.type().name(),
                        found.pixels().isPresent() ? found.pixels().getAsLong() : null,
                        OffsetDateTime.now(clock),
                        found.scanned() ? OffsetDateTime.now(clock) : null)
                .query(Boolean.class)
                .single();
    }

    private Optional<String> malware(String sha256) {
        return jdbc.sql("select malware from evidence_content where sha256 = ? and malware is not null")
                .param(sha256)
                .query(String.class)
                .optional();
    }

    /**
     * The content, all of it read and found to be what was uploaded before the first byte leaves, so that whoever asks for
     * another is told so and does not get a download that breaks off. It is hashed again as it leaves: a file that is
     * replaced in between is not sent to its end.
     *
     * @throws RefusedException when the store does not have it, or has something else, or it is in quarantine
     */
    @Override
    public InputStream open(EvidenceVersion version) {
        requireServed(version);
        try {
            StoredContents.State state = stored.stateOf(version.sha256());
            if (state != StoredContents.State.SOUND) {
                damaged.note(version.sha256(), state);
            }
            return switch (state) {
                case MISSING -> throw RefusedException.notFound("refusal.evidence.missing", version.name());
                case CHANGED -> throw RefusedException.conflict("refusal.evidence.changed", version.name());
                case SOUND -> openSound(version);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private InputStream openSound(EvidenceVersion version) throws IOException {
        String sha256 = version.sha256();
        return stored.open(sha256, version.bytes(), () -> damaged.note(sha256, StoredContents.State.CHANGED));
    }

    /** @throws RefusedException when it is in quarantine */
    static void requireServed(EvidenceVersion version) {
        if (version.scan() == EvidenceVersion.Scan.INFECTED) {
            throw RefusedException.notFound("refusal.evidence.quarantined", version.name());
        }
    }

    /**
     * The content as it is served: as long as the original, and without where a picture was taken.
     *
     * @throws RefusedException when the content is not to be had, or a picture is built so that its place cannot be found
     */
    public InputStream openWithoutLocation(EvidenceVersion version) {
        if (!version.type().mayTellLocation()) {
            return open(version);
        }
        try {
            List<Blot> blots;
            try (InputStream content = new BufferedInputStream(open(version))) {
                blots = Locations.of(content, version.type());
            }
            return new BlottedStream(openSound(version), blots);
        } catch (UnreadableImageException e) {
            throw RefusedException.conflict("refusal.evidence.location", version.name());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes content and small picture from the store. */
    void delete(String sha256) throws IOException {
        store.delete(sha256);
        store.delete(Thumbnails.key(sha256));
    }

    /** True where the store has so many bytes of it. */
    boolean isPresent(String sha256, long bytes) throws IOException {
        OptionalLong size = store.size(sha256);
        return size.isPresent() && size.getAsLong() == bytes;
    }

    private String allowed() {
        return String.join(
                " ", properties.types().stream().map(Enum::name).sorted().toList());
    }

    private static String digest(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return DigestUtils.sha256Hex(content);
        }
    }
}
