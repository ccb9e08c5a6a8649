package org.guiling.evidence.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalLong;

/** Content in a folder, spread over 256 folders by the first two digits. Several nodes share one folder. */
final class FolderStore implements ContentStore {

    private final Path directory;

    /** @throws IOException when the folder cannot be made */
    FolderStore(Path directory) throws IOException {
        this.directory = directory.toAbsolutePath();
        Files.createDirectories(this.directory);
        if (this.directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(this.directory, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** The move is the moment from which it is there; before, it is on the disk. */
    @Override
    public void put(String key, Path file) throws IOException {
        Path kept = path(key);
        Files.createDirectories(kept.getParent());
        force(file);
        if (Files.getFileStore(file).equals(Files.getFileStore(directory))) {
            Files.move(file, kept, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        Path copy = Files.createTempFile(kept.getParent(), "incoming", null);
        try {
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            force(copy);
            Files.move(copy, kept, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    @Override
    public InputStream open(String key) throws IOException {
        return Files.newInputStream(path(key));
    }

    @Override
    public OptionalLong size(String key) throws IOException {
        try {
            return OptionalLong.of(Files.size(path(key)));
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public void delete(String key) throws IOException {
        Files.deleteIfExists(path(key));
    }

    private Path path(String key) {
        return directory.resolve(key.substring(0, 2)).resolve(key);
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
