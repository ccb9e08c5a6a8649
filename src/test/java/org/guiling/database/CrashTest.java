package org.guiling.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.guiling.RunningApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.util.FileCopyUtils;

/** Kills the application as a power cut would, in the middle of an import, and starts it again on the same folder. */
@Tag("integration")
class CrashTest {

    private static final Path LIST = Path.of("src/test/resources/kev-2021-2022.csv");
    private static final int ROWS = 866;
    private static final int ENOUGH_TO_BE_IN_THE_MIDDLE = 50;
    /** Each look is a connection, which takes from the import what it costs. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final Path folder =
            Path.of("target", "test-data", "crash-" + UUID.randomUUID()).toAbsolutePath();

    private final List<RunningApplication> started = new ArrayList<>();

    @AfterEach
    void stopWhatStillRuns() throws Exception {
        for (RunningApplication application : started) {
            application.process().destroy();
            application.process().waitFor(30, TimeUnit.SECONDS);
        }
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void itemsAndInstancesMatchAfterAKillInTheMiddleOfAnImport() throws Exception {
        // given an application that imports
        RunningApplication first = start();
        first.awaitReady();
        long before = numbersGiven();
        CompletableFuture<HttpResponse<String>> running = importList(first);
        while (numbersGiven() < before + ENOUGH_TO_BE_IN_THE_MIDDLE) {
            assertThat(running).as("an answer before the middle").failsWithin(BETWEEN_LOOKS);
        }

        // when it is killed and started again on the same folder
        first.process().destroyForcibly().waitFor();
        RunningApplication second = start();
        second.awaitReady();

        // then nothing of the import is there, and items and instances match one to one
        assertThat(count("select count(*) from item where import_batch_id is not null"))
                .isZero();
        assertItemsMatchInstances();

        // and a second application on the live folder says so and goes away
        RunningApplication third = start();
        assertThat(third.process().waitFor(RunningApplication.TIMEOUT.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(third.log())
                .contains("is in use by another Guiling (process "
                        + second.process().pid() + ")");

        // and the same import goes through now, once
        JsonNode report = new ObjectMapper().readTree(importList(second).get().body());
        assertThat(report.path("created").asInt()).as(report.toString()).isEqualTo(ROWS);
        JsonNode again = new ObjectMapper().readTree(importList(second).get().body());
        assertThat(again.path("created").asInt()).isZero();
        assertThat(again.path("duplicates").asInt()).isEqualTo(ROWS);
        assertItemsMatchInstances();
    }

    private void assertItemsMatchInstances() throws Exception {
        assertThat(count("""
            select count(*) from (select * from item where status not in ('CLOSED', 'NOT_ACCEPTED')) open
            full join (%s) instance on instance.business_key_ = open.item_no
            where open.id is null or instance.id_ is null\
            """.formatted(instancesOf("five-step-zeroing"))))
                .as("open items without instance, or the other way round")
                .isZero();
        assertThat(count("select count(*) from (%s) instance".formatted(instancesOf("five-step-zeroing"))))
                .isEqualTo(count("select count(*) from item where status not in ('CLOSED', 'NOT_ACCEPTED')"));
        assertThat(count("select count(*) from (%s) instance".formatted(instancesOf("look-back"))))
                .isEqualTo(count("select count(*) from item where status = 'CLOSED'"));
        assertThat(count("select count(*) from to_do")).isEqualTo(count("select count(*) from act_ru_task"));
    }

    private static String instancesOf(String model) {
        return """
            select execution.* from act_ru_execution execution
            join act_re_procdef model on model.id_ = execution.proc_def_id_ and model.key_ = '%s'
            where execution.parent_id_ is null\
            """.formatted(model);
    }

    /** A sequence does not roll back, so it tells how far a transaction got that nobody sees yet. */
    private long numbersGiven() throws Exception {
        return count("select last_value from item_number");
    }

    private long count(String sql) throws Exception {
        try {
            return Long.parseLong(RunningApplication.query(folder, sql));
        } catch (SQLException e) {
            throw new IOException(sql, e);
        }
    }

    private RunningApplication start() throws IOException {
        Path log = folder.resolveSibling(folder.getFileName() + "-" + started.size() + ".log");
        RunningApplication application = RunningApplication.start(
                log, List.of("--spring.profiles.active=demo", "--guiling.database.embedded.directory=" + folder));
        started.add(application);
        return application;
    }

    private static CompletableFuture<HttpResponse<String>> importList(RunningApplication application)
            throws IOException {
        String boundary = "guiling-crash-test";
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + application.port() + "/api/imports"))
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString("registrar:guiling-demo".getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.ofByteArray(multipart(
                        boundary,
                        Map.ofEntries(
                                Map.entry("profile", "kev"),
                                Map.entry("dryRun", "false"),
                                Map.entry("mode", "all-or-nothing"),
                                Map.entry("leadUnit", "housing-urban-bureau"),
                                Map.entry("category", "SAFETY"),
                                Map.entry("level", "2"),
                                Map.entry("sourceType", "UPPER"),
                                Map.entry("sourceDocNo", "KEV 2021-2022"),
                                Map.entry("foundBy", "CISA"),
                                Map.entry("urgency", "URGENT"),
                                Map.entry("systemic", "NO"),
                                Map.entry("visibility", "PUBLIC"),
                                Map.entry("dueBasis", "KEV dueDate")))))
                .build();
        return HttpClient.newHttpClient().sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    private static byte[] multipart(String boundary, Map<String, String> parts) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Map.Entry<String, String> part : parts.entrySet()) {
            body.writeBytes("--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                    .formatted(boundary, part.getKey(), part.getValue())
                    .getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes(("--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"kev.csv\"\r\n"
                        + "Content-Type: text/csv\r\n\r\n")
                .formatted(boundary)
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(FileCopyUtils.copyToByteArray(LIST.toFile()));
        body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return body.toByteArray();
    }
}
