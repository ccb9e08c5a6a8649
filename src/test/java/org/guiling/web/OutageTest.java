package org.guiling.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.guiling.web.support.Caller.answer;
import static org.guiling.web.support.Caller.problem;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.guiling.RunningApplication;
import org.guiling.engine.Samples;
import org.guiling.web.support.Caller;
import org.guiling.web.support.Ledgers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** Answers and records of the application while its disk is full or its database is gone, and how it ends. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("integration")
class OutageTest {

    /** Ten seconds are promised; the rest is for a machine that has other things to do. */
    private static final long SHUTDOWN_SECONDS = 30;

    private final Path folder =
            Path.of("target", "test-data", "outage-" + UUID.randomUUID()).toAbsolutePath();
    private final Path small = folder.resolve("small");
    private boolean mounted;
    private RunningApplication application;

    /** One start for all: it takes longer than everything else here. */
    @BeforeAll
    void start() throws Exception {
        Files.createDirectories(small);
        mounted = run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", small.toString()) == 0;
        application = RunningApplication.start(
                folder.resolve("application.log"),
                List.of(
                        "--spring.profiles.active=demo",
                        "--guiling.database.embedded.directory=" + folder.resolve("data"),
                        "--guiling.evidence.directory=" + small.resolve("evidence"),
                        "--guiling.uploads.directory=" + small.resolve("uploads"),
                        "--guiling.storage.least-free=2MB"));
        application.awaitReady();
    }

    @AfterEach
    void makeRoom() throws IOException {
        Files.deleteIfExists(small.resolve("ballast"));
    }

