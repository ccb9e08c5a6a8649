package org.guiling.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.guiling.GuilingTest;
import org.guiling.RunningApplication;
import org.guiling.audit.AuditVerification;
import org.guiling.engine.LifeCycle;
import org.guiling.item.ItemStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The application with the two roles of docker/database-roles.sql: it works, and takes nothing apart. */
@Tag("own-context")
@GuilingTest
@DirtiesContext
class DatabaseRolesTest {

    private static final EmbeddedPostgres SERVER = start();

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    AuditVerification verification;

    private static EmbeddedPostgres start() {
        try {
            Path folder = Path.of("target", "test-data", "roles-" + UUID.randomUUID());
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setDataDirectory(folder.resolve("postgres"))
                    .setOverrideWorkingDirectory(
                            Files.createDirectories(RunningApplication.POSTGRES).toFile())
                    .setLocaleConfig("locale", "C.UTF-8")
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("timezone", "Asia/Shanghai")
                    .start();
            try (Connection connection = server.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(Files.readString(Path.of("docker", "database-roles.sql")));
                // Once more, as over what is there already.
                statement.execute(Files.readString(Path.of("docker", "database-roles.sql")));
            }
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @DynamicPropertySource
    static void roles(DynamicPropertyRegistry registry) {
        registry.add("spring.datasource.url", () -> "jdbc:postgresql://127.0.0.1:" + SERVER.getPort() + "/postgres");
        registry.add("spring.datasource.username", () -> "guiling");
        registry.add("spring.datasource.password", () -> "of the one who works");
        registry.add("spring.flyway.user", () -> "guiling_owner");
        registry.add("spring.flyway.password", () -> "of the owner");
    }

    @AfterAll
    static void stop() throws IOException {
        SERVER.close();
    }

    @Test
    void anItemGoesThroughAllOfItsSteps() {
        String itemNo = lifeCycle.itemAt(ItemStatus.CLOSED);

        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.CLOSED);
        assertThat(jdbc.queryForObject("select current_user", String.class)).isEqualTo("guiling");
        assertThat(verification.verify().isSound()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop table timeline",
                "truncate timeline",
                "alter table timeline disable trigger all",
                "drop trigger timeline_chain on timeline",
                "create table of_my_own (id integer)",
                "create function of_my_own() returns integer language sql as 'select 1'",
                "alter role guiling superuser",
                "set role guiling_owner",
                "set session_replication_role = replica",
                "copy person to program 'cat'"
            })
    void nothingIsTakenApart(String command) {
        assertThatThrownBy(() -> jdbc.execute(command))
                .rootCause()
                .hasMessageMatching("(?s).*(permission denied|must be owner|must have|required to).*");
    }
}
