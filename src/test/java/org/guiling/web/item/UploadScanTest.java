package org.guiling.web.item;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.guiling.web.support.Caller.answer;
import static org.guiling.web.support.Caller.problem;

import com.fasterxml.jackson.databind.JsonNode;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.guiling.GuilingTest;
import org.guiling.audit.AuditEvent;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.guiling.engine.LifeCycle;
import org.guiling.evidence.SampleFiles;
import org.guiling.evidence.content.ScanByHand;
import org.guiling.item.ItemStatus;
import org.guiling.notification.Inbox;
import org.guiling.notification.NoticeKind;
import org.guiling.scan.ScannerServer;
import org.guiling.scan.ScannerServer.Mood;
import org.guiling.web.support.Caller;
import org.guiling.web.support.Ledgers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** No upload comes in by any door that the scanner has not seen. */
@GuilingTest
@Tag("own-context")
@Import(ScanByHand.class)
class UploadScanTest {

    private static final ScannerServer SCANNER = new ScannerServer();
    private static final byte[] EICAR = ScannerServer.EICAR.getBytes(US_ASCII);

    @LocalServerPort
    int port;

    @Autowired
    RequestMappingHandlerMapping requestMappingHandlerMapping;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    AuditTrail trail;

    @Autowired
    Inbox inbox;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    HikariDataSource pool;

    @Autowired
    ScanByHand storedContents;

    @DynamicPropertySource
    static void scanner(DynamicPropertyRegistry properties) {
        properties.add("guiling.evidence.scan.host", () -> "127.0.0.1");
        properties.add("guiling.evidence.scan.port", SCANNER::port);
        properties.add("guiling.evidence.scan.largest", () -> "4MB");
        properties.add("guiling.evidence.scan.when-unavailable", () -> "accept-and-mark");
    }

    @AfterEach
    void works() {
        SCANNER.be(Mood.WORKS);
    }

    @AfterAll
    static void stop() throws IOException {
        SCANNER.close();
    }

    @Test
    void everyDoorForFilesIsScanned() {
        // given every route that takes files, and how each is called
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        Caller handler = Caller.script(port, "handler");
        Caller administrator = Caller.script(port, "administrator");
        long id = answer(handler.upload(evidence(itemNo), "a.jpg", SampleFiles.jpg(9, 9), Map.of()), 201)
                .at("/files/0/id")
                .asLong();
        String rules = "/administration/rules";
        Map<String, Door> doors = new TreeMap<>(Map.of(
                "/api/items/{itemNo}/evidence", new Door(handler, evidence(itemNo), Map.of()),
                "/api/items/{itemNo}/evidence/{id}/versions",
                        new Door(handler, evidence(itemNo) + "/" + id + "/versions", Map.of()),
                "/api/imports", new Door(Caller.script(port, "registrar"), "/api/imports", Map.of("profile", "ledger")),
                "/imports/check", new Door(browser("registrar"), "/imports/check", Map.of("profile", "ledger")),
                "/api/organization/import", new Door(administrator, "/api/organization/import", Map.of()),
                "/organization/check", new Door(browser("administrator"), "/organization/check", Map.of()),
                "/api/calendar/years", new Door(administrator, "/api/calendar/years", Map.of()),
                "/calendar/check", new Door(browser("administrator"), "/calendar/check", Map.of())));
        doors.put(
                rules + "/decisions/{key}/check",
                new Door(browser("administrator"), rules + "/decisions/time-limits/check", Map.of()));
        doors.put(
                rules + "/templates/{kind}/check",
                new Door(browser("administrator"), rules + "/templates/assignment/check", Map.of()));
        doors.put(rules + "/profile-upload", new Door(browser("administrator"), rules + "/profile-upload", Map.of()));
        assertThat(doors.keySet()).isEqualTo(doorsForFiles());

        long contents = contents();
        doors.forEach((route, door) -> {
            // when a file with malware comes in; evidence has to be of a type that is taken
            byte[] content = route.contains("evidence") ? infected(route) : EICAR;
            int before = found().size();
            HttpResponse<String> response = door.send(content);

            // then it is refused in words, written down, and told
            assertThat(found()).as(route).hasSize(before + 1);
            AuditEvent event = found().get(0);
            assertThat(event.details())
                    .containsEntry("malware", "Eicar-Test-Signature")
                    .containsEntry("outcome", "refused");
            assertThat(event.subject()).isEqualTo("a.pdf");
            assertThat(event.actor()).isNotBlank();
            if (route.startsWith("/api/")) {
                assertThat(problem(response, 422).get("detail").asText()).contains("Eicar-Test-Signature", "a.pdf");
            } else {
                assertThat(response.statusCode()).as(route).isEqualTo(302);
                assertThat(door.caller.get(door.caller.location(response)).body())
                        .as(route)
                        .contains("Eicar-Test-Signature");
            }
        });
        assertThat(inbox.of("administrator", 200))
                .anyMatch(notice -> notice.kind() == NoticeKind.MALWARE_FOUND
                        && notice.itemNo().equals("Eicar-Test-Signature"));
        assertThat(contents()).as("nothing of it is stored").isEqualTo(contents);
    }

