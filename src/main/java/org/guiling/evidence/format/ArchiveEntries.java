package org.guiling.evidence.format;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the directory of a zip file; unpacks none of its entries. */
final class ArchiveEntries {

    /** More than any document has; the directory of an archive is read into memory as a whole. */
    private static final int MAX_ENTRIES = 20_000;

    private static final int LARGEST_DIRECTORY = 4 * 1024 * 1024;
    private static final int END_RECORD = 22;
    private static final int LONGEST_COMMENT = 65_535;
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int DIRECTORY_SIGNATURE = 0x02014b50;
    private static final int DIRECTORY_HEAD = 46;
    private static final int LOCAL_SIGNATURE = 0x04034b50;
    private static final int LOCAL_HEAD = 30;
    private static final int ENCRYPTED = 1;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;

    private ArchiveEntries() {}

    /** @param name as its bytes stand there */
    private record Entry(byte[] name, int flags, int method, long compressed, long at) {

        String text() {
            return new String(name, StandardCharsets.UTF_8);
        }
    }

    /** Empty where the file is damaged, or its directory larger than that of any document. */
    static Set<String> of(Path file) {
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "r")) {
            return directory(content).stream().map(Entry::text).collect(Collectors.toSet());
        } catch (IOException | RuntimeException e) {
            // Too damaged to tell what is in it.
            return Set.of();
        }
    }

    /**
     * Makes sure that every program reads the same of it: each name once, none that leads elsewhere, the directory in
     * accord with what stands before each entry, no entry within another, nothing encrypted.
     *
     * @throws ActiveContentException when it does not
     */
    static void requirePlain(Path file) throws IOException {
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "r")) {
            List<Entry> entries = directory(content);
            Set<String> names = new HashSet<>();
            long free = 0;
            for (Entry entry :
                    entries.stream().sorted(Comparator.comparingLong(Entry::at)).toList()) {
                require(isPlain(entry.text()) && names.add(entry.text().toLowerCase(Locale.ROOT)), entry);
                require((entry.flags() & ENCRYPTED) == 0, entry);
                require(entry.method() == STORED || entry.method() == DEFLATED, entry);
                require(entry.at() >= free, entry);
                free = requireLocal(content, entry);
            }
        } catch (ActiveContentException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new ActiveContentException(ActiveContent.STRUCTURE, "the directory of the archive");
        }
    }

    private static boolean isPlain(String name) {
        return !name.isEmpty()
                && !name.startsWith("/")
                && name.chars().noneMatch(c -> c == '\\' || c == ':' || Character.isISOControl(c) || c == '\ufffd')
                && Arrays.stream(name.split("/")).noneMatch(part -> part.equals("..") || part.equals("."));
    }

    /** @return where the entry ends */
    private static long requireLocal(RandomAccessFile content, Entry entry) throws IOException {
        ByteBuffer head = read(content, entry.at(), LOCAL_HEAD);
        byte[] name = new byte[head.getShort(26) & 0xffff];
        content.readFully(name);
        require(
                head.getInt(0) == LOCAL_SIGNATURE
                        && Arrays.equals(name, entry.name())
                        && (head.getShort(8) & 0xffff) == entry.method()
                        && (head.getShort(6) & ENCRYPTED) == 0,
                entry);
        return entry.at() + LOCAL_HEAD + name.length + (head.getShort(28) & 0xffff) + entry.compressed();
    }

    private static void require(boolean condition, Entry entry) throws ActiveContentException {
        if (!condition) {
            throw new ActiveContentException(ActiveContent.STRUCTURE, entry.text());
        }
    }

    /** Asked how large it is before it is read: a file may claim entries by the million. */
    private static List<Entry> directory(RandomAccessFile content) throws IOException {
        int length = (int) Math.min(content.length(), END_RECORD + LONGEST_COMMENT);
        ByteBuffer tail = read(content, content.length() - length, length);
        for (int at = length - END_RECORD; at >= 0; at--) {
            boolean isEnd =
                    tail.getInt(at) == END_SIGNATURE && at + END_RECORD + (tail.getShort(at + 20) & 0xffff) == length;
            if (isEnd) {
                int entries = tail.getShort(at + 10) & 0xffff;
                long size = tail.getInt(at + 12) & 0xffff_ffffL;
                long from = tail.getInt(at + 16) & 0xffff_ffffL;
                if (entries > MAX_ENTRIES || size > LARGEST_DIRECTORY) {
                    throw new IOException("The directory is larger than that of any document");
                }
                return entries(read(content, from, (int) size), entries);
            }
        }
        throw new IOException("There is no directory");
    }

    private static List<Entry> entries(ByteBuffer directory, int count) throws IOException {
        List<Entry> entries = new ArrayList<>();
        while (directory.remaining() >= DIRECTORY_HEAD
                && directory.getInt(directory.position()) == DIRECTORY_SIGNATURE) {
            int at = directory.position();
            byte[] name = new byte[directory.getShort(at + 28) & 0xffff];
            int behind = name.length + (directory.getShort(at + 30) & 0xffff) + (directory.getShort(at + 32) & 0xffff);
            directory.get(at + DIRECTORY_HEAD, name);
            entries.add(new Entry(
                    name,
                    directory.getShort(at + 8),
                    directory.getShort(at + 10) & 0xffff,
                    directory.getInt(at + 20) & 0xffff_ffffL,
                    directory.getInt(at + 42) & 0xffff_ffffL));
            directory.position(at + DIRECTORY_HEAD + behind);
        }
        if (entries.size() != count) {
            throw new IOException("The directory is damaged");
        }
        return entries;
    }

    private static ByteBuffer read(RandomAccessFile content, long at, int length) throws IOException {
        byte[] bytes = new byte[length];
        content.seek(at);
        content.readFully(bytes);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
