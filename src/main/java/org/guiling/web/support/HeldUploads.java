package org.guiling.web.support;

import jakarta.annotation.PostConstruct;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.guiling.refusal.RefusedException;
import org.guiling.scan.UploadScan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;
import org.springframework.web.multipart.MultipartFile;

/**
 * Uploaded files between their dry run and their import. A file is known by a token that only the session of its owner
 * holds, and is gone after half an hour, restarts included: its age is all that is kept about it.
 */
@Component
public class HeldUploads {

    private static final Logger log = LoggerFactory.getLogger(HeldUploads.class);
    private static final Duration KEPT = Duration.ofMinutes(30);
    private static final int TOKEN_BYTES = 16;

    private final SecureRandom random = new SecureRandom();

    private final Path directory;
    private final UploadScan scan;
    private final Clock clock;

    HeldUploads(@Value("${guiling.uploads.directory}") Path directory, UploadScan scan, Clock clock) {
        this.directory = directory;
        this.scan = scan;
        this.clock = clock;
    }

    @PostConstruct
    void prepare() throws IOException {
        Files.createDirectories(directory);
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** Keeps the content; the token finds it again. */
    String hold(InputStream content) throws IOException {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = HexFormat.of().formatHex(bytes);
        Path file = directory.resolve(token);
        try {
            Files.copy(content, file);
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
        } catch (IOException e) {
            // Of a disk that is full, the half that still fitted would take the last of it.
            Files.deleteIfExists(file);
            throw e;
        }
        return token;
    }

    /** @throws RefusedException as for {@link #content} */
    public String hold(MultipartFile file) {
        try (InputStream content = content(file)) {
            return hold(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws RefusedException when it was used or its time is over */
    public Path get(String token) {
        return find(token).orElseThrow(HeldUploads::over);
    }

    /** Says that a file has to be uploaded anew. */
    public static RefusedException over() {
        return RefusedException.invalid("file", "upload.over");
    }

    /**
     * The content of an upload that is not evidence; all of them pass the scanner here.
     *
     * @throws RefusedException when the file is empty, or the scanner does not let it pass
     */
    public InputStream content(MultipartFile file) throws IOException {
        if (file.isEmpty()) {
            throw RefusedException.invalid("file", "upload.empty");
        }
        scan.requireClean(name(file), file.getSize(), file);
        return file.getInputStream();
    }

    /** The name that the file had where it came from, without folders. */
    public static String name(MultipartFile file) {
        return StringUtils.getFilename(
                StringUtils.cleanPath(file.getOriginalFilename() == null ? "" : file.getOriginalFilename()));
    }

    /** The file, unless it was used or its time is over. */
    public Optional<Path> find(String token) {
        Path file = directory.resolve(token);
        return Files.exists(file) && !isOver(file) ? Optional.of(file) : Optional.empty();
    }

    public void drop(String token) {
        delete(directory.resolve(token));
    }

    @Scheduled(fixedRateString = "PT5M")
    public void sweep() {
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(this::isOver).forEach(HeldUploads::delete);
        } catch (IOException e) {
            log.warn("Cannot sweep {}", directory, e);
        }
    }

    private boolean isOver(Path file) {
        try {
            Instant end = Files.getLastModifiedTime(file).toInstant().plus(KEPT);
            return !clock.instant().isBefore(end);
        } catch (IOException e) {
            return true;
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
