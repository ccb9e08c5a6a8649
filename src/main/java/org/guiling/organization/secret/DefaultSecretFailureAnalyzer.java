package org.guiling.organization.secret;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells the operator which secret to set. */
class DefaultSecretFailureAnalyzer extends AbstractFailureAnalyzer<DefaultSecretException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, DefaultSecretException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Set secrets of your own through the environment, see the configuration chapter of README.md.",
                cause);
    }
}
