package org.guiling.engine.feel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.camunda.feel.api.EvaluationResult;
import org.camunda.feel.api.FeelEngineApi;
import org.camunda.feel.api.FeelEngineBuilder;
import org.camunda.feel.api.ParseResult;
import org.guiling.refusal.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that has no end reaches FEEL; what offices write does. */
@Timeout(60)
class BoundedFeelTest {

    private static final FeelEngineApi FEEL = FeelEngineBuilder.forJava().build();

    static Stream<String> endless() {
        return Stream.of(
                "for x in 1..1000000000 return x",
                "for x in [1,2] return x",
                "some x in 1..1000000000 satisfies x = 0",
                "every x in list satisfies some y in list satisfies x = y",
                "some x in list, y in list satisfies x = y",
                "count(for x in 1..9 return partial)",
                "if true then for x in 1..9 return x else 1",
                "function(n) n",
                "{f: function(n) f(n), g: f(1)}.g",
                "{a: 1}",
                "list[item > 1]",
                "list[1]",
                "]1..2[",
                "[1,2][1]",
                "\"a\"[1]",
                "matches(text, \"(a+)+$\")",
                "replace(text, \"(a+)+$\", \"b\")",
                "split(text, \"(a+)+$\")",
                "string join(list, text)",
                "concatenate(list, list)",
                "flatten(list)",
                "append(list, list)",
                "number(\"1e999999999\") + 1",
                "floor(x)",
                "2 ** 999999999",
                "1000000000000000000000000000000",
                "x instance of number",
                "`a b`",
                "@\"2026-01-01\"",
                "now()",
                "date and time(\"2026-01-01T00:00:00\")",
                "1 // comment",
                "1 /* comment */",
                "(1",
                "1)",
                "1 1",
                "\"open",
                "x +",
                "",
                "(".repeat(3_000) + "1" + ")".repeat(3_000),
                "[".repeat(3_000) + "1" + "]".repeat(3_000),
                "not(".repeat(3_000) + "x" + ")".repeat(3_000),
                "-(".repeat(200) + "1" + ")".repeat(200),
                "(".repeat(11) + "1" + ")".repeat(11),
                "if a then ".repeat(11) + "1" + " else 2".repeat(11),
                "x in (".repeat(11) + "1" + ")".repeat(11),
                "x=1" + " or x=1".repeat(2_000),
                "1" + "+1".repeat(101),
                "1" + "-1*1".repeat(51),
                "x" + ".x".repeat(101),
                "x" + " or x".repeat(101),
                "\"" + "长".repeat(1_000) + "\"");
    }

    @ParameterizedTest
    @MethodSource("endless")
    void isRefusedInWords(String expression) {
        assertRefused(() -> BoundedFeel.requireExpression("file", expression));
        if (!expression.isEmpty()) {
            assertRefused(() -> BoundedFeel.requireTests("file", expression));
        }
    }

