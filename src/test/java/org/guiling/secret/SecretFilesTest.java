package org.guiling.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

class SecretFilesTest {

    private static final String PASSWORD = "spring.datasource.password";

    @TempDir
    Path folder;

    @Test
    void whatIsExchangedInAFileHoldsAtOnce() throws IOException {
        SecretFolder files = new SecretFolder(folder).with(PASSWORD, "first");
        try (ConfigurableApplicationContext application = started(Map.of())) {
            SecretFiles secrets = new SecretFiles(application.getEnvironment());
            assertThat(secrets.current(PASSWORD, "bound")).isEqualTo("first");

            files.with(PASSWORD, "second");
            assertThat(secrets.current(PASSWORD, "bound")).isEqualTo("second");

            Files.delete(folder.resolve(PASSWORD));
            assertThat(secrets.current(PASSWORD, "bound")).isEqualTo("second");
            assertThat(secrets.current("spring.mail.password", "bound")).isEqualTo("bound");
        }
    }

    @Test
    void whatStandsBeforeTheFilesStaysBeforeThem() {
        new SecretFolder(folder).with(PASSWORD, "of the file");
        try (ConfigurableApplicationContext application = started(Map.of(PASSWORD, "of the command line"))) {
            assertThat(new SecretFiles(application.getEnvironment()).current(PASSWORD, "bound"))
                    .isEqualTo("of the command line");
        }
    }

    /** With the files as an operator names them. */
    private ConfigurableApplicationContext started(Map<String, String> first) {
        SpringApplication application = new SpringApplication(Nothing.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        return application.run(java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(
                                "--spring.config.location=optional:classpath:/none/",
                                "--spring.config.import=configtree:" + folder + "/"),
                        first.entrySet().stream().map(each -> "--" + each.getKey() + "=" + each.getValue()))
                .toArray(String[]::new));
    }

    @Configuration(proxyBeanMethods = false)
    static class Nothing {}
}
