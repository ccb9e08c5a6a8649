package org.guiling.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.context.support.StaticMessageSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.EncodedResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

class TextsTest {

    private final StaticMessageSource messages = new StaticMessageSource();
    private final Texts texts = new Texts(messages, Clock.systemUTC()).in(Locale.ENGLISH);

    @BeforeEach
    void chooses() {
        messages.addMessage("files", Locale.ENGLISH, "{0,choice,1#One file|1<{0} files} of {1} in {2}");
        messages.addMessage("plain", Locale.ENGLISH, "It''s {0}");
    }

    /** Refusals keep their arguments as the record has them, which may be digits. */
    @Test
    void whatATextChoosesByIsANumberAndStandsWithoutGrouping() {
        assertThat(texts.get("files", List.of(1, 2000, "a{1}"))).isEqualTo("One file of 2000 in a{1}");
        assertThat(texts.get("files", List.of(3000L, "007", "b"))).isEqualTo("3000 files of 007 in b");
        assertThat(texts.get("files", List.of("12", 1, "c"))).isEqualTo("12 files of 1 in c");
        assertThat(texts.get("plain", List.of(1234567))).isEqualTo("It's 1234567");
        assertThat(texts.get("missing", List.of(1))).isEqualTo("missing");
    }

    static Stream<String> textsThatChoose() throws Exception {
        Properties all = new Properties();
        for (String file : List.of("messages.properties", "messages_en.properties")) {
            PropertiesLoaderUtils.fillProperties(all, new EncodedResource(new ClassPathResource(file), "UTF-8"));
        }
        return all.stringPropertyNames().stream()
                .filter(key -> all.getProperty(key).contains(",choice,"))
                .sorted();
    }

    @ParameterizedTest
    @MethodSource("textsThatChoose")
    void everyTextThatChoosesCanBeTold(String key) {
        ResourceBundleMessageSource bundles = new ResourceBundleMessageSource();
        bundles.setBasename("messages");
        bundles.setDefaultEncoding("UTF-8");
        bundles.setFallbackToSystemLocale(false);

        for (Locale language : List.of(Locale.SIMPLIFIED_CHINESE, Locale.ENGLISH)) {
            Texts told = new Texts(bundles, Clock.systemUTC()).in(language);
            assertThat(told.get(key, List.of(2, 2, 2, 2, 2, 2, 2, 2)))
                    .isNotBlank()
                    .doesNotContain("choice", "{");
            assertThat(told.get(key, List.of("2", "2", "2", "2", "2", "2", "2", "2")))
                    .isNotBlank();
        }
    }
}
