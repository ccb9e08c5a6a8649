package org.guiling.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Models, shipped filters and the lists name the same things. */
class ListedNamesTest {

    private static final Pattern EXPRESSION = Pattern.compile("[$#]\\{([^}]*)}");
    private static final Pattern TEXT = Pattern.compile("'[^']*'");
    private static final Pattern MEMBER = Pattern.compile("([a-zA-Z]+)\\.([a-zA-Z]+)");
    private static final Pattern NAME = Pattern.compile("(?<![.\\w])([a-zA-Z]+)(?![\\w.(])");
    private static final Pattern FUNCTION = Pattern.compile("(?<![.\\w])([a-zA-Z]+)\\(");

    private final String expressions = Stream.concat(
                    Stream.of(new File("processes").listFiles()).map(File::toPath),
                    Stream.of(Path.of("src/main/java/org/guiling/engine/provisioning/TasklistFilters.java")))
            .map(ListedNamesTest::read)
            .flatMap(text -> EXPRESSION.matcher(text).results().map(found -> found.group(1)))
            .map(expression -> TEXT.matcher(expression).replaceAll(""))
            .collect(Collectors.joining("\n"));

    @Test
    void everyVariableThatModelsReadIsListedAndNoOther() {
        Set<String> read = named(NAME);
        read.removeAll(List.of("null", ListedNames.EXECUTION));
        read.removeIf(name -> name.endsWith("Delegate") || name.endsWith("Listener"));

        assertThat(read).containsExactlyInAnyOrderElementsOf(ListedNames.VARIABLES);
    }

    @Test
    void everyMemberThatModelsAndFiltersCallIsListedAndNoOther() {
        Set<String> called = MEMBER.matcher(expressions)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(called)
                .containsExactlyInAnyOrderElementsOf(ListedNames.MEMBERS.entrySet().stream()
                        .flatMap((Map.Entry<String, Set<String>> bean) ->
                                bean.getValue().stream().map(member -> bean.getKey() + "." + member))
                        .toList());
    }

    /** The engine's own {@code dateTime()} beside them is in the manual, for filters of people; nothing can be asked of it. */
    @Test
    void everyFunctionThatFiltersCallIsListed() {
        assertThat(ListedNames.FUNCTIONS).containsAll(named(FUNCTION));
    }

    private Set<String> named(Pattern pattern) {
        return pattern.matcher(expressions)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
