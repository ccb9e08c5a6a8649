package org.guiling.evidence.format;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A document of Office Open XML (ECMA-376). What it is and what it brings is told by the content types and relationships of
 * its parts, never by their names: the standard leaves the names to whoever writes it.
 */
final class OfficePackage {

    static final String CONTENT_TYPES = "[Content_Types].xml";

    /** Unpacked, of all parts that are XML together: tables of a hundred thousand rows have a third of it. */
    private static final long MAX_UNPACKED = 300L * 1024 * 1024;

    private static final long LARGEST_CONTENT_TYPES = 4L * 1024 * 1024;
    private static final long LARGEST_WITHIN = 20L * 1024 * 1024;
    private static final int DEEPEST = 2;
    private static final byte[] OLE2_START = {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0};
    private static final byte[] ZIP_START = {'P', 'K', 3, 4};
    private static final byte[] UTF_8_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final List<String> XML_NAMES = List.of(".xml", ".rels", ".vml");
    private static final XMLInputFactory FACTORY = factory();

    private final Path folder;
    private long left = MAX_UNPACKED;

    /** @param folder for a workbook that stands in a document */
    private OfficePackage(Path folder) {
        this.folder = folder;
    }

    /** The kind of its main part; empty where it is neither a text nor a workbook, or damaged. */
    static Optional<FileType> typeOf(Path file) {
        try (ZipFile archive = new ZipFile(file.toFile())) {
            ZipEntry types = archive.stream()
                    .filter(entry -> entry.getName().equalsIgnoreCase(CONTENT_TYPES))
                    .findFirst()
                    .orElseThrow();
            try (InputStream content = new BufferedInputStream(archive.getInputStream(types))) {
                return typeOf(parser(limited(content, CONTENT_TYPES, LARGEST_CONTENT_TYPES)));
            }
        } catch (IOException | XMLStreamException | RuntimeException e) {
            // Too damaged to tell.
            return Optional.empty();
        }
    }

    /**
     * Looks through all of it.
     *
     * @param folder for what is unpacked on the way
     * @throws ActiveContentException when it brings what acts, or cannot be looked at
     */
    static void check(Path file, Path folder) throws IOException {
        new OfficePackage(folder).check(file, 1);
    }

    private static Optional<FileType> typeOf(XMLStreamReader types) throws XMLStreamException {
        while (types.hasNext()) {
            if (types.next() == XMLStreamConstants.START_ELEMENT) {
                String type = types.getAttributeValue(null, "ContentType");
                String lower = type == null ? "" : type.toLowerCase(Locale.ROOT);
                if (lower.endsWith(".main+xml") && lower.contains("word")) {
                    return Optional.of(FileType.DOCX);
                }
                if (lower.endsWith(".main+xml") && (lower.contains("spreadsheetml") || lower.contains("ms-excel"))) {
                    return Optional.of(FileType.XLSX);
                }
            }
        }
        return Optional.empty();
    }

    private void check(Path file, int depth) throws IOException {
        ArchiveEntries.requirePlain(file);
        try (ZipFile archive = new ZipFile(file.toFile())) {
            for (ZipEntry entry : archive.stream().toList()) {
                if (!entry.isDirectory()) {
                    checkPart(archive, entry, depth);
                }
            }
        } catch (ActiveContentException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new ActiveContentException(ActiveContent.STRUCTURE, "the package");
        }
    }

    private void checkPart(ZipFile archive, ZipEntry entry, int depth) throws IOException {
        try (InputStream content = new BufferedInputStream(archive.getInputStream(entry))) {
            content.mark(16);
            byte[] start = content.readNBytes(8);
            content.reset();
            if (startsWith(start, OLE2_START)) {
                throw new ActiveContentException(ActiveContent.OBJECTS, entry.getName());
            }
            if (startsWith(start, ZIP_START)) {
                checkWithin(content, entry.getName(), depth);
            } else if (isXml(start)) {
                checkXml(content, entry.getName());
            } else if (start.length > 0 && isNamedXml(entry.getName())) {
                // Of another encoding: what it says, others may read and we do not.
                throw new ActiveContentException(ActiveContent.STRUCTURE, entry.getName());
            }
        }
    }

    /** The workbook behind a chart may bring macros of its own. */
    private void checkWithin(InputStream content, String name, int depth) throws IOException {
        if (depth >= DEEPEST) {
            throw new ActiveContentException(ActiveContent.OBJECTS, name);
        }
        Path copy = Files.createTempFile(folder, "within", null);
        try {
            long length;
            try (OutputStream to = Files.newOutputStream(copy)) {
                length = copy(content, to);
            }
            if (length > LARGEST_WITHIN
                    || FileType.ofContent(copy).filter(FileType.XLSX::equals).isEmpty()) {
                throw new ActiveContentException(ActiveContent.OBJECTS, name);
            }
            check(copy, depth + 1);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    /** No more than shows that it is too large. */
    private static long copy(InputStream content, OutputStream to) throws IOException {
        byte[] buffer = new byte[65_536];
        long length = 0;
        for (int read = content.read(buffer); read >= 0 && length <= LARGEST_WITHIN; read = content.read(buffer)) {
            to.write(buffer, 0, read);
            length += read;
        }
        return length;
    }

    private void checkXml(InputStream content, String name) throws IOException {
        TokenLimit limited = limited(content, name, left);
        try {
            new OfficePart(name, parser(limited)).check();
        } catch (XMLStreamException | RuntimeException e) {
            throw cause(e, name);
        } finally {
            left -= limited.total();
        }
    }

    /** Unwraps the exception that our own checks threw within the parser's; any other failure is one of the structure. */
    private static ActiveContentException cause(Exception e, String name) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ActiveContentException found) {
                return found;
            }
        }
        return new ActiveContentException(ActiveContent.STRUCTURE, name);
    }

    private static TokenLimit limited(InputStream content, String name, long limit) throws IOException {
        content.mark(UTF_8_MARK.length + 1);
        if (!startsWith(content.readNBytes(UTF_8_MARK.length), UTF_8_MARK)) {
            content.reset();
        }
        CharsetDecoder strict = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        return new TokenLimit(new InputStreamReader(content, strict), name, limit);
    }

    private static XMLStreamReader parser(TokenLimit content) throws XMLStreamException {
        return FACTORY.createXMLStreamReader(content);
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        return factory;
    }

    private static boolean isXml(byte[] start) {
        int at = startsWith(start, UTF_8_MARK) ? UTF_8_MARK.length : 0;
        while (at < start.length && (start[at] == ' ' || start[at] == '\t' || start[at] == '\r' || start[at] == '\n')) {
            at++;
        }
        return at + 1 < start.length && start[at] == '<' && start[at + 1] != 0;
    }

    private static boolean isNamedXml(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return XML_NAMES.stream().anyMatch(lower::endsWith);
    }

    private static boolean startsWith(byte[] content, byte[] start) {
        return content.length >= start.length && Arrays.equals(content, 0, start.length, start, 0, start.length);
    }
}