    private static void assertRefused(ThrowingCallable reading) {
        assertThatThrownBy(reading).isInstanceOfSatisfying(RefusedException.class, refused -> {
            assertThat(refused.kind()).isEqualTo(RefusedException.Kind.INVALID);
            assertThat(refused.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.field()).isEqualTo("file");
                assertThat(ResourceBundle.getBundle("messages").containsKey(problem.code()))
                        .isTrue();
                assertThat(problem.arguments().get(0).toString()).hasSizeLessThan(70);
            });
        });
    }

    /** Keeps the list honest: FEEL takes what is let through, and answers. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "\"unit-\" + township + \"-leaders\"",
                "level * 2 + 1 - 3 / 4",
                "-(level + 1)",
                "if level > 2 then \"leaders\" else if level = 1 then \"supervisors\" else null",
                "not(list = null or count(list) = 0)",
                "some one in list satisfies one = null or one = \"\"",
                "every one in [level, 2, 3] satisfies one > 0",
                "level between 1 and 3 and township != \"\"",
                "level in [1..3]",
                "level in (1, 3, > 5)",
                "level in (1..3]",
                "starts with(township, \"jia\") and string length(township) < 20",
                "list contains(list, \"a\")",
                "date(\"2026-01-01\") < date(\"2026-02-01\")",
                "等级 = 3",
                "\"a \\\" b\" = township",
                "((((((((1))))))))",
            })
    void whatEndsIsLetThroughAndAnswered(String expression) {
        BoundedFeel.requireExpression("file", expression);

        ParseResult parsed = FEEL.parseExpression(expression);
        assertThat(parsed.isSuccess()).as(parsed.failure().message()).isTrue();
        assertThat(evaluate(parsed).isSuccess()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-",
                "\"CLAIM\",\"PLAN\"",
                "not(\"CLAIM\",\"PLAN\")",
                "[1..2]",
                ">= 3",
                "< 2, > 5",
                "-7",
                "null",
                "contains(?, \"a\")",
                "level",
            })
    void testsOfCellsAreLetThrough(String cell) {
        BoundedFeel.requireTests("file", cell);

        ParseResult parsed = FEEL.parseUnaryTests(cell);
        assertThat(parsed.isSuccess()).as(parsed.failure().message()).isTrue();
    }

    /** The longest that are let through: the parser neither runs out of stack nor tries every way there is. */
    @ParameterizedTest
    @MethodSource("longest")
    void theLongestIsParsedAndAnswered(String expression) {
        BoundedFeel.requireExpression("file", expression);

        ParseResult parsed = FEEL.parseExpression(expression);
        assertThat(parsed.isSuccess()).isTrue();
        assertThat(evaluate(parsed).isSuccess()).isTrue();
    }

    static Stream<String> longest() {
        return Stream.of(
                "1" + "+1".repeat(100),
                "1" + " or 1".repeat(100),
                "1" + "=1 or 1".repeat(100),
                "[" + "1,".repeat(498) + "1]",
                "(".repeat(9) + "level" + ")".repeat(9) + " in (1, 2)",
                "[".repeat(9) + "level" + "]".repeat(9),
                "not(".repeat(9) + "true" + ")".repeat(9),
                "if level = 1 then ".repeat(9) + "1" + " else 2".repeat(9));
    }

    /** FEEL notes each comparison that makes no sense, and takes longer for each than for the one before: minutes. */
    @Test
    void theThreadIsFreeWhenTheTimeIsUp() {
        String slow = "every one in list satisfies " + "one = 1 or ".repeat(80) + "one = 2";
        BoundedFeel.requireExpression("file", slow);
        ParseResult endless = FEEL.parseExpression(slow);

        assertThatThrownBy(() -> EvaluationTime.within(Duration.ofMillis(50), () -> evaluate(endless)))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.problems().get(0).code()).isEqualTo("form.expression-slow"));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(EvaluationTime.within(Duration.ofSeconds(50), () -> "next")).isEqualTo("next");
    }

    /** As long as the machine does something else, the evaluation has not had its time; but nobody waits for ever. */
    @Test
    void aMachineThatIsBusyElsewhereTakesNoTimeFromTheEvaluation() {
        Duration longest = Duration.ofMillis(100);

        assertThat(EvaluationTime.within(longest, () -> waitFor(longest.multipliedBy(3))))
                .isFalse();
        assertThatThrownBy(() -> EvaluationTime.within(longest, () -> waitFor(Duration.ofMinutes(5))))
                .isInstanceOf(RefusedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    /** Without the processor; true never comes. */
    private static boolean waitFor(Duration time) {
        try {
            return new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static EvaluationResult evaluate(ParseResult parsed) {
        return FEEL.evaluate(
                parsed.parsedExpression(),
                Map.of(
                        "level",
                        1,
                        "township",
                        "jiaqiao",
                        "等级",
                        3,
                        "list",
                        List.copyOf(Collections.nCopies(1_000, "a"))));
    }
}