    @Test
    void whatCannotBeScannedLaterIsRefusedWhileTheScannerIsAway() {
        SCANNER.be(Mood.CLOSES);
        HttpResponse<String> response = Caller.script(port, "registrar")
                .upload("/api/imports", "l.csv", Ledgers.with(1, 0), Map.of("profile", "ledger", "dryRun", "true"));
        assertThat(problem(response, 503).get("detail").asText()).contains("查毒");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("60");
        // and with it, the same file passes
        SCANNER.be(Mood.WORKS);
        answer(
                Caller.script(port, "registrar")
                        .upload(
                                "/api/imports",
                                "l.csv",
                                Ledgers.with(1, 0),
                                Map.of("profile", "ledger", "dryRun", "true")),
                200);
    }

    @Test
    void evidenceThatWasTakenUnscannedIsScannedLaterAndQuarantined() {
        // given a scanner that is away, and settings that accept that
        SCANNER.be(Mood.CLOSES);
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        Caller handler = Caller.script(port, "handler");
        byte[] content = infected("later " + itemNo);
        JsonNode bad = answer(handler.upload(evidence(itemNo), "坏.pdf", content, Map.of("measure", "1")), 201)
                .at("/files/0");
        JsonNode good = answer(
                        handler.upload(evidence(itemNo), "好.pdf", pdf("good " + itemNo), Map.of("measure", "2")), 201)
                .at("/files/0");
        assertThat(bad.get("scan").asText()).isEqualTo("UNSCANNED");
        String badPath = evidence(itemNo) + "/" + bad.get("id").asText();
        assertThat(handler.get(badPath).statusCode()).isEqualTo(200);
        assertThat(browser("handler").get("/items/" + itemNo + "/evidence").body())
                .contains("尚未查毒");
        storedContents.scan();
        assertThat(file(handler, itemNo, "坏.pdf").get("scan").asText())
                .as("still away")
                .isEqualTo("UNSCANNED");

        // when it is back
        SCANNER.be(Mood.WORKS);
        storedContents.scan();

        // then what it finds something in is not served any more, counts for nothing, and people are told
        assertThat(problem(handler.get(badPath), 404).get("detail").asText()).contains("隔离");
        assertThat(file(handler, itemNo, "坏.pdf").get("scan").asText()).isEqualTo("INFECTED");
        assertThat(file(handler, itemNo, "坏.pdf").get("available").asBoolean()).isFalse();
        assertThat(file(handler, itemNo, "好.pdf").get("scan").asText()).isEqualTo("CLEAN");
        assertThat(handler.get(evidence(itemNo) + "/" + good.get("id").asText()).statusCode())
                .isEqualTo(200);
        JsonNode list = answer(handler.get(evidence(itemNo)), 200);
        assertThat(list.at("/measures/0/files").asInt()).isZero();
        assertThat(list.at("/measures/1/files").asInt()).isEqualTo(1);
        assertThat(browser("handler").get("/items/" + itemNo + "/evidence").body())
                .contains("已隔离");
        AuditEvent event = found().get(0);
        assertThat(event.subject()).isEqualTo(bad.get("sha256").asText());
        assertThat(event.details())
                .containsEntry("outcome", "quarantined")
                .containsEntry("uploadedBy", List.of("handler"));
        for (String person : List.of("administrator", "handler")) {
            assertThat(inbox.of(person, 200)).as(person).anyMatch(notice -> notice.kind() == NoticeKind.MALWARE_FOUND);
        }
        assertThat(problem(
                        handler.post(
                                evidence(itemNo) + "/reuse",
                                Map.of("source", bad.get("id").asLong())),
                        404))
                .isNotNull();

        // and it does not come in again while the scanner is away
        SCANNER.be(Mood.CLOSES);
        problem(handler.upload(evidence(itemNo), "坏.pdf", content, Map.of()), 422);
        // nor is anything written twice
        SCANNER.be(Mood.WORKS);
        int events = found().size();
        storedContents.scan();
        assertThat(found()).hasSize(events);
    }

