package org.guiling.audit.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.guiling.audit.log.LogLine.Extent;
import org.guiling.time.OfficeClock;

/**
 * A file of JSON lines that its owner alone reads. At a size, and on a new day, it is put aside under its day and the number of its
 * last line; nothing here deletes any of them.
 */
final class FileSink implements LogSink {

    private static final int LINE_END = '\n';

    private final Path file;
    private final long rotateAt;
    private final OfficeClock clock;

    /** @param rotateAt in bytes */
    FileSink(Path file, long rotateAt, OfficeClock clock) {
        this.file = file.toAbsolutePath();
        this.rotateAt = rotateAt;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "file";
    }

    @Override
    public String target() {
        return file.toString();
    }

    @Override
    public Content content(LoggedEvent event, long n, String before) {
        LogLine line = LogLine.of(event, n, before, Extent.WHOLE);
        return new Content(line.text(), line);
    }

    /** Writes only the lines that are missing there: one that a stop has cut off goes, whole ones are known by their text. */
    @Override
    public void send(List<Made> lines) throws IOException {
        Files.createDirectories(file.getParent());
        List<Made> missing = lines;
        if (Files.exists(file)) {
            String last = endAtALine();
            missing = lines.subList(indexOf(last, lines) + 1, lines.size());
            // After the last line that is there, one that is not the next: the database is one of before, restored.
            boolean another = !last.isEmpty() && !missing.isEmpty() && !follows(last, missing.get(0));
            if (!missing.isEmpty() && (another || isFull() || isOfAnotherDay())) {
                putAside(last);
            }
        }
        append(missing);
    }

    private static int indexOf(String last, List<Made> lines) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (lines.get(i).text().equals(last)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean follows(String last, Made next) {
        int chained = last.lastIndexOf(LogLine.CHAINED);
        return chained >= 0
                && next.text()
                        .contains("\"before\":\""
                                + last.substring(chained + LogLine.CHAINED.length(), last.length() - 2));
    }

    private boolean isFull() throws IOException {
        return Files.size(file) >= rotateAt;
    }

    private boolean isOfAnotherDay() throws IOException {
        LocalDate written = LocalDate.ofInstant(Files.getLastModifiedTime(file).toInstant(), clock.getZone());
        return !written.equals(clock.today());
    }

    /** Named so that a listing has the files in their order, this one last. */
    private void putAside(String last) throws IOException {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        LocalDate day = LocalDate.ofInstant(Files.getLastModifiedTime(file).toInstant(), clock.getZone());
        String aside =
                "%s-%s-%012d".formatted(dot < 0 ? name : name.substring(0, dot), day, LogVerification.number(last));
        String ending = dot < 0 ? "" : name.substring(dot);
        Path free = file.resolveSibling(aside + ending);
        for (int i = 1; Files.exists(free); i++) {
            free = file.resolveSibling(aside + "-" + i + ending);
        }
        Files.move(file, free, StandardCopyOption.ATOMIC_MOVE);
    }

    private void append(List<Made> lines) throws IOException {
        if (lines.isEmpty()) {
            return;
        }
        StringBuilder content = new StringBuilder();
        lines.forEach(line -> content.append(line.text()).append((char) LINE_END));
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        try (FileChannel channel = FileChannel.open(file, options, ownersAlone())) {
            ByteBuffer bytes = ByteBuffer.wrap(content.toString().getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
    }

    /** Cuts off what is behind the last end of a line. @return the last line; empty where there is none */
    private String endAtALine() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long end = lineEndBefore(channel, channel.size());
            if (end + 1 < channel.size()) {
                channel.truncate(end + 1);
                channel.force(true);
            }
            long start = end < 0 ? 0 : lineEndBefore(channel, end) + 1;
            ByteBuffer line = ByteBuffer.allocate(Math.toIntExact(Math.max(0, end - start)));
            while (line.hasRemaining() && channel.read(line, start + line.position()) >= 0) {}
            return new String(line.array(), UTF_8);
        }
    }

    /** Position of the last end of a line before a position; -1 where there is none. */
    private static long lineEndBefore(FileChannel channel, long before) throws IOException {
        ByteBuffer part = ByteBuffer.allocate(8192);
        for (long end = before; end > 0; end -= part.capacity()) {
            long start = Math.max(0, end - part.capacity());
            part.clear().limit((int) (end - start));
            while (part.hasRemaining() && channel.read(part, start + part.position()) >= 0) {}
            for (int i = part.limit() - 1; i >= 0; i--) {
                if (part.get(i) == LINE_END) {
                    return start + i;
                }
            }
        }
        return -1;
    }

    private FileAttribute<?>[] ownersAlone() {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
