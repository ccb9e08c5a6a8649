package org.guiling.engine.decision;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
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
    private final LoadingCache<String, String> latest =
            Caffeine.newBuilder().expireAfterWrite(VERSION_KEPT).build(this::read);

    DecisionVersions(@Lazy RepositoryService repository) {
        this.repository = repository;
    }

    /** The engine's id of the table's latest version. */
    String latest(String key) {
        return latest.get(key);
    }

    /** To be called when this node has deployed another version. */
    void forget(String key) {
        latest.invalidate(key);
    }

    private String read(String key) {
        return repository
                .createDecisionDefinitionQuery()
                .decisionDefinitionKey(key)
                .latestVersion()
                .singleResult()
                .getId();
    }
}
