package org.guiling.process;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.dmn.engine.DmnDecisionRuleResult;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.RepositoryService;
import org.guiling.calendar.LimitKind;
import org.guiling.calendar.LimitUnit;
import org.guiling.calendar.TimeLimit;
import org.guiling.calendar.TimeLimits;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Asks {@code time-limits.dmn}, whichever version an office deployed last; a new one is noticed within a minute. A
 * version's answers do not change, so each is worked out once.
 */
@Component
class DecisionTimeLimits implements TimeLimits {

    private static final String TABLE = "time-limits";
    private static final Duration VERSION_KEPT = Duration.ofMinutes(1);

    private final DecisionService decisions;
    private final RepositoryService repository;
    private final Map<Question, TimeLimit> answers = new ConcurrentHashMap<>();
    private volatile Version latest;

    DecisionTimeLimits(@Lazy DecisionService decisions, @Lazy RepositoryService repository) {
        this.decisions = decisions;
        this.repository = repository;
    }

    private record Version(String id, long readAt) {

        boolean isFresh() {
            return System.nanoTime() - readAt < VERSION_KEPT.toNanos();
        }
    }

    private record Question(String version, LimitKind kind, String sourceType, String rectType, Integer level) {}

    @Override
    public TimeLimit limit(LimitKind kind, String sourceType, String rectType, Integer level) {
        return answers.computeIfAbsent(
                new Question(latestVersion(), kind, sourceType, rectType, level), this::evaluate);
    }

    private String latestVersion() {
        Version version = latest;
        if (version == null || !version.isFresh()) {
            String id = repository
                    .createDecisionDefinitionQuery()
                    .decisionDefinitionKey(TABLE)
                    .latestVersion()
                    .singleResult()
                    .getId();
            version = new Version(id, System.nanoTime());
            latest = version;
        }
        return version.id();
    }

    private TimeLimit evaluate(Question question) {
        Map<String, Object> inputs = new HashMap<>();
        inputs.put("limit", question.kind().name());
        inputs.put("sourceType", question.sourceType());
        inputs.put("rectType", question.rectType());
        inputs.put("level", question.level());
        DmnDecisionRuleResult row =
                decisions.evaluateDecisionTableById(question.version(), inputs).getSingleResult();
        if (row == null) {
            throw new IllegalStateException("The decision table " + TABLE + " has no row for " + inputs);
        }
        Number amount = row.getEntry("amount");
        String unit = row.getEntry("unit");
        String basis = row.getEntry("basis");
        return new TimeLimit(amount.intValue(), LimitUnit.valueOf(unit), basis);
    }
}
