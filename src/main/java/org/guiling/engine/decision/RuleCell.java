package org.guiling.engine.decision;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The conditions that nearly all cells of decision tables are, told without the engine, which takes ten milliseconds for a
 * table: anything, some texts, a number, a range, a comparison. They say which questions are alike; answers are the engine's.
 */
final class RuleCell {

    /** A cell that makes no difference. */
    static final String ANYTHING = "-";

    private static final Pattern TEXTS = Pattern.compile("\"[^\"\\\\]*\"(\\s*,\\s*\"[^\"\\\\]*\")*");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");
    private static final Pattern RANGE = Pattern.compile("\\[\\s*(-?\\d{1,9})\\s*\\.\\.\\s*(-?\\d{1,9})\\s*]");
    private static final Pattern COMPARISON = Pattern.compile("(<=|>=|<|>)\\s*(-?\\d{1,9})");

    private RuleCell() {}

    /** The condition; empty for one that is more than that. */
    static Optional<Predicate<Object>> condition(String cell) {
        if (cell.isEmpty() || cell.equals(ANYTHING)) {
            return Optional.of(value -> true);
        }
        if (TEXTS.matcher(cell).matches()) {
            Set<String> texts = new HashSet<>(Arrays.asList(cell.split("\\s*,\\s*")));
            return Optional.of(value -> value instanceof String text && texts.contains('"' + text + '"'));
        }
        if (NUMBER.matcher(cell).matches()) {
            return Optional.of(number(value -> value == Integer.parseInt(cell)));
        }
        Matcher range = RANGE.matcher(cell);
        if (range.matches()) {
            int from = Integer.parseInt(range.group(1));
            int to = Integer.parseInt(range.group(2));
            return Optional.of(number(value -> from <= value && value <= to));
        }
        Matcher comparison = COMPARISON.matcher(cell);
        if (comparison.matches()) {
            int bound = Integer.parseInt(comparison.group(2));
            return Optional.of(number(
                    switch (comparison.group(1)) {
                        case "<=" -> value -> value <= bound;
                        case ">=" -> value -> value >= bound;
                        case "<" -> value -> value < bound;
                        default -> value -> value > bound;
                    }));
        }
        return Optional.empty();
    }

    /** True where an output says the same whatever was asked. */
    static boolean isLiteral(String cell) {
        return cell.equals("null")
                || NUMBER.matcher(cell).matches()
                || TEXTS.matcher(cell).matches() && !cell.contains(",");
    }

    private static Predicate<Object> number(Predicate<Integer> condition) {
        return value -> value instanceof Integer number && condition.test(number);
    }
}
