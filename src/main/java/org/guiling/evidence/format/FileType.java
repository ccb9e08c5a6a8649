package org.guiling.evidence.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/** The kinds of files that can be told by their content; which of them may be uploaded is a setting. */
public enum FileType {
    JPG("image/jpeg", "jpg", "jpeg"),
    PNG("image/png", "png"),
    WEBP("image/webp", "webp"),
    /** Photos of telephones; most browsers do not show them. */
    HEIC("image/heic", "heic", "heif"),
    PDF("application/pdf", "pdf"),
    /** 版式文件 (GB/T 33190) */
    OFD("application/ofd", "ofd"),
    DOCX("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    DOC("application/msword", "doc"),
    XLS("application/vnd.ms-excel", "xls"),
    MP4("video/mp4", "mp4"),
    /** Any other archive; what is in it is not looked at. */
    ZIP("application/zip", "zip");

    private static final int HEAD_BYTES = 64;
    private static final byte[] JPEG_START = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};
    private static final byte[] PNG_START = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte[] ZIP_START = {'P', 'K', 3, 4};
    private static final byte[] OLE2_START = {
        (byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, (byte) 0xa1, (byte) 0xb1, 0x1a
    };
    private static final Set<String> HEIC_BRANDS = Set.of("heic", "heix", "heim", "heis", "mif1");
    private static final Set<String> MP4_BRANDS =
            Set.of("isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "dash", "M4V ", "MSNV");
    private static final Set<FileType> INLINE = Set.of(JPG, PNG, WEBP, PDF);

    private final String mediaType;
    private final List<String> extensions;

    FileType(String mediaType, String... extensions) {
        this.mediaType = mediaType;
        this.extensions = List.of(extensions);
    }

    public String mediaType() {
        return mediaType;
    }

    /** The extensions of names, the usual one first; lower case, without the dot. */
    public List<String> extensions() {
        return extensions;
    }

    /** True where a browser may show it in its window: nothing in it can act in our name. */
    public boolean isShownInline() {
        return INLINE.contains(this);
    }

    public boolean isImage() {
        return mediaType.startsWith("image/");
    }

    /** True where it may tell where it was taken: by its particulars, beside what it shows. */
    public boolean mayTellLocation() {
        return isImage() || this == MP4;
    }

    /** The type that the name claims; empty where it has no extension that is known here. */
    public static Optional<FileType> ofName(String name) {
        int dot = name.lastIndexOf('.');
        String extension = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(type -> type.extensions.contains(extension))
                .findFirst();
    }

    /** The type by the content, whatever the name claims; empty where none is recognized. */
    public static Optional<FileType> ofContent(Path file) throws IOException {
        byte[] head = head(file);
        if (startsWith(head, JPEG_START)) {
            return Optional.of(JPG);
        }
        if (startsWith(head, PNG_START)) {
            return Optional.of(PNG);
        }
        if (text(head, 0).equals("RIFF") && text(head, 8).equals("WEBP")) {
            return Optional.of(WEBP);
        }
        if (text(head, 0).equals("%PDF")) {
            return Optional.of(PDF);
        }
        if (text(head, 4).equals("ftyp")) {
            return ofBrand(text(head, 8));
        }
        if (startsWith(head, ZIP_START)) {
            return ofArchive(file);
        }
        return startsWith(head, OLE2_START) ? ofCompound(file) : Optional.empty();
    }

    private static Optional<FileType> ofBrand(String brand) {
        if (HEIC_BRANDS.contains(brand)) {
            return Optional.of(HEIC);
        }
        return MP4_BRANDS.contains(brand) ? Optional.of(MP4) : Optional.empty();
    }

    private static Optional<FileType> ofArchive(Path file) {
        Set<String> entries = ArchiveEntries.of(file);
        if (entries.stream().anyMatch(OfficePackage.CONTENT_TYPES::equalsIgnoreCase)) {
            return OfficePackage.typeOf(file);
        }
        if (entries.contains("OFD.xml")) {
            return Optional.of(OFD);
        }
        return entries.isEmpty() ? Optional.empty() : Optional.of(ZIP);
    }

    /** The container of the old office formats. */
    private static Optional<FileType> ofCompound(Path file) {
        try (POIFSFileSystem container = new POIFSFileSystem(file.toFile(), true)) {
            if (container.getRoot().hasEntryCaseInsensitive("WordDocument")) {
                return Optional.of(DOC);
            }
            return container.getRoot().hasEntryCaseInsensitive("Workbook")
                            || container.getRoot().hasEntryCaseInsensitive("Book")
                    ? Optional.of(XLS)
                    : Optional.empty();
        } catch (IOException | RuntimeException e) {
            // Too damaged to tell what it is.
            return Optional.empty();
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

    /** Four characters; fewer at the end. */
    private static String text(byte[] content, int from) {
        int begin = Math.min(from, content.length);
        return new String(content, begin, Math.min(4, content.length - begin), StandardCharsets.ISO_8859_1);
    }
}
