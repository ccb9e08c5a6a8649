package org.guiling.engine.decision;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.DecisionService;
import org.guiling.calendar.LimitFacts;
import org.guiling.calendar.LimitKind;
import org.guiling.calendar.LimitUnit;
import org.guiling.calendar.TimeLimit;
import org.guiling.calendar.TimeLimits;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Asks {@code time-limits.dmn}. */
@Component
class DecisionTimeLimits implements TimeLimits {

    private final DecisionTable<Optional<TimeLimit>> table;
    private final RuleTableFile shipped;

    DecisionTimeLimits(@Lazy DecisionService decisions, DecisionVersions versions) {
        table = new DecisionTable<>(
                RuleTable.TIME_LIMITS, decisions, versions, result -> Optional.ofNullable(result.getFirstResult())
                        .map(DecisionTimeLimits::read));
        shipped = RuleTableFile.read(RuleTable.TIME_LIMITS, RuleTable.TIME_LIMITS.shipped());
    }

    @Override
    public TimeLimit limit(LimitKind kind, LimitFacts facts) {
        Map<String, Object> inputs = new LinkedHashMap<>();
        inputs.put("limit", kind.name());
        inputs.put("sourceType", facts.sourceType());
        inputs.put("rectType", facts.rectType());
        inputs.put("level", facts.level());
        inputs.put("urgency", facts.urgency());
        inputs.put("tier", facts.tier());
        return table.answer(inputs).orElseGet(() -> shipped(inputs));
    }

    /** An office's own table may be older than the kind of limit that is asked for. */
    private TimeLimit shipped(Map<String, Object> inputs) {
        return shipped.answer(inputs).stream()
                .findFirst()
                .map(DecisionTimeLimits::read)
                .orElseThrow(() -> new IllegalStateException("No table of time limits has a row for " + inputs));
    }

    private static TimeLimit read(Map<String, Object> row) {
        return new TimeLimit(
                ((Number) row.get("amount")).intValue(), LimitUnit.valueOf((String) row.get("unit")), (String)
                        row.get("basis"));
    }
}
