package org.guiling.engine.decision;

import java.util.Map;
import org.camunda.bpm.engine.DecisionService;
import org.guiling.spotcheck.SamplingRates;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Asks {@code sampling-rates.dmn}. */
@Component
class DecisionSamplingRates implements SamplingRates {

    private final DecisionTable<Integer> table;

    DecisionSamplingRates(@Lazy DecisionService decisions, DecisionVersions versions) {
        table = new DecisionTable<>(
                RuleTable.SAMPLING_RATES, decisions, versions, result -> ((Number) result.getSingleEntry()).intValue());
    }

    @Override
    public int percent(int level) {
        return table.answer(Map.of("level", level));
    }
}
