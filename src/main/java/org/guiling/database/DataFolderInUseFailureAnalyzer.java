package org.guiling.database;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells the operator what to do instead of printing a stack trace. */
class DataFolderInUseFailureAnalyzer extends AbstractFailureAnalyzer<DataFolderInUseException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, DataFolderInUseException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Stop process " + cause.holder() + ", or start this one on a folder of its own with"
                        + " --guiling.database.embedded.directory=OTHER, or connect both to one PostgreSQL with"
                        + " spring.datasource.url.",
                cause);
    }
}
