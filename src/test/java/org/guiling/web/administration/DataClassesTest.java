package org.guiling.web.administration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.guiling.web.support.Caller.answer;
import static org.guiling.web.support.Caller.problem;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.guiling.GuilingTest;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.guiling.engine.LifeCycle;
import org.guiling.evidence.SampleFiles;
import org.guiling.item.ItemStatus;
import org.guiling.web.support.Caller;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Walks the table "Data and their protection" of docs/security.md from its first row to its last: each level is protected as
 * it says there, and a level without a check here is red.
 */
@GuilingTest
class DataClassesTest {

    private static final Path PAGE = Path.of("docs", "security.md");
    private static final String HEADING = "## Data and their protection";

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    AuditTrail trail;

    @Autowired
    JdbcClient jdbc;

    private Map<String, Runnable> checks() {
        Map<String, Runnable> checks = new LinkedHashMap<>();
        checks.put("open within the office", this::openWithinTheOffice);
        checks.put("internal (内部) and public (公开) items", this::internalItems);
        checks.put("restricted (限定范围) items", this::restrictedItems);
        checks.put("personal data of others: petitioners, 涉及对象, places of pictures", this::personalDataOfOthers);
        checks.put("personal data of people of the office: name, account, addresses for notices", this::ofTheOffice);
        checks.put("secrets", this::secrets);
        return checks;
    }

    @TestFactory
    Stream<DynamicTest> everyLevelIsProtectedAsDocumented() throws IOException {
        Map<String, Runnable> checks = checks();
        List<String> levels = levels();
        assertThat(levels).containsExactlyElementsOf(checks.keySet());
        return levels.stream()
                .map(level ->
                        DynamicTest.dynamicTest(level, () -> checks.get(level).run()));
    }

    private static List<String> levels() throws IOException {
        String page = Files.readString(PAGE);
        String section = page.substring(page.indexOf(HEADING) + HEADING.length());
        return section.substring(0, section.indexOf("\n## "))
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| level "))
                .map(line -> line.split("\\|")[1].strip())
                .toList();
    }

    private void openWithinTheOffice() {
        for (String path : List.of("/api/organization/units", "/api/calendar/years", "/api/figures")) {
            problem(Caller.anonymous(port).get(path), 401);
        }
        answer(Caller.script(port, "village-handler").get("/api/figures"), 200);
    }

    private void internalItems() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        Caller handler = Caller.script(port, "handler");
        String id = answer(
                        handler.upload(
                                "/api/items/" + itemNo + "/evidence", "照片.jpg", SampleFiles.jpg(40, 30), Map.of()),
                        201)
                .path("files")
                .path(0)
                .path("id")
                .asText();
        for (String part : List.of("", "/timeline", "/documents", "/evidence", "/evidence/" + id)) {
            String path = "/api/items/" + itemNo + part;
            problem(Caller.anonymous(port).get(path), 401);
            assertThat(Caller.script(port, "village-handler").get(path).statusCode())
                    .as(path)
                    .isEqualTo(404);
            assertThat(handler.download(path).statusCode()).as(path).isEqualTo(200);
        }
        // Exports are audited, without the words that were searched for.
        Caller.script(port, "leader").download("/api/exports/ledger.xlsx?text=" + "%E5%BC%A0%E4%B8%89");
        assertThat(trail.page(AuditEventKind.EXPORTED, "leader", null, 1))
                .extracting(event -> event.details().toString())
                .anyMatch(details -> details.contains("text=*"))
                .noneMatch(details -> details.contains("张三"));
        assertThat(jdbc.sql("select count(*) from evidence_version where sha256 is null")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private void restrictedItems() {
        String title = "限定 " + UUID.randomUUID();
        String itemNo = register(Map.of("title", title, "visibility", "RESTRICTED", "leadUnit", "dongyang-village"));

        answer(Caller.script(port, "village-handler").get("/api/items/" + itemNo), 200);
        // The town above the village sees its other items, not this one.
        problem(Caller.script(port, "township-leader").get("/api/items/" + itemNo), 404);
        assertThat(Caller.script(port, "operator")
                        .get("/engine-rest/variable-instance?variableName=title")
                        .body())
                .doesNotContain(title);
    }

    private void personalDataOfOthers() {
        String name = "欧阳" + UUID.randomUUID().toString().substring(0, 4);
        String itemNo = register(Map.of("sourceType", "PETITION", "subject", name, "leadUnit", "dongyang-village"));

        Caller caller = Caller.script(port, "township-leader");
        assertThat(answer(caller.get("/api/items/" + itemNo), 200)
                        .path("subject")
                        .asText())
                .isEqualTo("欧＊＊");
        assertThat(answer(caller.get("/api/items?text=" + java.net.URLEncoder.encode(name, UTF_8)), 200)
                        .path("items"))
                .as("found by nobody to whom it is masked")
                .isEmpty();
        problem(caller.get("/api/items/" + itemNo + "/subject"), 403);
        assertThat(answer(Caller.script(port, "reviewer").get("/api/items/" + itemNo + "/subject"), 200)
                        .path("subject")
                        .asText())
                .isEqualTo(name);
        assertThat(trail.page(AuditEventKind.PERSONAL_DATA_SHOWN, "reviewer", null, 50))
                .anyMatch(event -> itemNo.equals(event.subject()));
    }

    private void ofTheOffice() {
        Consumer<Caller> readsNoAddresses = caller -> {
            for (String path : List.of("/api/organization/people", "/scim/v2/Users")) {
                assertThat(caller.get(path).statusCode()).as(path).isEqualTo(403);
            }
            assertThat(caller.get("/api/figures").body()).doesNotContain("@example.org", "village-handler");
        };
        readsNoAddresses.accept(Caller.script(port, "handler"));
        readsNoAddresses.accept(Caller.script(port, "leader"));
        JsonNode people = answer(Caller.script(port, "administrator").get("/api/organization/people"), 200);
        // Other tests' people may be called after passwords.
        assertThat(people.toString())
                .contains("village-handler")
                .doesNotContain("{bcrypt")
                .doesNotContainPattern("\"\\w*[pP]assword\\w*\":");
    }

    private void secrets() {
        Caller browser = Caller.browser(port, "handler");
        var made = browser.submit("/account/tokens", browser.csrf("/account"), Map.of("name", "class", "days", "1"));
        String page = browser.get(browser.location(made)).body();
        String token = page.replaceAll("(?s).*id=\"new-token\">([^<]+)<.*", "$1");
        assertThat(token).startsWith("guiling_");
        assertThat(browser.get("/account").body()).as("told once").doesNotContain(token);

        // Only a digest, a hash with salt, or an encrypted form of them is kept.
        assertThat(jdbc.sql("select count(*) from access_token where length(digest) <> 32")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(jdbc.sql("select count(*) from person where password_hash !~ '[$]2[aby][$]' and enabled")
                        .query(Long.class)
                        .single())
                .as("other hashes are those of files, replaced at the next sign-on")
                .isLessThanOrEqualTo(jdbc.sql("select count(*) from person where password_hash like '{noop}%'")
                        .query(Long.class)
                        .single());
        assertThat(jdbc.sql("select count(*) from second_factor where length(secret) < 12 + 20 + 16")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(trail.page(null, "handler", null, 50))
                .extracting(event -> event.details().toString())
                .noneMatch(details -> details.contains(token) || details.contains("guiling-demo"));
    }

    private String register(Map<String, Object> changes) {
        Map<String, Object> fields = lifeCycle.registration();
        fields.putAll(changes);
        return lifeCycle.register(fields);
    }
}
