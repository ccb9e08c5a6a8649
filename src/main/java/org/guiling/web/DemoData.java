package org.guiling.web;

import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;

/** Tells pages whether the data are samples, so that they can say so. */
@Component
class DemoData {

    private final boolean active;

    DemoData(Environment environment) {
        active = environment.acceptsProfiles(Profiles.of("demo"));
    }

    boolean isActive() {
        return active;
    }
}
