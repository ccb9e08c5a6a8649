package org.guiling.evidence.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.guiling.evidence.SampleFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The type of a file is found by its content, whatever its name. */
class FileTypeTest {

    @TempDir
    Path folder;

    static Stream<Arguments> contents() {
        return Stream.of(
                Arguments.of(SampleFiles.jpg(9, 9), FileType.JPG),
                Arguments.of(SampleFiles.png(9, 9), FileType.PNG),
                Arguments.of(text("RIFF\0\0\0\0WEBPVP8 "), FileType.WEBP),
                Arguments.of(text("RIFF\0\0\0\0WAVEfmt "), null),
                Arguments.of(SampleFiles.media("heic"), FileType.HEIC),
                Arguments.of(SampleFiles.media("isom"), FileType.MP4),
                Arguments.of(SampleFiles.media("qt  "), null),
                Arguments.of(SampleFiles.pdf(), FileType.PDF),
                Arguments.of(SampleFiles.docx(), FileType.DOCX),
                Arguments.of(SampleFiles.docxWithMacros(), FileType.DOCX),
                Arguments.of(SampleFiles.office(SampleFiles.workbook("")), FileType.XLSX),
                Arguments.of(SampleFiles.office(renamed()), FileType.DOCX),
                Arguments.of(SampleFiles.archive("[Content_Types].xml", "word/document.xml"), null),
                Arguments.of(SampleFiles.archive("OFD.xml", "Doc_0/Document.xml"), FileType.OFD),
                Arguments.of(SampleFiles.archive("a.txt"), FileType.ZIP),
                Arguments.of(SampleFiles.xls(), FileType.XLS),
                Arguments.of(SampleFiles.compound("WordDocument"), FileType.DOC),
                Arguments.of(SampleFiles.compound("EncryptedPackage"), null),
                Arguments.of(Arrays.copyOf(SampleFiles.xls(), 600), null),
                Arguments.of(Arrays.copyOf(SampleFiles.docx(), 60), null),
                Arguments.of(SampleFiles.EXE, null),
                Arguments.of(text("<html>"), null),
                Arguments.of(text("%P"), null),
                Arguments.of(new byte[0], null));
    }

    /** The standard leaves the names of parts to whoever writes the document. */
    private static Map<String, byte[]> renamed() {
        Map<String, byte[]> parts = SampleFiles.text("<w:p/>");
        parts.put("a/b.xml", parts.remove("word/document.xml"));
        return parts;
    }

    @ParameterizedTest
    @MethodSource("contents")
    void theContentTells(byte[] content, FileType type) throws IOException {
        assertThat(FileType.ofContent(file(content)).orElse(null)).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({"a.jpeg, JPG", "A.JPG, JPG", "a.b.pdf, PDF", "a.exe,", "jpg,", "a.,"})
    void theNameClaims(String name, FileType type) {
        assertThat(FileType.ofName(name).orElse(null)).isEqualTo(type);
    }

    /** The directory would be read into memory before anything of the archive is looked at. */
    @Test
    void anArchiveOfTooManyEntriesIsNotOpened() throws IOException {
        byte[] archive = SampleFiles.docx();
        ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN).putShort(archive.length - 22 + 10, (short) 20_001);

        assertThat(FileType.ofContent(file(archive))).isEmpty();
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("file"), content);
    }

    private static byte[] text(String content) {
        return content.getBytes(StandardCharsets.ISO_8859_1);
    }
}
