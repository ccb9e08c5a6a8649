package org.guiling.process;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.camunda.bpm.dmn.engine.DmnDecisionTableResult;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.RepositoryService;

/**
 * A decision table that offices edit, in whichever version one deployed last; a new one is noticed within a minute. A
 * version's answers do not change, so each is worked out once.
 *
 * @param <T> what an answer is to the caller
 */
final class DecisionTable<T> {

    private static final Duration VERSION_KEPT = Duration.ofMinutes(1);

    private final String key;
    private final DecisionService decisions;
    private final RepositoryService repository;
    private final Function<DmnDecisionTableResult, T> reading;
    private final Map<Question, T> answers = new ConcurrentHashMap<>();
    private volatile Version latest;

    DecisionTable(
            String key,
            DecisionService decisions,
            RepositoryService repository,
            Function<DmnDecisionTableResult, T> reading) {
        this.key = key;
        this.decisions = decisions;
        this.repository = repository;
        this.reading = reading;
    }

    private record Version(String id, long readAt) {

        boolean isFresh() {
            return System.nanoTime() - readAt < VERSION_KEPT.toNanos();
        }
    }

    private record Question(String version, Map<String, Object> inputs) {}

    /** @param inputs by the names of the table; a value may be null, and nobody changes them afterwards */
    T answer(Map<String, Object> inputs) {
        return answers.computeIfAbsent(
                new Question(latestVersion(), inputs),
                question -> reading.apply(decisions.evaluateDecisionTableById(question.version(), question.inputs())));
    }

    private String latestVersion() {
        Version version = latest;
        if (version == null || !version.isFresh()) {
            String id = repository
                    .createDecisionDefinitionQuery()
                    .decisionDefinitionKey(key)
                    .latestVersion()
                    .singleResult()
                    .getId();
            version = new Version(id, System.nanoTime());
            latest = version;
        }
        return version.id();
    }
}
