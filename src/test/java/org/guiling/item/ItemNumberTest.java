package org.guiling.item;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemNumberTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 999_999, 1_000_000, 9_999_999_999L})
    void whatIsIssuedMatches(long count) {
        String number = ItemNumber.of(2026, count);

        assertThat(number).matches(ItemNumber.PATTERN).hasSizeLessThanOrEqualTo(ItemNumber.LONGEST);
    }

    @Test
    void everyFormThatAsksForANumberTakesWhatIsIssued() throws IOException {
        List<JsonNode> rules = new ArrayList<>();
        try (Stream<Path> forms = Files.list(Path.of("forms"))) {
            for (Path form : forms.toList()) {
                collect(new ObjectMapper().readTree(form.toFile()), rules);
            }
        }

        assertThat(rules).hasSize(8).allSatisfy(rule -> {
            assertThat(rule.path("pattern").asText()).isEqualTo(ItemNumber.PATTERN);
            assertThat(rule.path("maxLength").asInt()).isEqualTo(ItemNumber.LONGEST);
        });
    }

    /** The rules of each input by whose name a number is meant, or by whose pattern. */
    private static void collect(JsonNode parent, List<JsonNode> rules) {
        for (JsonNode component : parent.path("components")) {
            JsonNode rule = component.path("validate");
            if (List.of("itemNo", "targetNo").contains(component.path("key").asText())
                    || rule.path("pattern").asText().contains("ZG")) {
                rules.add(rule);
            }
            collect(component, rules);
        }
    }
}
