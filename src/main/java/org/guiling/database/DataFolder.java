package org.guiling.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The folder of one installation, held by one application at a time.
 *
 * <p>The lock is the operating system's: it ends with the process, also after {@code kill -9}, so a leftover file never
 * locks anybody out.
 */
final class DataFolder implements AutoCloseable {

    private final Path directory;
    private final FileChannel channel;

    private DataFolder(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Takes the folder, creating it where it is missing.
     *
     * @throws DataFolderInUseException when another application holds it
     */
    static DataFolder acquire(Path directory) {
        try {
            Path absolute = Files.createDirectories(directory.toAbsolutePath().normalize());
            FileChannel channel = FileChannel.open(
                    absolute.resolve("guiling.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new DataFolderInUseException(absolute, readHolder(absolute));
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new DataFolder(absolute, channel);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot use the data folder " + directory, e);
        }
    }

    Path postgres() {
        return directory.resolve("postgres");
    }

    Path binaries() {
        return directory.resolve("postgres-binaries");
    }

    /** Output of the server once it was started again. */
    Path log() {
        return directory.resolve("postgres.log");
    }

    /** The password of the embedded server, made on the first start and readable by the owner only. */
    String password() {
        Path file = directory.resolve("postgres.password");
        try {
            if (!Files.exists(file)) {
                byte[] secret = new byte[24];
                new SecureRandom().nextBytes(secret);
                Files.writeString(file, HexFormat.of().formatHex(secret));
                if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
                }
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read or write " + file, e);
        }
    }

    /** The server process that holds the data, if it runs. */
    Optional<ProcessHandle> server() {
        Path pidFile = postgres().resolve("postmaster.pid");
        try {
            if (!Files.exists(pidFile)) {
                return Optional.empty();
            }
            List<String> lines = Files.readAllLines(pidFile);
            return lines.isEmpty()
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(lines.get(0).strip())).filter(DataFolder::isPostgres);
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot release " + directory, e);
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        // A process id is reused after a restart of the machine: never stop a stranger.
        return process.info()
                .command()
                .map(command -> command.contains("postgres"))
                .orElse(false);
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String readHolder(Path directory) {
        try {
            return Files.readString(directory.resolve("guiling.lock")).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
