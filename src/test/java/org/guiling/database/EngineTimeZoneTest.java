package org.guiling.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.migration.Context;
import org.guiling.RunningApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that moves to another time zone moves no date and no timer. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
@Tag("integration")
class EngineTimeZoneTest {

    /** One behind and one ahead of UTC, and the office's own. */
    private static final List<String> ZONES = List.of("America/New_York", "Pacific/Auckland", "Asia/Shanghai");

    private final Path folder =
            Path.of("target", "test-data", "zones-" + UUID.randomUUID()).toAbsolutePath();

    private RunningApplication running;

    @AfterEach
    void stop() throws Exception {
        if (running != null) {
            running.process().destroy();
            running.process().waitFor(1, TimeUnit.MINUTES);
        }
    }

    @Test
    void whatIsStoredAndShownIsTheSameInEachZone() throws Exception {
        List<JsonNode> shown = new ArrayList<>();
        for (String zone : ZONES) {
            start(zone);
            shown.add(tasks());
            assertThat(dueDatesThatAreNot("task.due_date_ at time zone 'Asia/Shanghai' = to_do.due"))
                    .isEqualTo("0");
            assertThat(dueDatesThatAreNot("false")).isNotEqualTo("0");
            stop();
        }

        assertThat(shown.get(0).size()).isPositive();
        assertThat(shown).allMatch(shown.get(0)::equals);
    }

    @Test
    void aDatabaseThatWasWrittenInAnotherZoneKeepsIt() throws Exception {
        TimeZone before = TimeZone.getDefault();
        try (EmbeddedDatabase database = EmbeddedDatabase.start(
                        new EmbeddedDatabaseProperties(folder, RunningApplication.POSTGRES, 0, Duration.ofMinutes(3)),
                        () -> {});
                Connection connection = DriverManager.getConnection(
                        database.getJdbcUrl(), database.getUsername(), database.getPassword());
                Statement statement = connection.createStatement()) {
            statement.execute("create table act_re_deployment (id_ text)");

            TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
            assertThat(migrated(connection)).isEqualTo("Asia/Shanghai");

            statement.execute("drop table engine_time_zone; insert into act_re_deployment values ('1')");
            assertThat(migrated(connection)).isEqualTo("America/New_York");
        } finally {
            TimeZone.setDefault(before);
        }
    }

    private static String migrated(Connection connection) throws Exception {
        new EngineTimeZoneMigration().migrate(new Context() {
            @Override
            public Configuration getConfiguration() {
                throw new UnsupportedOperationException();
            }

            @Override
            public Connection getConnection() {
                return connection;
            }
        });
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select zone from engine_time_zone")) {
            row.next();
            return row.getString(1);
        }
    }

    private void start(String zone) throws Exception {
        running = RunningApplication.start(
                folder.resolveSibling(folder.getFileName() + "-" + zone.replace('/', '-') + ".log"),
                List.of("-Duser.timezone=" + zone),
                List.of("--spring.profiles.active=demo", "--guiling.database.embedded.directory=" + folder));
        running.awaitReady();
    }

    /** As Tasklist shows them, with the times at which they were created and are due. */
    private JsonNode tasks() throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + running.port()
                                        + "/engine-rest/task?sortBy=id&sortOrder=asc&maxResults=50"))
                                .header(
                                        "Authorization",
                                        "Basic "
                                                + Base64.getEncoder()
                                                        .encodeToString("operator:guiling-demo"
                                                                .getBytes(StandardCharsets.UTF_8)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    /** The engine's column has no zone and ours has one: they must mean the same moment. */
    private String dueDatesThatAreNot(String same) throws Exception {
        return RunningApplication.query(folder, """
            select count(*) from act_ru_task task join to_do on to_do.task_id = task.id_
            where to_do.due is not null and not (%s)""".formatted(same));
    }
}
