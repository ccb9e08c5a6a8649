package org.guiling.web;

import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;

/** Whether the data are samples: pages say so. */
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
