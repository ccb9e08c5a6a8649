package org.guiling.process;

import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.dmn.engine.DmnDecisionRuleResult;
import org.camunda.bpm.dmn.engine.DmnDecisionTableResult;
import org.camunda.bpm.engine.DecisionService;
import org.guiling.calendar.LimitKind;
import org.guiling.calendar.LimitUnit;
import org.guiling.calendar.TimeLimit;
import org.guiling.calendar.TimeLimits;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Asks {@code time-limits.dmn}. */
@Component
class DecisionTimeLimits implements TimeLimits {

    private final DecisionTable<TimeLimit> table;

    DecisionTimeLimits(@Lazy DecisionService decisions, DecisionVersions versions) {
        table = new DecisionTable<>(RuleTable.TIME_LIMITS, decisions, versions, DecisionTimeLimits::read);
    }

    @Override
    public TimeLimit limit(LimitKind kind, String sourceType, String rectType, Integer level) {
        Map<String, Object> inputs = new HashMap<>();
        inputs.put("limit", kind.name());
        inputs.put("sourceType", sourceType);
        inputs.put("rectType", rectType);
        inputs.put("level", level);
        return table.answer(inputs);
    }

    private static TimeLimit read(DmnDecisionTableResult result) {
        DmnDecisionRuleResult row = result.getSingleResult();
        if (row == null) {
            throw new IllegalStateException("The table of time limits has no row for what was asked");
        }
        Number amount = row.getEntry("amount");
        String unit = row.getEntry("unit");
        String basis = row.getEntry("basis");
        return new TimeLimit(amount.intValue(), LimitUnit.valueOf(unit), basis);
    }
}
