package org.guiling.ledger.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.guiling.refusal.RefusedException;

/** Opens a file for what it is: its first bytes decide, and its name must agree with them. */
public final class TableFile {

    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final byte[] OLE2 = {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, (byte) 0xa1, (byte) 0xb1, 0x1a};
    private static final int HEAD_BYTES = 512;
    private static final Set<String> TEXT_EXTENSIONS = Set.of("csv", "tsv", "txt");
    private static final Set<String> WORKBOOK_EXTENSIONS = Set.of("xlsx", "et");
    private static final Set<String> OLD_WORKBOOK_EXTENSIONS = Set.of("xls", "et");

    private TableFile() {}

    /**
     * Opens the file.
     *
     * @param fileName the name under which the person knows it
     * @param isHeader whether a text heads a column that somebody looks for; tells delimiters apart
     * @throws RefusedException when it is too large, empty, or no table that can be read
     */
    public static TableReader open(Path file, String fileName, Predicate<String> isHeader) {
        try {
            long size = Files.size(file);
            if (size == 0) {
                throw Refusal.of("import.file.empty");
            }
            if (size > Limits.FILE_BYTES) {
                throw Refusal.of("import.file.large", Limits.FILE_BYTES / 1024 / 1024);
            }
            byte[] head = head(file);
            String extension = extension(fileName);
            if (startsWith(head, OLE2)) {
                if (isEncrypted(file)) {
                    throw Refusal.of("import.file.encrypted");
                }
                requireExtension(extension, OLD_WORKBOOK_EXTENSIONS, "import.file.extension-old");
                return XlsReader.open(file);
            }
            if (startsWith(head, ZIP)) {
                requireExtension(extension, WORKBOOK_EXTENSIONS, "import.file.extension-workbook");
                return XlsxReader.open(file);
            }
            requireText(head);
            requireExtension(extension, TEXT_EXTENSIONS, "import.file.extension-text");
            return CsvReader.open(file, isHeader);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the uploaded file", e);
        }
    }

    private static void requireText(byte[] head) {
        String start = new String(head, StandardCharsets.ISO_8859_1).strip();
        if (start.startsWith("<") || start.startsWith("\u00ef\u00bb\u00bf<") || start.startsWith("%PDF")) {
            throw Refusal.of("import.file.no-table");
        }
    }

    private static void requireExtension(String extension, Set<String> allowed, String code) {
        if (!allowed.contains(extension)) {
            throw Refusal.of(code, extension);
        }
    }

    /** An encrypted workbook is wrapped in the container of the old format. */
    private static boolean isEncrypted(Path file) {
        try (POIFSFileSystem container = new POIFSFileSystem(file.toFile(), true)) {
            return container.getRoot().hasEntryCaseInsensitive("EncryptedPackage");
        } catch (IOException | RuntimeException e) {
            // Too damaged to tell; the reader of the old format says so.
            return false;
        }
    }

    private static byte[] head(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return content.readNBytes(HEAD_BYTES);
        }
    }

    private static boolean startsWith(byte[] content, byte[] start) {
        return content.length >= start.length && Arrays.equals(content, 0, start.length, start, 0, start.length);
    }

    private static String extension(String fileName) {
        int dot = fileName == null ? -1 : fileName.lastIndexOf('.');
        return dot < 0 ? "" : fileName.substring(dot + 1).strip().toLowerCase(Locale.ROOT);
    }
}
