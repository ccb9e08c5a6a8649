package org.guiling.evidence.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.apache.poi.poifs.filesystem.DirectoryEntry;
import org.apache.poi.poifs.filesystem.DirectoryNode;
import org.apache.poi.poifs.filesystem.DocumentEntry;
import org.apache.poi.poifs.filesystem.DocumentInputStream;
import org.apache.poi.poifs.filesystem.Entry;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/** A document of the old formats, {@code .doc} and {@code .xls}: what it brings is told by its storages and streams. */
final class CompoundDocument {

    private static final int MAX_ENTRIES = 10_000;
    private static final int DEEPEST = 16;
    private static final Set<String> MACROS =
            Set.of("macros", "_vba_project_cur", "_vba_project", "vba", "projectwm", "project");
    private static final Set<String> OBJECTS =
            Set.of("package", "ctls", "encryptedpackage", "\u0001ole10native", "\u0001ole10itemname", "\u0003ocxname");
    private static final String OBJECT_POOL = "objectpool";
    /** Of an embedded object in a workbook, and of a linked one. */
    private static final String EMBEDDED = "mbd";

    private static final String LINKED = "lnk";

    private int entries;

    private CompoundDocument() {}

    /** @throws ActiveContentException when it brings what acts, or cannot be looked at */
    static void check(Path file) throws IOException {
        try (POIFSFileSystem container = new POIFSFileSystem(file.toFile(), true)) {
            DirectoryNode root = container.getRoot();
            new CompoundDocument().checkStorage(root, 1);
            for (Entry entry : root) {
                String name = entry.getName().toLowerCase(Locale.ROOT);
                if (name.equals("workbook") || name.equals("book")) {
                    checkStream(entry, WorkbookStream::check);
                } else if (name.equals("worddocument")) {
                    checkStream(entry, WordStream::check);
                }
            }
        } catch (ActiveContentException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new ActiveContentException(ActiveContent.STRUCTURE, "the container");
        }
    }

    /** Looks at a stream of a document. */
    @FunctionalInterface
    private interface StreamCheck {
        void look(InputStream content, String name) throws IOException;
    }

    private static void checkStream(Entry entry, StreamCheck check) throws IOException {
        if (!(entry instanceof DocumentEntry document)) {
            throw new ActiveContentException(ActiveContent.STRUCTURE, entry.getName());
        }
        try (DocumentInputStream content = new DocumentInputStream(document)) {
            check.look(content, entry.getName());
        }
    }

    private void checkStorage(DirectoryEntry storage, int depth) throws IOException {
        require(depth <= DEEPEST, ActiveContent.STRUCTURE, storage.getName());
        for (Entry entry : storage) {
            String name = entry.getName().toLowerCase(Locale.ROOT);
            require(++entries <= MAX_ENTRIES, ActiveContent.STRUCTURE, name);
            require(!MACROS.contains(name), ActiveContent.MACROS, name);
            require(!OBJECTS.contains(name), ActiveContent.OBJECTS, name);
            if (entry instanceof DirectoryEntry within) {
                // Word leaves an empty pool behind where an object was.
                require(!name.equals(OBJECT_POOL) || within.isEmpty(), ActiveContent.OBJECTS, name);
                require(!name.startsWith(EMBEDDED), ActiveContent.OBJECTS, name);
                require(!name.startsWith(LINKED), ActiveContent.EXTERNAL, name);
                checkStorage(within, depth + 1);
            }
        }
    }

    static void require(boolean condition, ActiveContent found, String where) throws ActiveContentException {
        if (!condition) {
            throw new ActiveContentException(found, where);
        }
    }

    /** The records of a workbook ([MS-XLS] 2.4). */
    private static final class WorkbookStream {

        private static final int BEGIN = 0x0809;
        private static final int BIFF5 = 0x0500;
        private static final int SHEET = 0x0085;
        private static final int MACRO_SHEET = 1;
        private static final int MODULE = 6;
        private static final int PROJECT = 0x00d3;
        private static final int ENCRYPTED = 0x002f;
        private static final int BOOK = 0x01ae;
        private static final int OWN_BOOK = 0x0401;
        private static final int ADD_IN = 0x3a01;
        private static final int EXTERNAL_SHEET = 0x0017;
        private static final Set<Integer> QUERIES = Set.of(0x00dc, 0x0876, 0x0805);
        private static final int HEAD = 4;

