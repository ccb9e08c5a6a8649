package org.guiling.calendar;

import java.io.IOException;
import java.io.InputStream;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.stereotype.Component;

/** Loads the years that come with the product, before anything counts days. */
@Component
@Order(0)
class ShippedYears implements ApplicationRunner {

    private final ResourcePatternResolver resources;
    private final WorkingCalendars calendars;

    ShippedYears(ResourcePatternResolver resources, WorkingCalendars calendars) {
        this.resources = resources;
        this.calendars = calendars;
    }

    @Override
    public void run(ApplicationArguments arguments) throws IOException {
        for (Resource file : resources.getResources("classpath*:calendar/*.yaml")) {
            try (InputStream content = file.getInputStream()) {
                calendars.loadShipped(calendars.read(content));
            }
        }
    }
}
