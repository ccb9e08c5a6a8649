package org.guiling.engine.decision;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The contract of a decision table: everything that the product asks it, and what an answer has to be. */
abstract class RuleContract {

    static final List<Integer> LEVELS = List.of(1, 2, 3, 4);

    /** Everything that the product asks the table, by the names of its inputs; a value may be null. */
    abstract List<Map<String, Object>> questions();

    /** The reason for which an answer cannot be used, as a key of a text; empty when it can. */
    abstract Optional<String> fault(Map<String, Object> question, List<Map<String, Object>> rows);

    /** The table's answer to a question: rows of outputs by name. */
    List<Map<String, Object>> answer(
            Function<Map<String, Object>, List<Map<String, Object>>> table, Map<String, Object> question) {
        return table.apply(question);
    }

    static boolean isWithin(Object number, int minimum, int maximum) {
        return number instanceof Number value
                && value.doubleValue() == value.intValue()
                && value.intValue() >= minimum
                && value.intValue() <= maximum;
    }

    static List<String> names(Class<? extends Enum<?>> codes) {
        return Stream.of(codes.getEnumConstants()).map(Enum::name).toList();
    }

    /** @param namesAndValues in turn */
    static Map<String, Object> question(Object... namesAndValues) {
        Map<String, Object> question = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            question.put(Objects.toString(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return question;
    }
}
