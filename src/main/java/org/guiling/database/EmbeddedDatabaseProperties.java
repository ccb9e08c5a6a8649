package org.guiling.database;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * The embedded PostgreSQL, used only while {@code spring.datasource.url} is not set.
 *
 * @param directory the folder that holds data, password and lock; survives restarts
 * @param binaries the folder of PostgreSQL's programs, which several applications may share; null for one within the
 *     directory
 * @param port the loopback port, or 0 for any free one
 * @param timeout how long a start may take, recovery included
 */
@ConfigurationProperties("guiling.database.embedded")
public record EmbeddedDatabaseProperties(
        @DefaultValue("data") Path directory,
        Path binaries,
        @DefaultValue("0") int port,
        @DefaultValue("60s") @Name("patience") Duration timeout) {}
