package org.guiling.engine.decision;

import java.util.Map;
import org.camunda.bpm.engine.DecisionService;
import org.guiling.item.SourceType;
import org.guiling.item.duplicate.DuplicateThresholds;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Asks {@code duplicate-thresholds.dmn}. */
@Component
class DecisionDuplicateThresholds implements DuplicateThresholds {

    private final DecisionTable<Threshold> table;

    DecisionDuplicateThresholds(@Lazy DecisionService decisions, DecisionVersions versions) {
        table = new DecisionTable<>(RuleTable.DUPLICATE_THRESHOLDS, decisions, versions, result -> {
            Map<String, Object> row = result.getFirstResult().getEntryMap();
            return new Threshold(
                    ((Number) row.get("percent")).intValue(), ((Number) row.get("placePercent")).intValue());
        });
    }

    @Override
    public Threshold of(SourceType source) {
        return table.answer(Map.of("sourceType", source.name()));
    }
}
