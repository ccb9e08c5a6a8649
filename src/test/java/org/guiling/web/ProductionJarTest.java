package org.guiling.web;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** An office's first day: people from a file with an initial password, everything else as the profile has it. */
@Tag("jar")
class ProductionJarTest extends JarAttacks {

    private static final String INITIAL = "S3cret-of-the-first-day";

    @Override
    BuiltJar start(List<String> jvm) throws Exception {
        Path people = Path.of("src/main/resources/demo/organization.yaml").toAbsolutePath();
        return BuiltJar.start(
                "production",
                INITIAL,
                jvm,
                List.of(
                        "--guiling.organization.location=" + people.toUri(),
                        "--guiling.organization.initial-password=" + INITIAL));
    }
}
