package org.guiling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The assessment by ASVS in {@code docs/security.md} says of itself what its rows say, and names tests that are there. */
class AssessmentTest {

    private static final Pattern ROW = Pattern.compile(
            "^\\| V\\d+\\.\\d+\\.\\d+ \\|[^|]*\\| \\*\\*(met|not applicable|operator|open)\\*\\*", Pattern.MULTILINE);
    private static final Pattern ANY_ROW = Pattern.compile("^\\| (V\\d+\\.\\d+\\.\\d+) \\|", Pattern.MULTILINE);
    private static final Pattern PART = Pattern.compile("^(\\d+) requirements: (.*)\\.$", Pattern.MULTILINE);
    private static final Pattern NUMBER = Pattern.compile("(\\d+) (met|not applicable|operator|open)");
    private static final Pattern SUM =
            Pattern.compile("(\\d+) are met, (\\d+) are not applicable, (\\d+) are\\s+left to the operator\\.");
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)`");

    private static String assessment;

    @BeforeAll
    static void read() throws IOException {
        String page = Files.readString(Path.of("docs/security.md"));
        String rest = page.substring(page.indexOf("\n## ASVS 5.0, level 2\n") + 1);
        assessment = rest.substring(0, rest.indexOf("\n## "));
    }

    @Test
    void everyRequirementHasOneRowWithAStatus() {
        List<String> ids =
                ANY_ROW.matcher(assessment).results().map(row -> row.group(1)).toList();

        assertThat(ids).doesNotHaveDuplicates().hasSize(70 + 183);
        assertThat(ROW.matcher(assessment).results()).hasSameSizeAs(ids);
    }

    @Test
    void theSentenceCountsTheRows() {
        Matcher sum = SUM.matcher(assessment);
        assertThat(sum.find()).isTrue();

        assertThat(counted(assessment))
                .isEqualTo(
                        numbers(Map.of("met", sum.group(1), "not applicable", sum.group(2), "operator", sum.group(3))));
    }

    @Test
    void eachChapterCountsItsRows() {
        String[] chapters = assessment.split("\n### ");
        assertThat(chapters).hasSize(1 + 17);
        for (String chapter : List.of(chapters).subList(1, chapters.length)) {
            Matcher part = PART.matcher(chapter);
            assertThat(part.find()).as(chapter.lines().findFirst().orElse("")).isTrue();
            Map<String, Long> counted = counted(chapter);
            assertThat(counted)
                    .as(chapter.lines().findFirst().orElse(""))
                    .isEqualTo(numbers(NUMBER.matcher(part.group(2))
                            .results()
                            .collect(Collectors.toMap(number -> number.group(2), number -> number.group(1)))));
            assertThat(counted.values().stream().mapToLong(Long::longValue).sum())
                    .isEqualTo(Long.parseLong(part.group(1)));
        }
    }

    @Test
    void theTestsThatAreNamedAreThere() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/test/java"))) {
            Set<String> there = sources.map(
                            source -> source.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());

            assertThat(TEST.matcher(assessment).results().map(test -> test.group(1)))
                    .isNotEmpty()
                    .allMatch(there::contains);
        }
    }

    private static Map<String, Long> counted(String rows) {
        return ROW.matcher(rows)
                .results()
                .map((MatchResult row) -> row.group(1))
                .collect(Collectors.groupingBy(status -> status, TreeMap::new, Collectors.counting()));
    }

    private static Map<String, Long> numbers(Map<String, String> told) {
        return told.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, number -> Long.valueOf(number.getValue())));
    }
}
