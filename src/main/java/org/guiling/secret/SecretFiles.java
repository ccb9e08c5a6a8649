package org.guiling.secret;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.env.ConfigTreePropertySource;
import org.springframework.boot.env.ConfigTreePropertySource.Option;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.stereotype.Component;

/**
 * Reads secrets each time they are needed, where they come from files ({@code spring.config.import: configtree:}), so that
 * what a vault or an operator exchanges there holds at once. Settings from elsewhere stay as they were at the start.
 */
@Component
public class SecretFiles {

    private static final Logger log = LoggerFactory.getLogger(SecretFiles.class);

    private final ConfigurableEnvironment environment;
    private final Map<String, String> lastRead = new ConcurrentHashMap<>();

    public SecretFiles(ConfigurableEnvironment environment) {
        this.environment = environment;
        // Spring's own keep what they read first.
        environment.getPropertySources().stream()
                .filter(ConfigTreePropertySource.class::isInstance)
                .toList()
                .forEach(this::readAlways);
    }

    private void readAlways(PropertySource<?> files) {
        environment
                .getPropertySources()
                .replace(
                        files.getName(),
                        new ConfigTreePropertySource(
                                files.getName(),
                                (Path) files.getSource(),
                                Option.ALWAYS_READ,
                                Option.AUTO_TRIM_TRAILING_NEW_LINE));
    }

    /**
     * The value that a setting has now: while its file cannot be read the one that was read last.
     *
     * @param setting its name, as in {@code spring.datasource.password}
     * @param atStart what it was bound to; the value of a setting that is in no file and in no other place
     */
    public String current(String setting, String atStart) {
        try {
            String read = environment.getProperty(setting);
            if (read == null || read.isEmpty()) {
                return lastRead.getOrDefault(setting, atStart);
            }
            lastRead.put(setting, read);
            return read;
        } catch (RuntimeException e) {
            log.warn("The file of {} cannot be read; what it said before is used.", setting, e);
            return lastRead.getOrDefault(setting, atStart);
        }
    }
}
