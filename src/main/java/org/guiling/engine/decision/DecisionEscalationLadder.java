package org.guiling.engine.decision;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.dmn.engine.DmnDecisionRuleResult;
import org.camunda.bpm.dmn.engine.DmnDecisionTableResult;
import org.camunda.bpm.engine.DecisionService;
import org.guiling.calendar.LimitKind;
import org.guiling.supervision.Cause;
import org.guiling.supervision.EscalationLadder;
import org.guiling.supervision.LadderStep;
import org.guiling.supervision.Rung;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Asks {@code escalation-ladder.dmn}. */
@Component
class DecisionEscalationLadder implements EscalationLadder {

    private final DecisionTable<List<LadderStep>> table;

    DecisionEscalationLadder(@Lazy DecisionService decisions, DecisionVersions versions) {
        table = new DecisionTable<>(RuleTable.ESCALATION_LADDER, decisions, versions, DecisionEscalationLadder::read);
    }

    @Override
    public List<LadderStep> steps(Cause cause, LimitKind limit, int level, int rejections) {
        return table.answer(
                Map.of("cause", cause.name(), "limit", limit.name(), "level", level, "rejections", rejections));
    }

    private static List<LadderStep> read(DmnDecisionTableResult result) {
        return result.getResultList().isEmpty()
                ? List.of()
                : result.stream()
                        .map(DecisionEscalationLadder::step)
                        .sorted(Comparator.comparingInt(LadderStep::workingDays))
                        .toList();
    }

    private static LadderStep step(DmnDecisionRuleResult row) {
        String rung = row.getEntry("rung");
        Number workingDays = row.getEntry("workingDays");
        return new LadderStep(
                Rung.valueOf(rung),
                workingDays.intValue(),
                row.getEntry("issuers"),
                row.getEntry("objectionDecidedBy"));
    }
}