    @Test
    void whatIsTooLargeForTheScannerIsRefused() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        byte[] large = Arrays.copyOf(SampleFiles.pdf(), 4 * 1024 * 1024 + 1);
        assertThat(problem(Caller.script(port, "handler").upload(evidence(itemNo), "a.pdf", large, Map.of()), 422)
                        .get("detail")
                        .asText())
                .contains("4 MB");
    }

    @Test
    void noConnectionToTheDatabaseWaitsForTheScanner() throws Exception {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        Caller handler = Caller.script(port, "handler");
        SCANNER.be(Mood.SILENT);
        int before = SCANNER.connections();
        CompletableFuture<HttpResponse<String>> upload = CompletableFuture.supplyAsync(
                () -> handler.upload(evidence(itemNo), "a.pdf", pdf("silent " + itemNo), Map.of()));
        await().atMost(1, TimeUnit.MINUTES).until(() -> SCANNER.connections() > before);

        assertThat(jdbc.queryForObject(
                        "select count(*) from pg_stat_activity where state like 'idle in transaction%'", Long.class))
                .isZero();
        await().atMost(1, TimeUnit.MINUTES)
                .until(() -> pool.getHikariPoolMXBean().getActiveConnections() == 0);
        assertThat(upload).isNotDone();
        SCANNER.hangUp();
        assertThat(upload.get(1, TimeUnit.MINUTES).statusCode()).isEqualTo(201);
    }

    private record Door(Caller caller, String path, Map<String, String> fields) {

        HttpResponse<String> send(byte[] content) {
            return caller.upload(path, "a.pdf", content, fields);
        }
    }

    /** Templates of the addresses of all routes of ours that take a file. */
    private Set<String> doorsForFiles() {
        Set<String> doors = new TreeSet<>();
        requestMappingHandlerMapping.getHandlerMethods().forEach((route, method) -> {
            boolean takesFiles = Arrays.stream(method.getMethodParameters())
                    .map(parameter -> parameter.getParameterType())
                    .anyMatch(type -> type == MultipartFile.class || type == MultipartHttpServletRequest.class);
            if (takesFiles) {
                doors.addAll(route.getPatternValues());
            }
        });
        return doors;
    }

    /** A browser whose token goes with every request. */
    private Caller browser(String user) {
        Caller browser = Caller.browser(port, user);
        return browser.with("X-CSRF-TOKEN", browser.csrf("/"));
    }

    private long contents() {
        return jdbc.queryForObject("select count(*) from evidence_content", Long.class);
    }

    private List<AuditEvent> found() {
        return trail.page(AuditEventKind.MALWARE_FOUND, null, null, 200);
    }

    private static JsonNode file(Caller caller, String itemNo, String name) {
        for (JsonNode file : answer(caller.get(evidence(itemNo)), 200).get("files")) {
            if (file.get("name").asText().equals(name)) {
                return file;
            }
        }
        throw new AssertionError(name);
    }

    private static byte[] infected(String salt) {
        return pdf(salt + ScannerServer.EICAR);
    }

    private static byte[] pdf(String content) {
        byte[] pdf = SampleFiles.pdf();
        byte[] more = ("\n% " + content + "\n%%EOF\n").getBytes(UTF_8);
        byte[] all = Arrays.copyOf(pdf, pdf.length + more.length);
        System.arraycopy(more, 0, all, pdf.length, more.length);
        return all;
    }

    private static String evidence(String itemNo) {
        return "/api/items/" + itemNo + "/evidence";
    }
}
