package org.guiling.process;

import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.dmn.engine.DmnDecisionRuleResult;
import org.camunda.bpm.engine.DecisionService;
import org.guiling.calendar.LimitKind;
import org.guiling.calendar.LimitUnit;
import org.guiling.calendar.TimeLimit;
import org.guiling.calendar.TimeLimits;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Asks {@code time-limits.dmn}, whichever version an office deployed last. */
@Component
class DecisionTimeLimits implements TimeLimits {

    private static final String TABLE = "time-limits";

    private final DecisionService decisions;

    DecisionTimeLimits(@Lazy DecisionService decisions) {
        this.decisions = decisions;
    }

    @Override
    public TimeLimit limit(LimitKind kind, String sourceType, String rectType, Integer level) {
        Map<String, Object> inputs = new HashMap<>();
        inputs.put("limit", kind.name());
        inputs.put("sourceType", sourceType);
        inputs.put("rectType", rectType);
        inputs.put("level", level);
        DmnDecisionRuleResult row =
                decisions.evaluateDecisionTableByKey(TABLE, inputs).getSingleResult();
        if (row == null) {
            throw new IllegalStateException("The decision table " + TABLE + " has no row for " + inputs);
        }
        Number amount = row.getEntry("amount");
        String unit = row.getEntry("unit");
        String basis = row.getEntry("basis");
        return new TimeLimit(amount.intValue(), LimitUnit.valueOf(unit), basis);
    }
}
