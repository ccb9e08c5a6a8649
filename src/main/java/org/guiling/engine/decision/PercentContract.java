package org.guiling.engine.decision;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Percentages (抽查比例、查重阈值): from 0 to 100 for every value of one input. */
final class PercentContract extends RuleContract {

    private final String input;
    private final List<?> values;
    private final List<String> percentages;

    PercentContract(String input, List<?> values, String... percentages) {
        this.input = input;
        this.values = values;
        this.percentages = List.of(percentages);
    }

    @Override
    List<Map<String, Object>> questions() {
        return values.stream().map(value -> question(input, value)).toList();
    }

    @Override
    Optional<String> fault(Map<String, Object> question, List<Map<String, Object>> rows) {
        if (rows.isEmpty()) {
            return Optional.of("rules.decision.no-answer");
        }
        Map<String, Object> row = rows.get(0);
        return percentages.stream().allMatch(percent -> isWithin(row.get(percent), 0, 100))
                ? Optional.empty()
                : Optional.of("rules.decision.percent");
    }
}
