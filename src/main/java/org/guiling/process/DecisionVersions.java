package org.guiling.process;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.RepositoryService;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Knows the latest deployed version of each decision table; a deployment on another node is noticed within a minute.
 */
@Component
class DecisionVersions {

    private static final Duration VERSION_KEPT = Duration.ofMinutes(1);

    private final RepositoryService repository;
    private final Map<String, Version> latest = new ConcurrentHashMap<>();

    DecisionVersions(@Lazy RepositoryService repository) {
        this.repository = repository;
    }

    private record Version(String id, long readAt) {

        boolean isFresh() {
            return System.nanoTime() - readAt < VERSION_KEPT.toNanos();
        }
    }

    /** The engine's id of the table's latest version. */
    String latest(String key) {
        return latest.compute(key, (table, known) -> known != null && known.isFresh() ? known : read(table))
                .id();
    }

    /** To be called when this node has deployed another version. */
    void forget(String key) {
        latest.remove(key);
    }

    private Version read(String key) {
        String id = repository
                .createDecisionDefinitionQuery()
                .decisionDefinitionKey(key)
                .latestVersion()
                .singleResult()
                .getId();
        return new Version(id, System.nanoTime());
    }
}