        static void check(InputStream content, String name) throws IOException {
            boolean isOld = false;
            for (byte[] head = content.readNBytes(HEAD); head.length == HEAD; head = content.readNBytes(HEAD)) {
                ByteBuffer numbers = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
                int kind = numbers.getShort(0) & 0xffff;
                byte[] data = content.readNBytes(numbers.getShort(2) & 0xffff);
                ByteBuffer values = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
                switch (kind) {
                    case BEGIN -> isOld = isOld || data.length > 1 && values.getShort(0) == BIFF5;
                    case SHEET -> {
                        int type = data.length > 5 ? data[5] & 0x0f : 0;
                        require(type != MACRO_SHEET && type != MODULE, ActiveContent.MACROS, name);
                    }
                    case PROJECT -> require(false, ActiveContent.MACROS, name);
                    case ENCRYPTED -> require(false, ActiveContent.STRUCTURE, name);
                    case BOOK -> require(isOwnBook(values), ActiveContent.EXTERNAL, name);
                    case EXTERNAL_SHEET -> require(!isOld || isOwnSheet(data), ActiveContent.EXTERNAL, name);
                    default -> require(!QUERIES.contains(kind), ActiveContent.EXTERNAL, name);
                }
            }
        }

        /** The workbook itself, functions of add-ins, or none; else another workbook, DDE or an object. */
        private static boolean isOwnBook(ByteBuffer data) {
            if (data.limit() < 4) {
                return true;
            }
            int kind = data.getShort(2) & 0xffff;
            boolean isUnused = kind == 1 && data.limit() >= 6 && (data.get(5) == ' ' || data.get(5) == 0);
            return kind == OWN_BOOK || kind == ADD_IN || isUnused;
        }

        /** In the oldest workbooks each sheet that is named is written out; a first 1 is another file's, a later 3 is DDE. */
        private static boolean isOwnSheet(byte[] data) {
            if (data.length > 1 && data[1] == 1) {
                return false;
            }
            for (int i = 2; i < data.length; i++) {
                if (data[i] == 3) {
                    return false;
                }
            }
            return true;
        }
    }

    /** The text of a Word document, as far as it holds fields ([MS-DOC] 2.8.25). */
    private static final class WordStream {

        private static final int FLAGS_AT = 0x0a;
        private static final int ENCRYPTED = 0x0100;
        private static final int FIELD = 0x13;
        private static final int LONGEST_NAME = 32;
        private static final Set<String> FIELDS = Set.of(
                "DDE", "DDEAUTO", "INCLUDE", "INCLUDETEXT", "INCLUDEPICTURE", "IMPORT", "LINK", "RD", "DATABASE");

        static void check(InputStream content, String name) throws IOException {
            byte[] begin = content.readNBytes(FLAGS_AT + 2);
            require(begin.length == FLAGS_AT + 2, ActiveContent.STRUCTURE, name);
            int flags = ByteBuffer.wrap(begin).order(ByteOrder.LITTLE_ENDIAN).getShort(FLAGS_AT);
            require((flags & ENCRYPTED) == 0, ActiveContent.STRUCTURE, name);
            checkFields(content, name);
        }

        /** Text stands there in one byte or in two for a character; of latin letters the second is zero. */
        private static void checkFields(InputStream content, String name) throws IOException {
            byte[] buffer = new byte[65_536];
            StringBuilder field = null;
            for (int read = content.read(buffer); read > 0; read = content.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    int character = buffer[i] & 0xff;
                    if (character == FIELD) {
                        field = new StringBuilder();
                    } else if (field != null && character != 0) {
                        field = nameGoesOn(field, character, name) ? field : null;
                    }
                }
            }
        }

        private static boolean nameGoesOn(StringBuilder field, int character, String where) throws IOException {
            boolean isLetter = character < 0x80 && Character.isLetter(character);
            if (isLetter) {
                field.append((char) Character.toUpperCase(character));
                return field.length() <= LONGEST_NAME;
            }
            require(!FIELDS.contains(field.toString()), ActiveContent.FIELDS, where);
            return field.isEmpty() && (character == ' ' || character == '"');
        }
    }
}
