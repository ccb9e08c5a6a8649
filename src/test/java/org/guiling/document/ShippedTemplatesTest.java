package org.guiling.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The shipped templates are what {@link ShippedTemplates} writes: {@code -Dguiling.documents.write=true} writes them. */
class ShippedTemplatesTest {

    private static final Path FOLDER = Path.of("src/main/resources/documents");

    @ParameterizedTest
    @EnumSource
    void isWhatTheGeneratorWrites(DocumentKind kind) throws IOException {
        byte[] written = ShippedTemplates.of(kind);
        Path file = FOLDER.resolve(kind.template());
        if (Boolean.getBoolean("guiling.documents.write")) {
            Files.createDirectories(FOLDER);
            Files.write(file, written);
        }
        assertThat(parts(Files.readAllBytes(file))).isEqualTo(parts(written));
    }

    /** Compressed bytes may differ from one JDK to the next. */
    private static Map<String, String> parts(byte[] docx) throws IOException {
        Map<String, String> parts = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(docx))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                parts.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return parts;
    }
}
