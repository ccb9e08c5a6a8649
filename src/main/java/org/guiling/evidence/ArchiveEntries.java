package org.guiling.evidence;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The names of what is in a zip file; nothing of it is unpacked. */
final class ArchiveEntries {

    /** More than any document has; the directory of an archive is read into memory as a whole. */
    private static final int MOST_ENTRIES = 20_000;

    private static final int LARGEST_DIRECTORY = 4 * 1024 * 1024;
    private static final int END_RECORD = 22;
    private static final int LONGEST_COMMENT = 65_535;
    private static final int END_SIGNATURE = 0x06054b50;

    private ArchiveEntries() {}

    /** Empty where the file is damaged, or its directory larger than that of any document. */
    static Set<String> of(Path file) {
        try {
            if (!hasSmallDirectory(file)) {
                return Set.of();
            }
            try (ZipFile archive = new ZipFile(file.toFile())) {
                return archive.stream().map(ZipEntry::getName).collect(Collectors.toSet());
            }
        } catch (IOException | RuntimeException e) {
            // Too damaged to tell what is in it.
            return Set.of();
        }
    }

    /** Asked before the directory is read: a file may claim entries by the million. */
    private static boolean hasSmallDirectory(Path file) throws IOException {
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "r")) {
            int length = (int) Math.min(content.length(), END_RECORD + LONGEST_COMMENT);
            byte[] tail = new byte[length];
            content.seek(content.length() - length);
            content.readFully(tail);
            ByteBuffer end = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN);
            for (int at = length - END_RECORD; at >= 0; at--) {
                if (end.getInt(at) == END_SIGNATURE) {
                    int entries = end.getShort(at + 10) & 0xffff;
                    long directory = end.getInt(at + 12) & 0xffff_ffffL;
                    return entries <= MOST_ENTRIES && directory <= LARGEST_DIRECTORY;
                }
            }
            return false;
        }
    }
}
