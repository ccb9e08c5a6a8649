package org.guiling.engine.decision;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Map;
import java.util.function.Function;
import org.camunda.bpm.dmn.engine.DmnDecisionTableResult;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.ProcessEngineException;
import org.guiling.refusal.RefusedException;

/**
 * A decision table that offices edit, in whichever version one deployed last. A version's answers do not change, so each
 * is worked out once.
 *
 * @param <T> what an answer is to the caller
 */
final class DecisionTable<T> {

    private static final int ANSWERS_KEPT = 10_000;

    private final RuleTable table;
    private final DecisionService decisions;
    private final DecisionVersions versions;
    private final Function<DmnDecisionTableResult, T> reading;
    private final Cache<Question, T> answers =
            Caffeine.newBuilder().maximumSize(ANSWERS_KEPT).build();

    DecisionTable(
            RuleTable table,
            DecisionService decisions,
            DecisionVersions versions,
            Function<DmnDecisionTableResult, T> reading) {
        this.table = table;
        this.decisions = decisions;
        this.versions = versions;
        this.reading = reading;
    }

    private record Question(String version, Map<String, Object> inputs) {}

    /**
     * Asks the table.
     *
     * @param inputs by the names of the table; a value may be null, and nobody changes them afterwards
     * @throws RefusedException when the table has more of FEEL than it may
     */
    T answer(Map<String, Object> inputs) {
        return answers.get(
                new Question(versions.latest(table.key()), inputs), question -> reading.apply(evaluate(question)));
    }

    /** The engine puts words of its own around what a table is refused for, which only one deployed at the engine can be. */
    private DmnDecisionTableResult evaluate(Question question) {
        try {
            return decisions.evaluateDecisionTableById(question.version(), question.inputs());
        } catch (ProcessEngineException e) {
            if (e.getCause() instanceof RefusedException refused) {
                throw refused;
            }
            throw e;
        }
    }
}
