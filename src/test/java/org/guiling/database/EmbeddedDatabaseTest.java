package org.guiling.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.guiling.RunningApplication;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A PostgreSQL that is killed comes back with all that was committed, or is told to be lost. */
@Tag("integration")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class EmbeddedDatabaseTest {

    private final Path folder =
            Path.of("target", "test-data", "embedded-" + UUID.randomUUID()).toAbsolutePath();
    private final CompletableFuture<Void> lost = new CompletableFuture<>();

    @Test
    void aKilledServerComesBackOnItsPortTwice() throws Exception {
        try (EmbeddedDatabase database = start(Duration.ofMinutes(3))) {
            String address = database.getJdbcUrl();
            execute(database, "create table kept (n int)");
            for (int i = 1; i <= 2; i++) {
                execute(database, "insert into kept values (" + i + ")");

                kill();

                assertThat(rowsOnceItIsBack(database)).isEqualTo(i);
                assertThat(database.getJdbcUrl()).isEqualTo(address);
                assertThat(lost).isNotDone();
            }
        }
    }

    /** The thread that restarted the server may still be waiting for it when it dies the next time. */
    @Test
    void aServerThatIsKilledAsSoonAsItAnswersComesBackEachTime() throws Exception {
        try (EmbeddedDatabase database = start(Duration.ofMinutes(3))) {
            execute(database, "create table kept (n int)");
            for (int i = 0; i < 5; i++) {
                kill();

                assertThat(rowsOnceItIsBack(database)).isZero();
            }
        }
    }

    @Test
    void aServerThatCannotStartAgainIsLost() throws Exception {
        try (EmbeddedDatabase database = start(Duration.ofMinutes(3))) {
            execute(database, "select 1");
        }
        try (EmbeddedDatabase database = start(Duration.ofSeconds(20))) {
            Files.move(folder.resolve("postgres/global/pg_control"), folder.resolve("pg_control"));

            kill();

            assertThat(lost).succeedsWithin(Duration.ofMinutes(5));
        }
    }

    private EmbeddedDatabase start(Duration timeout) {
        return EmbeddedDatabase.start(
                new EmbeddedDatabaseProperties(folder, RunningApplication.POSTGRES, 0, timeout),
                () -> lost.complete(null));
    }

    private void kill() throws Exception {
        String pid =
                Files.readAllLines(folder.resolve("postgres/postmaster.pid")).get(0);
        ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
        assertThat(postmaster.destroyForcibly()).isTrue();
        postmaster.onExit().get(1, TimeUnit.MINUTES);
    }

    private long rowsOnceItIsBack(EmbeddedDatabase database) {
        return await().atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(20))
                .failFast("the server is lost", lost::isDone)
                .ignoreExceptionsInstanceOf(SQLException.class)
                .until(() -> rows(database), Objects::nonNull);
    }

    private static Long rows(EmbeddedDatabase database) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from kept")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void execute(EmbeddedDatabase database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect(EmbeddedDatabase database) throws SQLException {
        return DriverManager.getConnection(database.getJdbcUrl(), database.getUsername(), database.getPassword());
    }
}
