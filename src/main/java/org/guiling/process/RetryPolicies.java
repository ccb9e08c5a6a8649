package org.guiling.process;

import org.springframework.stereotype.Component;

/** How often a failed job is tried again, by name; models ask for it: {@code ${retryPolicies.outsideWorld}}. */
@Component("retryPolicies")
public class RetryPolicies {

    /** Three more attempts after one minute, half an hour and two hours; then an incident. */
    static final String OUTSIDE_WORLD = "R3/PT1M,PT30M,PT2H";

    /** How many attempts {@link #OUTSIDE_WORLD} allows a job that an operator sends on its way again. */
    static final int OUTSIDE_WORLD_ATTEMPTS = 4;

    /** For what calls a service that is not ours. */
    public String getOutsideWorld() {
        return OUTSIDE_WORLD;
    }
}
