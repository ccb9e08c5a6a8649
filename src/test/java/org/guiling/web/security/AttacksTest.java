package org.guiling.web.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.guiling.web.support.Caller.answer;
import static org.guiling.web.support.Caller.problem;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.guiling.GuilingTest;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.item.ItemStatus;
import org.guiling.web.support.Caller;
import org.guiling.web.support.DatabaseRows;
import org.guiling.web.support.Ledgers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Attacks of people and strangers on login, pages and {@code /api}. Those on the engine: EngineAttacksTest. */
@GuilingTest
class AttacksTest {

    private static final String SCRIPT = "<script>alert(1)</script>";

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    JdbcClient jdbc;

    @ParameterizedTest(name = "registering with {0} of choice")
    @ValueSource(
            strings = {
                "itemNo",
                "status",
                "step",
                "registeredBy",
                "registeredAt",
                "light",
                "closedAt",
                "round",
                "originalDue",
                "currentDue",
                "handler",
                "version",
                "webhookUrl",
                "callbackUrl",
                "__proto__",
                "class.module.classLoader"
            })
    void aRegistrationSetsNothingThatItsFormDoesNotAskFor(String field) {
        Map<String, Object> fields = lifeCycle.registration();
        fields.put(field, "http://127.0.0.1:1/");

        refusedWithoutChange(400, () -> Caller.script(port, "registrar").post("/api/items", fields));
    }

    @ParameterizedTest(name = "completing with {0} of choice")
    @ValueSource(strings = {"status", "assignee", "taskId", "itemFacts", "decidedBy", "closedAt"})
    void aCompletionSetsNothingThatItsFormDoesNotAskFor(String field) {
        String taskId = taskAt(ItemStatus.REVIEW);
        Map<String, Object> fields = new HashMap<>(Samples.acceptance());
        fields.put(field, "registrar");

        refusedWithoutChange(
                400, () -> Caller.script(port, "reviewer").post("/api/tasks/" + taskId + "/complete", fields));
    }

    /** The engine keeps the approving group for its model, which asks its rule anew before anything reads it. */
    @Test
    void namingTheApproverBesideTheFormNamesNobody() {
        String itemNo = lifeCycle.itemAt(ItemStatus.VERIFYING);
        Map<String, Object> fields = new HashMap<>(Samples.verification(lifeCycle.today()));
        fields.put("approverGroup", "verifiers");

        Caller.script(port, "verifier")
                .post("/api/tasks/" + lifeCycle.waiting(itemNo).taskId() + "/complete", fields);
        lifeCycle.moveTo(ItemStatus.CLOSING, itemNo);

        assertThat(lifeCycle.waiting(itemNo).group()).isEqualTo("supervisors");
    }

    static Stream<Map<String, Object>> tamperedFields() {
        return Stream.of(
                // An option that is not offered, of another type, and one of an object.
                Map.of("decision", "CLOSE"),
                Map.of("decision", List.of("ACCEPT", "CLOSE")),
                Map.of("decision", Map.of("$ne", "")),
                Map.of("oneFact", "true' or '1'='1"),
                // A unit that does not exist in a field that this decision hides, and beyond a text's length.
                Map.of("decision", "RETURN", "comment", "x".repeat(20_000)));
    }

    @ParameterizedTest(name = "completing with {0}")
    @MethodSource("tamperedFields")
    void whatTheFormDoesNotOfferIsNotTaken(Map<String, Object> tampered) {
        String taskId = taskAt(ItemStatus.REVIEW);
        Map<String, Object> fields = new HashMap<>(Samples.acceptance());
        fields.putAll(tampered);

        refusedWithoutChange(
                400, () -> Caller.script(port, "reviewer").post("/api/tasks/" + taskId + "/complete", fields));
    }

