package org.guiling.engine.webapp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;

/** Camunda's web apps speak Chinese wholly: a key of this engine's version that we lack would show its raw name. */
class WebAppLanguageTest {

    private static final String APPS = "META-INF/resources/webjars/camunda/app/";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(strings = {"tasklist", "admin", "welcome", "cockpit"})
    void everyTextOfTheEnginesVersionIsThere(String app) throws IOException {
        JsonNode english = read(app, "en").path("labels");
        JsonNode chinese = read(app, "zh-CN").path("labels");

        assertThat(names(chinese)).isEqualTo(names(english));
        for (String name : names(english)) {
            assertThat(placeholders(chinese.path(name).asText()))
                    .as(name)
                    .isEqualTo(placeholders(english.path(name).asText()));
        }
    }

    private static JsonNode read(String app, String language) throws IOException {
        try (InputStream file = new ClassPathResource(APPS + app + "/locales/" + language + ".json").getInputStream()) {
            String content = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return JSON.readTree(content.startsWith("\uFEFF") ? content.substring(1) : content);
        }
    }

    private static Set<String> names(JsonNode labels) {
        Set<String> names = new TreeSet<>();
        labels.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Set<String> placeholders(String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
