package org.guiling.engine.notification;

import org.springframework.stereotype.Component;

/** Retry policies of failed jobs by name, for expressions of the models: {@code ${retryPolicies.outsideWorld}}. */
@Component("retryPolicies")
public class RetryPolicies {

    /** Three more attempts after one minute, half an hour and two hours; then an incident. */
    public static final String OUTSIDE_WORLD = "R3/PT1M,PT30M,PT2H";

    /** Number of attempts that {@link #OUTSIDE_WORLD} allows a job that an operator retries. */
    static final int OUTSIDE_WORLD_ATTEMPTS = 4;

    /** For what calls a service that is not ours. */
    public String getOutsideWorld() {
        return OUTSIDE_WORLD;
    }
}
