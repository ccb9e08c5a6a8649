package org.guiling.engine.refusal;

import java.util.Optional;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.guiling.database.Hindrance;

/** {@link Hindrance} for whoever called the engine, which has a word of its own for a lost race. */
public final class EngineHindrance {

    private EngineHindrance() {}

    /**
     * The hindrance that caused a failure.
     *
     * @param failure may be null
     * @return empty where it is a fault of the program or of the request
     */
    public static Optional<Hindrance> of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OptimisticLockingException) {
                return Optional.of(Hindrance.LOST_RACE);
            }
        }
        return Hindrance.of(failure);
    }
}
