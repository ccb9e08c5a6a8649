package org.guiling.web.support;

import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;

/** Tells pages whether the data are samples, so that they can say so. */
@Component
public class DemoData {

    private final boolean active;

    DemoData(Environment environment) {
        active = environment.acceptsProfiles(Profiles.of("demo"));
    }

    public boolean isActive() {
        return active;
    }
}
