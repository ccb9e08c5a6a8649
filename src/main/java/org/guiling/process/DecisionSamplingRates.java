package org.guiling.process;

import java.util.Map;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.RepositoryService;
import org.guiling.inspection.SamplingRates;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Asks {@code sampling-rates.dmn}. */
@Component
class DecisionSamplingRates implements SamplingRates {

    private final DecisionTable<Integer> table;

    DecisionSamplingRates(@Lazy DecisionService decisions, @Lazy RepositoryService repository) {
        table = new DecisionTable<>(
                "sampling-rates", decisions, repository, result -> ((Number) result.getSingleEntry()).intValue());
    }

    @Override
    public int percent(int level) {
        return table.answer(Map.of("level", level));
    }
}
