package org.guiling.evidence.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNamesTest {

    @ParameterizedTest
    @CsvSource({
        "现场 照片.jpg, 现场 照片.jpg",
        "../../照片.jpg, 照片.jpg",
        "..\\..\\照片.jpg, 照片.jpg",
        "/etc/passwd, passwd",
        "C:\\a\\b.pdf, b.pdf",
        ".hidden.pdf, hidden.pdf",
        "a.pdf. ., a.pdf",
        "a\u202Efdp.exe, afdp.exe",
        "a\u200B\uFEFFb.pdf, ab.pdf",
        "'a<b>:\"|?*.pdf', ab.pdf",
        "e\u0301.pdf, \u00e9.pdf"
    })
    void onlyTheNameStays(String sent, String clean) {
        assertThat(FileNames.clean(sent)).isEqualTo(clean);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"..", "/", "\\", " . ", "\u202E"})
    void whatHasNoNameGetsOne(String sent) {
        assertThat(FileNames.clean(sent)).isEqualTo("_");
    }

    @Test
    void whatControlsIsLeftOut() {
        assertThat(FileNames.clean("a\u0000b\r\n\tc.pdf")).isEqualTo("abc.pdf");
    }

    @Test
    void aLongNameKeepsItsExtensionAndNoHalfCharacter() {
        String name = FileNames.clean("照".repeat(100) + "😀".repeat(50) + ".docx");

        assertThat(name).endsWith(".docx").startsWith("照照");
        assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(240);
        assertThat(name.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE))
                .isTrue();
    }
}
