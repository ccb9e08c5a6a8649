package org.guiling.secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.env.ConfigTreePropertySource;
import org.springframework.core.env.StandardEnvironment;

/** A folder of secrets, a file for each setting, as {@code configtree:} reads it at the start. */
public final class SecretFolder {

    private final Path folder;

    public SecretFolder(Path folder) {
        this.folder = folder;
    }

    public SecretFolder with(String setting, String value) {
        try {
            Files.writeString(folder.resolve(setting), value + "\n");
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As an application that starts now reads it. */
    public SecretFiles read() {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addLast(new ConfigTreePropertySource(
                        "secrets", folder, ConfigTreePropertySource.Option.AUTO_TRIM_TRAILING_NEW_LINE));
        return new SecretFiles(environment);
    }
}
