package org.guiling.browser;

import static org.junit.jupiter.api.extension.ConditionEvaluationResult.disabled;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Tests that drive a browser. They are left out by {@code -Dguiling.browser=false} and, so that the tests can be run on
 * any machine, where no browser is installed; {@code -Dguiling.browser=required}, which CI says, makes that an error.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(BrowserTest.Wanted.class)
@interface BrowserTest {

    /** Looks for a browser before the application is started. */
    final class Wanted implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return evaluate(asked(), InstalledBrowser.find().isPresent());
        }

        static String asked() {
            return System.getProperty("guiling.browser", "false");
        }

        static ConditionEvaluationResult evaluate(String asked, boolean installed) {
            return switch (asked) {
                case "false" -> disabled("left out by -Dguiling.browser=false");
                case "true" ->
                    installed
                            ? enabled("a browser is installed")
                            : disabled("no Chromium, Chrome or Edge is installed");
                // Without one the first test fails and says how to name one.
                case "required" -> enabled("demanded by -Dguiling.browser=required");
                default ->
                    throw new IllegalArgumentException("guiling.browser is true, false or required, not " + asked);
            };
        }

        /** The line that a build prints where tests are left out; empty where none are. */
        static Optional<String> notice(String asked, boolean installed, long tests) {
            return Optional.of(evaluate(asked, installed))
                    .filter(ConditionEvaluationResult::isDisabled)
                    .flatMap(ConditionEvaluationResult::getReason)
                    .map(reason -> "[WARNING] ##### %d TESTS WITHOUT A RESULT, NO BROWSER DRIVEN: %s #####"
                            .formatted(tests, reason));
        }
    }
}
