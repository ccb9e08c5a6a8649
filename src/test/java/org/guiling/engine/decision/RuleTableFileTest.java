package org.guiling.engine.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ResourceBundle;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.guiling.refusal.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of decision tables that an administrator should not upload: refused in words before anything is worked out. */
@Timeout(60)
class RuleTableFileTest {

    private static final String CELL = "<text>[3..4]</text>";

    @ParameterizedTest
    @EnumSource
    void whatIsShippedKeepsToIt(RuleTable table) {
        assertThatCode(() ->
                        RuleTableFile.read(table, Files.readAllBytes(Path.of("processes/" + table.key() + ".dmn"))))
                .doesNotThrowAnyException();
    }

    static Stream<Arguments> hostileFiles() {
        return Stream.of(
                cell("for x in 1..1000000000 return x", "form.expression"),
                cell("some x in 1..1000000000 satisfies x = ?", "form.expression"),
                cell("matches(string(?), &quot;(a+)+$&quot;)", "form.expression"),
                cell("(".repeat(3_000) + "1" + ")".repeat(3_000), "form.expression"),
                cell("not(".repeat(3_000) + "1" + ")".repeat(3_000), "form.expression"),
                cell("1" + ",1".repeat(100_000), "form.expression"),
                changed("<rule ", "<rule label=\"" + "x".repeat(600_000) + "\" ", "rules.decision.xml"),
                changed("<rule ", "<!--" + "x".repeat(1_048_000) + "--><rule ", "rules.decision.large"),
                changed("<decision ", "<x>".repeat(3_000) + "</x>".repeat(3_000) + "<decision ", "rules.decision.xml"),
                changed("<definitions", "<!DOCTYPE d [<!ENTITY e \"e\">]><definitions", "rules.decision.xml"),
                changed("</decisionTable>", rows(501) + "</decisionTable>", "rules.decision.rows"),
                changed("<decision ", "<decision<", "rules.decision.unreadable"));
    }

    @ParameterizedTest
    @MethodSource("hostileFiles")
    void isRefusedInWords(String old, String replacement, String code) throws IOException {
        String shipped = Files.readString(Path.of("processes/time-limits.dmn"));
        assertThat(shipped).contains(old);
        byte[] file = shipped.replaceFirst(Pattern.quote(old), replacement.replace("$", "\\$"))
                .getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> RuleTableFile.read(RuleTable.TIME_LIMITS, file))
                .isInstanceOfSatisfying(RefusedException.class, refused -> {
                    assertThat(refused.kind()).isEqualTo(RefusedException.Kind.INVALID);
                    assertThat(refused.problems()).first().satisfies(problem -> {
                        assertThat(problem.code()).isEqualTo(code);
                        assertThat(ResourceBundle.getBundle("messages").containsKey(code))
                                .isTrue();
                    });
                });
    }

    /** Hundreds of rows times hundreds of questions. */
    @Test
    void aTableThatTakesTooLongIsRefused() throws IOException {
        RuleTableFile file =
                RuleTableFile.read(RuleTable.TIME_LIMITS, Files.readAllBytes(Path.of("processes/time-limits.dmn")));

        assertThatThrownBy(() -> TableAnswers.of(RuleTable.TIME_LIMITS, file, Duration.ZERO))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.problems().get(0).code()).isEqualTo("rules.decision.slow"));
    }

    private static String rows(int count) {
        String cells = "<inputEntry><text>-</text></inputEntry>".repeat(4)
                + "<outputEntry><text>1</text></outputEntry>".repeat(3);
        return ("<rule>" + cells + "</rule>").repeat(count);
    }

    private static Arguments cell(String text, String code) {
        return changed(CELL, "<text>" + text + "</text>", code);
    }

    private static Arguments changed(String old, String replacement, String code) {
        return Arguments.of(old, replacement, code);
    }
}
