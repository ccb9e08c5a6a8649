package org.guiling.database;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Chooses between the PostgreSQL that the operator names and the embedded one. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    private static final Logger log = LoggerFactory.getLogger(DatabaseConfiguration.class);

    @Bean(destroyMethod = "close")
    @ConditionalOnProperty(name = "spring.datasource.url", matchIfMissing = true, havingValue = "embedded")
    JdbcConnectionDetails embeddedDatabase(
            EmbeddedDatabaseProperties properties, ConfigurableApplicationContext application) {
        return EmbeddedDatabase.start(properties, () -> end(application));
    }

    /** Without its database it can do nothing, and whoever watches the process is to notice. */
    private static void end(ConfigurableApplicationContext application) {
        log.error(
                "Guiling ends: its embedded PostgreSQL ended and could not be started again. The messages above say why;"
                        + " start Guiling when that is mended. What was stored is in the data folder.");
        AvailabilityChangeEvent.publish(application, LivenessState.BROKEN);
        System.exit(SpringApplication.exit(application, () -> 1));
    }
}
