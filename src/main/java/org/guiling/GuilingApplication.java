package org.guiling;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts Guiling (归零): engine, record, REST and pages in one process. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class GuilingApplication {

    public static void main(String[] args) {
        SpringApplication.run(GuilingApplication.class, args);
    }
}