    @AfterAll
    void stop() throws Exception {
        if (application != null) {
            application.process().destroy();
            assertThat(application.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        if (mounted) {
            run("umount", "-l", small.toString());
        }
    }

    @Test
    @Order(1)
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void aFullDiskIsToldAndNothingIsHalfStored() throws Exception {
        Assumptions.assumeTrue(mounted, "no small file system can be mounted here: that takes root on Linux");
        String itemNo = itemInRectification();
        String evidence = "/api/items/" + itemNo + "/evidence";

        // given a disk with no room for the next file
        Path ballast = small.resolve("ballast");
        fill(ballast);

        // then nothing is taken, in words, and nothing of it is left
        long files = filesBut(ballast);
        long written = count("select count(*) from timeline");
        byte[] large = new byte[400_000];
        System.arraycopy("%PDF-1.7\n".getBytes(StandardCharsets.US_ASCII), 0, large, 0, 9);
        HttpResponse<String> refused = script("handler").upload(evidence, "现场.pdf", large, Map.of());
        assertThat(problem(refused, 507).path("detail").asText()).contains("存储空间已满", "没有保存");
        problem(
                script("registrar").upload("/api/imports", "l.csv", Ledgers.with(2000, 0), Map.of("profile", "ledger")),
                507);
        Caller browser = Caller.browser(application.port(), "registrar");
        assertThat(browser.upload(
                                "/imports/check?_csrf=" + browser.csrf("/imports"),
                                "l.csv",
                                Ledgers.with(2000, 0),
                                Map.of("profile", "ledger"))
                        .body())
                .contains("存储空间已满");
        assertThat(filesBut(ballast)).isEqualTo(files);
        assertThat(count("select count(*) from timeline")).isEqualTo(written);
        assertThat(application.log()).contains("was not done: no space left");

        // and whoever watches learns it; the application itself lives
        application.awaitReadiness(503);
        assertThat(application.health("/liveness").statusCode()).isEqualTo(200);

        // and where there is room again it goes on
        Files.delete(ballast);
        application.awaitReadiness(200);
        answer(script("handler").upload(evidence, "现场.pdf", large, Map.of()), 201);

        // and the same where the database has no room
        execute("create tablespace small location '" + Files.createDirectories(small.resolve("postgres")) + "'");
        execute("alter table timeline set tablespace small");
        fill(ballast);
        long items = count("select count(*) from item");
        HttpResponse<String> last = null;
        for (int i = 0; i < 200 && (last == null || last.statusCode() < 400); i++) {
            last = register();
            items += last.statusCode() < 400 ? 1 : 0;
        }
        assertThat(problem(last, 507).path("detail").asText()).contains("存储空间已满");
        assertThat(count("select count(*) from item")).isEqualTo(items);
        Files.delete(ballast);
        assertThat(register().statusCode()).isEqualTo(201);
        execute("alter table timeline set tablespace pg_default");
        execute("drop tablespace small");
    }

    @Test
    @Order(2)
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void aDatabaseThatIsKilledIsStartedAgainAndTheApplicationEndsInTime() throws Exception {
        String itemNo = itemInRectification();
        Caller browser = Caller.browser(application.port(), "handler");
        assertThat(browser.get("/todos").statusCode()).isEqualTo(200);

        // when PostgreSQL is killed while people work
        ProcessHandle postmaster = postmaster();
        assertThat(postmaster.destroyForcibly()).isTrue();
        postmaster.onExit().get(30, TimeUnit.SECONDS);

        // then nobody hears that the system has failed
        List<HttpResponse<String>> meanwhile = new ArrayList<>();
        do {
            meanwhile.add(script("handler").get("/api/items/" + itemNo));
            meanwhile.add(browser.get("/todos"));
            meanwhile.add(script("operator").get("/engine-rest/task/count"));
            meanwhile.add(register());
        } while (meanwhile.stream().skip(meanwhile.size() - 4L).anyMatch(reply -> reply.statusCode() >= 400));
        assertThat(meanwhile)
                .allSatisfy(
                        reply -> assertThat(reply.statusCode()).as(reply.body()).isIn(200, 201, 503));
        assertThat(meanwhile.stream().filter(reply -> reply.statusCode() == 503))
                .allSatisfy(
                        reply -> assertThat(reply.body()).contains("系统正忙或正在维护").doesNotContain("Exception"));
        assertThat(application.log()).contains("ended without being asked");

        // and all that was stored is there, and the engine goes on
        application.awaitReadiness(200);
        assertThat(postmaster().pid()).isNotEqualTo(postmaster.pid());
        answer(script("handler").get("/api/items/" + itemNo), 200);
        assertThat(application.health("/liveness").statusCode()).isEqualTo(200);

        // when it is stopped while somebody is in the middle of a request and others keep their connections
        List<Socket> open = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Socket socket = new Socket("127.0.0.1", application.port());
            OutputStream out = socket.getOutputStream();
            out.write(
                    "POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nuser"
                            .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            open.add(socket);
        }
        try (Connection busy = connect();
                Statement statement = busy.createStatement()) {
            busy.setAutoCommit(false);
            statement.execute("lock table suggestion");
            ProcessHandle server = postmaster();
            long begin = System.nanoTime();
            application.process().destroy();

            // then it ends, and its server with it
            assertThat(application.process().waitFor(SHUTDOWN_SECONDS, TimeUnit.SECONDS))
                    .as(application.log())
                    .isTrue();
            System.out.printf("Stopped after %d ms%n", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
            server.onExit().get(30, TimeUnit.SECONDS);
        } catch (SQLException e) {
            // The server took its connection along.
        }
        for (Socket socket : open) {
            socket.close();
        }
    }

    private Caller script(String person) {
        try {
            return Caller.script(application.port(), person);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> register() {
        return script("registrar").post("/api/items", Samples.registration(LocalDate.now()));
    }

    /** Of the sample ledger. */
    private String itemInRectification() throws Exception {
        return single(
                "select item_no from item where status = 'RECTIFYING' and handler = 'handler' order by id limit 1");
    }

    private static void fill(Path ballast) throws IOException {
        try (OutputStream out = Files.newOutputStream(ballast)) {
            byte[] block = new byte[4096];
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left on device");
        }
    }

    /** With content: the container leaves the empty file behind that it had no room to write to. */
    private long filesBut(Path ballast) throws IOException {
        try (Stream<Path> files = Files.walk(small)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.equals(ballast) && file.toFile().length() > 0)
                    .count();
        }
    }

    private ProcessHandle postmaster() throws IOException {
        return ProcessHandle.of(Long.parseLong(postmasterFile().get(0).strip())).orElseThrow();
    }

    private List<String> postmasterFile() throws IOException {
        return Files.readAllLines(folder.resolve("data/postgres/postmaster.pid"));
    }

    private Connection connect() throws Exception {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + postmasterFile().get(3).strip() + "/postgres",
                "postgres",
                Files.readString(folder.resolve("data/postgres.password")).strip());
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long count(String sql) throws Exception {
        return Long.parseLong(single(sql));
    }

    private String single(String sql) throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).as(sql).isTrue();
            return result.getString(1);
        }
    }

    private static int run(String... command) throws Exception {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException missing) {
            return -1;
        }
    }
}