    @ParameterizedTest(name = "{0} of another unit''s item")
    @ValueSource(strings = {"", "/timeline", "/requests", "/parts", "/supervision", "/subject"})
    void anotherUnitsItemAnswersLikeOneThatDoesNotExist(String part) {
        String hidden = lifeCycle.itemAt(ItemStatus.REVIEW, Map.of("leadUnit", "ecology-bureau"));
        Caller handler = Caller.script(port, "handler");

        String unseen = handler.get("/api/items/" + hidden + part).body();
        String unknown = handler.get("/api/items/ZG-1999-999999" + part).body();

        problem(handler.get("/api/items/" + hidden + part), 404);
        assertThat(unseen.replace(hidden, "")).isEqualTo(unknown.replace("ZG-1999-999999", ""));
    }

    @Test
    void anotherUnitsItemIsNotExportedWhateverTheFilterSays() throws IOException {
        String hidden = lifeCycle.itemAt(ItemStatus.REVIEW, Map.of("leadUnit", "ecology-bureau"));

        for (String filter : List.of(
                "text=" + hidden, "leadUnit=ecology-bureau", "unit=ecology-bureau", "text=%25", "text=' or '1'='1")) {
            HttpResponse<byte[]> export = Caller.script(port, "handler")
                    .download("/api/exports/ledger.xlsx?"
                            + filter.replace(" ", "%20").replace("'", "%27"));
            if (filter.startsWith("unit=")) {
                // No parameter of it.
                assertThat(export.statusCode()).isEqualTo(400);
            } else {
                assertThat(texts(export.body())).as(filter).doesNotContain(hidden);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"claim", "complete"})
    void anothersTaskAnswersLikeOneThatDoesNotExist(String call) {
        String taskId = taskAt(ItemStatus.REVIEW);
        Caller handler = Caller.script(port, "handler");

        HttpResponse<String> unseen = refusedWithoutChange(
                404, () -> handler.post("/api/tasks/" + taskId + "/" + call, Samples.acceptance()));
        HttpResponse<String> unknown =
                handler.post("/api/tasks/" + UUID.randomUUID() + "/" + call, Samples.acceptance());

        assertThat(withoutIds(unseen.body())).isEqualTo(withoutIds(unknown.body()));
    }

    @Test
    void aCompletedTaskIsNotCompletedAgain() {
        String taskId = taskAt(ItemStatus.REVIEW);
        Caller reviewer = Caller.script(port, "reviewer");
        answer(reviewer.post("/api/tasks/" + taskId + "/complete", Samples.acceptance()), 204);

        refusedWithoutChange(404, () -> reviewer.post("/api/tasks/" + taskId + "/complete", Samples.acceptance()));
    }

    @ParameterizedTest(name = "{0} of an item")
    @ValueSource(strings = {"PUT", "PATCH", "DELETE", "POST"})
    void anItemIsNotWrittenByAnotherVerb(String verb) {
        String itemNo = lifeCycle.itemAt(ItemStatus.REVIEW);

        refusedWithoutChange(405, () -> Caller.script(port, "registrar")
                .send(verb, "/api/items/" + itemNo, "application/json", BodyPublishers.ofString("{}")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"})
    void noHeaderChangesTheVerb(String header) {
        String taskId = taskAt(ItemStatus.DISPATCHED);

        refusedWithoutChange(405, () -> Caller.script(port, "handler")
                .with(header, "POST")
                .get("/api/tasks/" + taskId + "/claim?_method=POST"));
    }

    @Test
    void theServerEchoesNoRequest() {
        assertThat(raw("TRACE / HTTP/1.1\r\nHost: localhost\r\nX-Secret: s3cret\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 4")
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/../application.yaml",
                "/assets/..%2fapplication.yaml",
                "/assets/%2e%2e/application.yaml",
                "/assets/..%252fapplication.yaml",
                "/assets/..;/application.yaml",
                "/assets/%5c..%5capplication.yaml",
                "/webjars/..%2f..%2fapplication.yaml",
                "/webjars/%2e%2e/%2e%2e/application.yaml",
                "/assets//../../../../../../etc/passwd",
                "/forms/registration.form",
                "/processes/five-step-zeroing.bpmn",
                "/WEB-INF/web.xml",
                "/META-INF/MANIFEST.MF",
                "/actuator/env",
                "/actuator/heapdump",
                "/login/..;/api/items",
                "/api/audit/anchors/..%2f..%2f..%2fetc%2fpasswd",
                "/camunda/app/..%2f..%2fapplication.yaml"
            })
    void noPathLeadsOutOfWhatIsServed(String path) {
        String stranger = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        String person = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                + basic("operator:guiling-demo") + "\r\nConnection: close\r\n\r\n");

        for (String answer : List.of(stranger, person)) {
            assertThat(answer).startsWith("HTTP/1.1 ").doesNotContain("HTTP/1.1 200", "datasource", "root:", "<bpmn:");
        }
    }

    @ParameterizedTest(name = "a file named {0}")
    @ValueSource(
            strings = {"../../../../tmp/evil.csv", "..\\..\\evil.csv", "/etc/cron.d/evil.csv", "evil.csv\u0000.xlsx"})
    void anUploadIsKeptUnderNoNameOfItsOwn(String name) {
        HttpResponse<String> answer = Caller.script(port, "registrar")
                .upload("/api/imports", name, Ledgers.with(1, 0), Map.of("profile", "ledger", "dryRun", "true"));

        assertThat(answer.statusCode()).isIn(200, 400);
        assertThat(Files.exists(Path.of("/tmp/evil.csv"))).isFalse();
        assertThat(Files.exists(Path.of("/etc/cron.d/evil.csv"))).isFalse();
    }

    static Stream<Arguments> hostileFiles() throws IOException {
        return Stream.of(
                file("a program named xlsx", "ledger.xlsx", "MZ\u0090\u0000\u0003".getBytes(UTF_8)),
                file("a page named xlsx", "ledger.xlsx", ("<html>" + SCRIPT).getBytes(UTF_8)),
                file("a page named csv", "ledger.csv", ("<html>" + SCRIPT).getBytes(UTF_8)),
                file("a workbook named exe", "ledger.exe", workbook("<worksheet/>")),
                file("a zip that is no workbook", "ledger.xlsx", zip(Map.of("evil.txt", "x".getBytes(UTF_8)))),
                file("a zip whose part climbs out", "ledger.xlsx", zip(Map.of("../../evil.txt", "x".getBytes(UTF_8)))),
                file(
                        "an external entity",
                        "ledger.xlsx",
                        workbook("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><worksheet>&e;</worksheet>")),
                file(
                        "a document type from elsewhere",
                        "ledger.xlsx",
                        workbook("<!DOCTYPE x SYSTEM \"http://127.0.0.1:1/x.dtd\"><worksheet/>")),
                file("entities without end", "ledger.xlsx", workbook(laughs())),
                file("a zip bomb", "ledger.xlsx", bomb()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileFiles")
    void aHostileFileIsRefusedAsAWhole(String what, String name, byte[] content) {
        HttpResponse<String> answer = refusedWithoutChange(400, () -> Caller.script(port, "registrar")
                .upload("/api/imports", name, content, Map.of("profile", "ledger")));

        assertThat(answer.body()).doesNotContain("root:", "evil.txt");
    }

    @ParameterizedTest(name = "a title that begins with {0}")
    @ValueSource(strings = {"=", "+", "-", "@", "\t="})
    void noTextBecomesAFormulaOnItsWayThroughImportAndExport(String start) throws IOException {
        String mark = UUID.randomUUID().toString();
        String title = start.strip() + "HYPERLINK(\"http://127.0.0.1:1/\"&A1)" + mark;
        String csv = new String(Ledgers.with(1, 0), UTF_8)
                .replaceAll("导入测试事项[-0-9a-f]+", Matcher.quoteReplacement("\"" + title.replace("\"", "\"\"") + "\""));
        answer(
                Caller.script(port, "registrar")
                        .upload("/api/imports", "l.csv", csv.getBytes(UTF_8), Map.of("profile", "ledger")),
                200);

        byte[] export = Caller.script(port, "leader")
                .download("/api/exports/ledger.xlsx?text=" + mark)
                .body();

        try (XSSFWorkbook workbook = new XSSFWorkbook(new ByteArrayInputStream(export))) {
            Cell cell = cellWith(workbook, mark);
            assertThat(cell.getCellType()).isEqualTo(CellType.STRING);
            assertThat(cell.getCellStyle().getQuotePrefixed()).isTrue();
        }
    }

    @Test
    void aScriptInATitleIsShownAsText() {
        Map<String, Object> fields = lifeCycle.registration();
        fields.put("title", SCRIPT + UUID.randomUUID());
        String itemNo = lifeCycle.register(fields);

        HttpResponse<String> page = Caller.browser(port, "leader").get("/");
        assertThat(page.body()).doesNotContain(SCRIPT);
        HttpResponse<String> item =
                Caller.browser(port, "leader").with("Accept", "*/*").get("/api/items/" + itemNo);
        assertThat(item.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        assertThat(item.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%3Cscript%3Ealert(1)%3C/script%3E",
                "/login?error=%3Cscript%3Ealert(1)%3C/script%3E",
                "/?lang=%3Cscript%3Ealert(1)%3C/script%3E",
                "/imports?profile=%3Cscript%3Ealert(1)%3C/script%3E",
                "/calendar?year=%3Cscript%3Ealert(1)%3C/script%3E"
            })
    void nothingOfAnAddressBecomesPartOfAPage(String path) {
        assertThat(Caller.browser(port, "registrar").get(path).body()).doesNotContain(SCRIPT);
        assertThat(Caller.anonymous(port).with("Accept", "text/html").get(path).body())
                .doesNotContain(SCRIPT);
    }

    @Test
    void aSessionFromBeforeTheLoginIsNotTheOneAfterIt() {
        String planted = Caller.browser(port, "handler2").cookie("JSESSIONID").orElseThrow();
        Caller victim = Caller.visitor(port);
        HttpResponse<String> login = victim.get("/login");
        assertThat(session(login)).isEmpty();
        victim.plant("JSESSIONID", planted);

        HttpResponse<String> signedOn = victim.submit(
                "/login",
                token(victim.get("/account").body()),
                Map.of("username", "handler", "password", "guiling-demo"));

        assertThat(session(signedOn)).isNotEmpty().isNotEqualTo(planted);
        HttpResponse<String> attacker = Caller.anonymous(port)
                .with("Accept", "text/html")
                .with("Cookie", "JSESSIONID=" + planted)
                .get("/");
        assertThat(attacker.statusCode()).isEqualTo(302);
    }

    @Test
    void aSessionOfTheAttackersChoiceIsNotTaken() {
        HttpResponse<String> login = Caller.anonymous(port)
                .with("Cookie", "JSESSIONID=0123456789ABCDEF0123456789ABCDEF")
                .get("/login");

        assertThat(session(login)).isNotEqualTo("0123456789ABCDEF0123456789ABCDEF");
        assertThat(Caller.anonymous(port)
                        .get("/login;jsessionid=0123456789ABCDEF")
                        .statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest(name = "{0} from a foreign page")
    @ValueSource(
            strings = {
                "/logout",
                "/imports/run",
                "/imports/check",
                "/notifications/read",
                "/calendar/load",
                "/api/items"
            })
    void aForeignPageRidesOnNoSession(String path) {
        Caller victim = Caller.browser(port, "registrar")
                .with("Origin", "https://evil.example")
                .with("Sec-Fetch-Site", "cross-site");

        HttpResponse<String> answer = refusedWithoutChange(
                path.startsWith("/api/") ? 403 : 302,
                () -> victim.send("POST", path, "application/x-www-form-urlencoded", BodyPublishers.ofString("a=b")));

        assertThat(answer.headers().firstValue("Location").orElse("/login?expired"))
                .endsWith("/login?expired");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(victim.get("/").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest(name = "with the token \"{0}\"")
    @ValueSource(strings = {"", "0123456789ABCDEF"})
    void aForeignPageRidesOnNoSessionOfTheEnginesWebApps(String token) {
        String taskId = taskAt(ItemStatus.DISPATCHED);
        Caller victim = Caller.browser(port, "handler").with("Origin", "https://evil.example");
        victim.get("/camunda/api/engine/engine/default/task/count");
        if (!token.isEmpty()) {
            victim.with("X-XSRF-TOKEN", token);
        }

        refusedWithoutChange(
                403,
                () -> victim.post(
                        "/camunda/api/engine/engine/default/task/" + taskId + "/claim", Map.of("userId", "handler")));
    }

    @Test
    void noOtherSiteMayReadAnswers() {
        HttpResponse<String> preflight = Caller.anonymous(port)
                .with("Origin", "https://evil.example")
                .with("Access-Control-Request-Method", "POST")
                .with("Access-Control-Request-Headers", "authorization")
                .send("OPTIONS", "/api/items", null, BodyPublishers.noBody());

        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
        assertThat(preflight.statusCode()).isGreaterThanOrEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-Host: evil.example",
                "X-Forwarded-Proto: https",
                "Forwarded: host=evil.example",
                "X-Original-URL: /login",
                "X-Rewrite-URL: /login"
            })
    void aHeaderOfTheCallersMovesNothing(String header) {
        String answer = raw("GET /imports HTTP/1.1\r\nHost: localhost:" + port + "\r\nAccept: text/html\r\n" + header
                + "\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 302")
                .containsIgnoringCase("Location: /login")
                .doesNotContain("evil.example", "https");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/login?continue=https://evil.example",
                "/login?redirect=//evil.example",
                "/login?next=https:evil.example",
                "//evil.example/%2f.."
            })
    void theLoginLeadsToNoOtherSite(String path) {
        Caller victim = Caller.anonymous(port).with("Accept", "text/html").with("Sec-Fetch-Mode", "navigate");
        victim.send("GET", path, null, BodyPublishers.noBody());
        HttpResponse<String> signedOn = victim.submit(
                "/login", victim.csrf("/login"), Map.of("username", "handler", "password", "guiling-demo"));

        assertThat(signedOn.headers().firstValue("Location"))
                .hasValueSatisfying(
                        location -> assertThat(location).endsWith("/").doesNotContain("evil"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/?x=%0d%0aSet-Cookie:%20evil=1",
                "/login%0d%0aSet-Cookie:%20evil=1",
                "/?lang=en%0d%0aSet-Cookie:%20evil=1"
            })
    void noLineBreakReachesAHeader(String path) {
        assertThat(raw("GET " + path
                        + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nConnection: close\r\n\r\n"))
                .doesNotContainIgnoringCase("\nSet-Cookie: evil");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "registrar\u0000:guiling-demo",
                "registrar\r\nX-Evil: 1:guiling-demo",
                "regis\ttrar:guiling-demo",
                "registrar\u007f:guiling-demo",
                "registrar",
                ":guiling-demo",
                "registrar:",
                "r\u0435gistrar:guiling-demo",
                "\uff32egistrar:guiling-demo",
                "registrar' or '1'='1:guiling-demo",
                "*:guiling-demo"
            })
    void onlyAnAccountsOwnNameSignsOn(String credentials) {
        assertThat(raw("GET /api/items HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + basic(credentials)
                        + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 401")
                .doesNotContain("X-Evil:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Basic", "Basic ", "Basic ###", "Basic AAAA", "Bearer x", "Negotiate x", "basic cmVnaXN0cmFy"})
    void aMalformedAuthorizationIsNone(String authorization) {
        assertThat(raw("GET /api/items HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + authorization
                        + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 401");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "\"x\"",
                "{\"title\":\"\\ud800\"}",
                "{\"title\":1e999999999}",
                "{\"@class\":\"java.net.URL\"}"
            })
    void aMalformedBodyIsRefused(String body) {
        refusedWithoutChange(400, () -> Caller.script(port, "registrar").post("/api/items", body));
    }

    @Test
    void aBodyWithoutEndOfItsBracketsIsRefused() {
        String body = "{\"title\":" + "[".repeat(200_000) + "]".repeat(200_000) + "}";

        refusedWithoutChange(400, () -> Caller.script(port, "registrar").post("/api/items", body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/xml", "text/plain", "application/x-java-serialized-object", "application/x-yaml"})
    void aBodyOfAnotherKindIsNotRead(String type) {
        refusedWithoutChange(415, () -> Caller.script(port, "registrar")
                .send(
                        "POST",
                        "/api/items",
                        type,
                        BodyPublishers.ofString("<!DOCTYPE x SYSTEM \"http://127.0.0.1:1/\"><x/>")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/items", "/engine-rest/task", "/login"})
    void aBodyThatIsTooLargeIsRefusedByItsAnnouncedLength(String path) {
        HttpResponse<String> answer = refusedWithoutChange(413, () -> Caller.script(port, "operator")
                .post(path, "{\"title\":\"" + "x".repeat(2 * 1024 * 1024) + "\"}"));

        assertThat(answer.body()).contains("1 MB");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/items", "/engine-rest/task", "/engine-rest/process-definition/key/five-step-zeroing/start"
            })
    void aBodyThatAnnouncesNothingEndsAtTheLimit(String path) {
        byte[] body = ("{\"title\":\"" + "x".repeat(2 * 1024 * 1024) + "\"}").getBytes(UTF_8);

        HttpResponse<String> answer = refusedWithoutChange(null, () -> Caller.script(port, "operator")
                .send(
                        "POST",
                        path,
                        "application/json",
                        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));

        assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
    }

    @Test
    void aHeaderThatIsTooLargeIsRefused() {
        assertThat(raw("GET /login HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "x".repeat(100_000)
                        + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 4\r\nTransfer-Encoding: chunked",
                "Content-Length: 4\r\nContent-Length: 5",
                "Transfer-Encoding: chunked, identity"
            })
    void twoLengthsOfOneBodyAreRefused(String headers) {
        String answer = raw("POST /api/items HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                + basic("registrar:guiling-demo") + "\r\nContent-Type: application/json\r\nConnection: close\r\n"
                + headers
                + "\r\n\r\n0\r\n\r\nGET /api/items HTTP/1.1\r\nHost: smuggled\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 ").doesNotContain("HTTP/1.1 200", "HTTP/1.1 201");
        assertThat(answer.split("HTTP/1.1 ", -1)).as("one answer").hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/login",
                "/assets/guiling.css",
                "/api/items",
                "/engine-rest/task",
                "/camunda/app/tasklist/default/",
                "/camunda/api/engine/engine/default/task",
                "/none"
            })
    void everyAnswerTellsTheBrowserWhatItMayDo(String path) {
        HttpResponse<String> answer = Caller.anonymous(port).get(path);

        for (String header : List.of(
                "X-Content-Type-Options",
                "X-Frame-Options",
                "Referrer-Policy",
                "Permissions-Policy",
                "Cross-Origin-Opener-Policy",
                "Cross-Origin-Resource-Policy")) {
            assertThat(answer.headers().allValues(header)).as(header).hasSize(1);
        }
        assertThat(answer.headers().firstValue("Server")).isEmpty();
        assertThat(answer.headers().firstValue("X-Powered-By")).isEmpty();
        restricted(answer);
    }

    /** Whoever stands between takes the other one of them; so nobody gets to choose. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/items?limit=1&limit=100",
                "/api/items?limit=1&%6cimit=100",
                "/todos?page=1&page=2",
                "/engine-rest/task?maxResults=1&maxResults=2",
                "/engine-rest/task?name=a&n%61me=b"
            })
    void aParameterThatIsGivenTwiceIsRefused(String path) {
        Caller caller = path.startsWith("/todos") ? Caller.browser(port, "operator") : Caller.script(port, "operator");

        HttpResponse<String> refused = caller.get(path);

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(refused.body()).contains("不止一次");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login?username=registrar", "/account/tokens?days=2", "/account/proof?proof=other"})
    void whatIsInTheBodyIsNotInTheAddressToo(String path) {
        Caller browser = path.startsWith("/login") ? Caller.visitor(port) : Caller.browser(port, "handler");
        String csrf = browser.csrf(path.startsWith("/login") ? "/login" : "/account");

        HttpResponse<String> refused = browser.submit(
                path,
                csrf,
                Map.of(
                        "username", "handler",
                        "password", "guiling-demo",
                        "name", "script",
                        "days", "1",
                        "proof", "guiling-demo"));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(browser.cookie("JSESSIONID").isPresent()).isEqualTo(!path.startsWith("/login"));
    }

    /** Whatever a door answers, to whom it lets in as well: no base, no frame, nothing that is run as a plug-in. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/engine-rest/task",
                "/engine-rest/none",
                "/scim/v2/Users",
                "/scim/none",
                "/api/items",
                "/api/none",
                "/api/items?page=%00",
                "/engine-rest/task?a=%00",
                "/actuator/health"
            })
    void whatIsNoPageIsNeitherRunNorFramed(String path) {
        for (Caller caller : List.of(
                Caller.script(port, path.startsWith("/scim") ? "administrator" : "operator"),
                Caller.anonymous(port),
                Caller.browser(port, "operator"))) {
            restricted(caller.get(path));
        }
    }

    private static void restricted(HttpResponse<String> answer) {
        List<String> policies = answer.headers().allValues("Content-Security-Policy");
        assertThat(policies).hasSize(1);
        assertThat(policies.get(0)).contains("frame-ancestors 'none'", "base-uri 'none'");
        assertThat(policies.get(0).contains("object-src 'none'")
                        || policies.get(0).contains("default-src 'none'"))
                .as(policies.get(0))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/assets/guiling.css, text/css;charset=UTF-8",
        "/assets/form.js, text/javascript;charset=UTF-8",
        "/assets/favicon.svg, image/svg+xml;charset=UTF-8",
        "/sw.js, text/javascript;charset=UTF-8",
        "/todos, text/html;charset=UTF-8",
        "/camunda/app/guiling/scripts/web-app.js, text/javascript;charset=UTF-8",
        "/camunda/app/tasklist/locales/zh-CN.json, application/json"
    })
    void whatIsTextSaysInWhichCharacters(String path, String type) {
        assertThat(Caller.browser(port, "handler").get(path).headers().firstValue("Content-Type"))
                .hasValue(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login", "/camunda/app/tasklist/default/"})
    void cookiesAreForTheServerAlone(String path) {
        List<String> cookies =
                Caller.browser(port, "handler").get(path).headers().allValues("Set-Cookie");
        Caller visitor = Caller.visitor(port);
        List<String> session = visitor.submit(
                        "/login", visitor.csrf("/login"), Map.of("username", "handler", "password", "guiling-demo"))
                .headers()
                .allValues("Set-Cookie");

        assertThat(session)
                .anySatisfy(
                        cookie -> assertThat(cookie).startsWith("JSESSIONID=").contains("HttpOnly", "SameSite=Lax"));
        assertThat(cookies).allSatisfy(cookie -> assertThat(cookie).contains("SameSite=Lax"));
        assertThat(Caller.anonymous(port).get("/login").headers().allValues("Set-Cookie"))
                .isNotEmpty()
                .allSatisfy(cookie -> assertThat(cookie).contains("HttpOnly", "SameSite=Lax"));
    }

    private interface Try {
        HttpResponse<String> call();
    }

    /** @param status null where several are right */
    private HttpResponse<String> refusedWithoutChange(Integer status, Try attack) {
        Map<String, String> before = DatabaseRows.read(jdbc);
        HttpResponse<String> answer = attack.call();
        assertThat(DatabaseRows.read(jdbc)).isEqualTo(before);
        if (status != null) {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        }
        assertThat(answer.body()).doesNotContain("org.guiling", "\tat ", "java.");
        return answer;
    }

    private String taskAt(ItemStatus status) {
        return lifeCycle.waiting(lifeCycle.itemAt(status)).taskId();
    }

    /** The server's answer to exactly these bytes. */
    private String raw(String request) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(30_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(UTF_8));
            out.flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            return "HTTP/1.1 400 cut off: " + e.getMessage();
        }
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
    }

    private static String session(HttpResponse<?> response) {
        return response.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("JSESSIONID="))
                .map(cookie -> cookie.substring("JSESSIONID=".length(), cookie.indexOf(';')))
                .findFirst()
                .orElse("");
    }

    private static String token(String page) {
        Matcher token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(page);
        assertThat(token.find()).isTrue();
        return token.group(1);
    }

    private static String withoutIds(String body) {
        return body.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "");
    }

    private static List<String> texts(byte[] export) throws IOException {
        try (XSSFWorkbook workbook = new XSSFWorkbook(new ByteArrayInputStream(export))) {
            return Stream.iterate(0, row -> row <= workbook.getSheetAt(0).getLastRowNum(), row -> row + 1)
                    .map(row -> workbook.getSheetAt(0).getRow(row).getCell(0).getStringCellValue())
                    .toList();
        }
    }

    private static Cell cellWith(XSSFWorkbook workbook, String mark) {
        for (Row row : workbook.getSheetAt(0)) {
            for (Cell cell : row) {
                if (cell.getCellType() == CellType.STRING
                        && cell.getStringCellValue().contains(mark)
                        && cell.getStringCellValue().contains("HYPERLINK")) {
                    return cell;
                }
            }
        }
        throw new AssertionError("No cell has " + mark);
    }

    private static Arguments file(String what, String name, byte[] content) {
        return Arguments.of(what, name, content);
    }

    private static byte[] workbook(String sheet) throws IOException {
        return zip(Map.of(
                "[Content_Types].xml", "<Types/>".getBytes(UTF_8),
                "xl/workbook.xml",
                        ("<workbook xmlns:r=\"r\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>")
                                .getBytes(UTF_8),
                "xl/_rels/workbook.xml.rels",
                        "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
                                .getBytes(UTF_8),
                "xl/worksheets/sheet1.xml", sheet.getBytes(UTF_8)));
    }

    private static String laughs() {
        StringBuilder entities = new StringBuilder("<!DOCTYPE x [<!ENTITY e0 \"lol\">");
        for (int i = 1; i < 10; i++) {
            entities.append("<!ENTITY e%d \"%s\">".formatted(i, ("&e" + (i - 1) + ";").repeat(10)));
        }
        return entities + "]><worksheet><sheetData><row>&e9;</row></sheetData></worksheet>";
    }

    /** Half a gigabyte in half a megabyte. */
    private static byte[] bomb() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
            byte[] blank = new byte[1024 * 1024];
            Arrays.fill(blank, (byte) ' ');
            for (int i = 0; i < 512; i++) {
                zip.write(blank);
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] zip(Map<String, byte[]> parts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue());
            }
        }
        return bytes.toByteArray();
    }
}
