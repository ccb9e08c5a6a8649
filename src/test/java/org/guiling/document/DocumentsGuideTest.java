package org.guiling.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The placeholders in {@code docs/documents.md} are those that templates may name. */
class DocumentsGuideTest {

    private static final Path GUIDE = Path.of("docs/documents.md");
    private static final Pattern PLACEHOLDER = Pattern.compile("`(\\{\\{[\\w.]+}}|\\[\\w+])`");

    @ParameterizedTest
    @EnumSource
    void namesThePlaceholdersOfEachKind(DocumentKind kind) throws IOException {
        List<String> described = new ArrayList<>(described(kind.template()));
        if (kind.isOfAnItem()) {
            described.addAll(described("All documents of an item"));
        }
        assertThat(described).containsExactlyInAnyOrderElementsOf(declared(kind.placeholders()));
    }

    private static List<String> declared(Placeholders placeholders) {
        return Stream.concat(
                        Stream.concat(placeholders.texts().stream(), placeholders.lists().keySet().stream())
                                .map(name -> "{{" + name + "}}"),
                        placeholders.lists().values().stream()
                                .flatMap(fields -> fields.stream())
                                .map(name -> "[" + name + "]"))
                .toList();
    }

    private static List<String> described(String heading) throws IOException {
        String text = Files.readString(GUIDE);
        String from = text.substring(text.indexOf("\n### " + heading + "\n") + 5);
        int end = Math.min(indexOr(from, "\n### "), indexOr(from, "\n## "));
        return PLACEHOLDER
                .matcher(from.substring(0, end))
                .results()
                .map(MatchResult::group)
                .map(match -> match.replace("`", ""))
                .collect(Collectors.toList());
    }

    private static int indexOr(String text, String part) {
        int index = text.indexOf(part);
        return index < 0 ? text.length() : index;
    }
}
