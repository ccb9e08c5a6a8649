package org.guiling.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.guiling.web.support.Caller.answer;
import static org.guiling.web.support.Caller.problem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.guiling.GuilingTest;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.engine.form.Forms;
import org.guiling.evidence.SampleFiles;
import org.guiling.item.ItemStatus;
import org.guiling.web.support.Caller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.util.UriUtils;

/** Tests the contract of {@code /api} with programs: docs/api.md. */
@GuilingTest
class ApiContractTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    Forms forms;

    private Caller script(String user) {
        return Caller.script(port, user);
    }

    @Test
    void theDescriptionIsReadByScriptsAndNobodyElse() {
        for (String path : List.of("/v3/api-docs", "/v3/api-docs.yaml", "/v3/api-docs/swagger-config")) {
            assertThat(script("registrar").get(path).statusCode()).as(path).isEqualTo(200);
            assertThat(Caller.script(port, "registrar", "wrong").get(path).statusCode())
                    .as(path)
                    .isEqualTo(401);
            assertThat(Caller.anonymous(port).get(path).statusCode()).as(path).isNotEqualTo(200);
        }
        Caller account = Caller.browser(port, "registrar");
        String name = "token" + UUID.randomUUID();
        account.submit("/account/tokens", account.csrf("/account"), Map.of("name", name, "days", "1"));
        String page = account.get("/account").body();
        String token = page.replaceAll("(?s).*id=\"new-token\">([^<]+)<.*", "$1");
        assertThat(Caller.bearer(port, token).get("/v3/api-docs").statusCode()).isEqualTo(200);
    }

    @Test
    void theDescriptionIsValid() {
        String description = script("registrar").get("/v3/api-docs").body();

        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        SwaggerParseResult read = new OpenAPIV3Parser().readContents(description, null, options);

        assertThat(read.getMessages()).isEmpty();
        assertThat(read.getOpenAPI().getInfo().getTitle()).contains("Guiling");
        assertThat(read.getOpenAPI().getInfo().getVersion()).isNotBlank();
        assertThat(read.getOpenAPI().getComponents().getSecuritySchemes()).containsOnlyKeys("basic", "token");
    }

    @Test
    void everyOperationSaysWhatItTakesAnswersAndRefuses() {
        JsonNode description = answer(script("registrar").get("/v3/api-docs"), 200);
        List<String> lacking = new ArrayList<>();
        description.path("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(operation -> METHODS.contains(operation.getKey()))
                .forEach(operation -> lacking.addAll(
                        lacking(operation.getKey() + " " + path.getKey(), operation.getKey(), operation.getValue()))));

        assertThat(lacking).isEmpty();
        assertThat(description.path("paths").findValuesAsText("operationId"))
                .doesNotHaveDuplicates()
                .contains("itemsRegister", "tasksComplete", "evidenceAdd")
                .allMatch(name -> name.matches("[a-z][A-Za-z]+"));
        JsonNode register = description.at("/paths/~1api~1items/post");
        assertThat(register.path("responses").has("201")).isTrue();
        JsonNode fields = register.at("/requestBody/content/application~1json/schema/properties");
        assertThat(new TreeSet<>(forms.get("registration").keys())).isEqualTo(names(fields));
        assertThat(fields.at("/systemic/enum").toString()).isEqualTo("[\"YES\",\"NO\"]");
        assertThat(description
                        .at("/paths/~1api~1imports/post/requestBody/content")
                        .has("multipart/form-data"))
                .isTrue();
        assertThat(description.at("/paths/~1api~1imports/post/responses").has("411"))
                .as("an upload that does not say how large it is")
                .isTrue();
        assertThat(description
                        .at("/components/schemas/ItemDocument/properties/status/description")
                        .asText())
                .contains("CLOSED ", "已销号");
    }

    private static List<String> lacking(String name, String method, JsonNode operation) {
        List<String> lacking = new ArrayList<>();
        JsonNode responses = operation.path("responses");
        if (names(responses).stream().noneMatch(status -> status.startsWith("2"))) {
            lacking.add(name + ": no success");
        }
        for (String refusal : List.of("400", "401", "403", "500")) {
            if (!responses.path(refusal).path("content").has("application/problem+json")) {
                lacking.add(name + ": " + refusal);
            }
        }
        if (operation.path("summary").asText().isEmpty()) {
            lacking.add(name + ": summary");
        }
        boolean keyed = operation.path("parameters").findValuesAsText("name").contains("Idempotency-Key");
        if (method.equals("post") != keyed) {
            lacking.add(name + ": Idempotency-Key " + keyed);
        }
        return lacking;
    }

    private static Set<String> names(JsonNode node) {
        Set<String> names = new TreeSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void codesUnitsAndProfilesAreReadable() {
        JsonNode codes = answer(script("handler").get("/api/codes"), 200);
        assertThat(codes.path("lists").findValuesAsText("list")).contains("category", "source-type", "level", "status");
        assertThat(codes.at("/lists/0/codes/0/code").asText()).isEqualTo("LIVELIHOOD");
        assertThat(codes.at("/lists/0/codes/0/label").asText()).isNotBlank();
        assertThat(answer(script("handler").inEnglish().get("/api/codes"), 200)
                        .at("/lists/0/codes/0/label")
                        .asText())
                .isNotEqualTo(codes.at("/lists/0/codes/0/label").asText());
        assertThat(answer(script("handler").get("/api/units"), 200)
                        .path("units")
                        .findValuesAsText("code"))
                .contains("education-bureau");
        assertThat(answer(script("registrar").get("/api/import-profiles"), 200)
                        .path("profiles")
                        .findValuesAsText("id"))
                .contains("ledger");
        problem(script("handler").get("/api/import-profiles"), 403);
    }

    @Test
    void whatIsReadOfAnItemIsWrittenBack() {
        String first = lifeCycle.register(lifeCycle.registration());
        JsonNode read = answer(script("registrar").get("/api/items/" + first), 200);
        Map<String, Object> fields = new HashMap<>();
        read.properties().forEach(field -> {
            if (forms.get("registration").keys().contains(field.getKey())) {
                fields.put(field.getKey(), JSON.convertValue(field.getValue(), Object.class));
            }
        });
        assertThat(fields.get("systemic")).isInstanceOf(Boolean.class);

        String second = answer(script("registrar").post("/api/items", fields), 201)
                .path("itemNo")
                .asText();
        JsonNode again = answer(script("registrar").get("/api/items/" + second), 200);
        fields.keySet().forEach(name -> assertThat(again.path(name)).as(name).isEqualTo(read.path(name)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/items?leadUnits=education-bureau",
                "/api/items?found.form=2026-01-01",
                "/api/tasks?item=1",
                "/api/figures?on=2026-01-01",
                "/api/exports/ledger.xlsx?order=due",
                "/api/calendar/due?from=2026-02-13&n=1&unit=WORKDAY&zone=1",
                "/api/notifications?page=2",
                "/api/codes?list=category",
                "/api/units?tier=CITY"
            })
    void anUnknownParameterIs400(String path) {
        JsonNode problem = problem(script("leader").get(path), 400);
        assertThat(problem.path("errors")).hasSize(1);
        assertThat(path).contains(problem.at("/errors/0/field").asText() + "=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/items?leadUnit=education-bureau&found.from=2026-01-01&limit=200&lang=en",
                "/api/items?counted.set=OPEN",
                "/api/exports/ledger.xlsx?sort=due&columns=itemNo&itemNo=ZG-2026-000001",
                "/api/tasks?limit=200&offset=0"
            })
    void aKnownParameterIsNot(String path) {
        assertThat(script("leader").get(path).body()).doesNotContain("problem+json", "不存在。可用");
    }

    @ParameterizedTest
    @CsvSource({
        "items, 201",
        "items, 0",
        "tasks, 201",
        "tasks, -1",
        "notifications, 201",
        "audit/events, 201",
        "audit/anchors, 201"
    })
    void aLimitOutOfRangeIs400(String list, int limit) {
        JsonNode problem = problem(
                script(list.startsWith("audit") ? "auditor" : "leader").get("/api/" + list + "?limit=" + limit), 400);
        assertThat(problem.at("/errors/0/field").asText()).isEqualTo("limit");
        assertThat(problem.path("detail").asText()).contains("200");
    }

    /** Lists without pages, each with what bounds it. */
    private static final Map<String, String> BOUNDED = Map.ofEntries(
            Map.entry("/api/audit/log", "the places of the configuration"),
            Map.entry("/api/audit/verification", "the first findings"),
            Map.entry("/api/calendar/years", "one notice of the State Council a year"),
            Map.entry("/api/codes", "the office's code lists"),
            Map.entry("/api/figures", "groups of a grouping"),
            Map.entry("/api/import-profiles", "the office's profiles"),
            Map.entry("/api/items/{itemNo}", "fields of the registration"),
            Map.entry("/api/items/{itemNo}/documents", "kinds of documents"),
            Map.entry("/api/items/{itemNo}/duplicates", "the most alike"),
            Map.entry("/api/items/{itemNo}/evidence", "the files of one item, no more than most-files-of-item"),
            Map.entry("/api/items/{itemNo}/evidence/offers", "the files of its relatives, 500 at most"));

    @Test
    void aListHasPagesOrARuleThatBoundsIt() {
        JsonNode description = answer(script("registrar").get("/v3/api-docs"), 200);
        Set<String> unbounded = new TreeSet<>();
        description.path("paths").properties().forEach(path -> {
            JsonNode operation = path.getValue().path("get");
            boolean paged =
                    operation.path("parameters").findValuesAsText("name").contains("limit");
            operation.path("responses").path("200").path("content").forEach(content -> {
                if (!paged && hasList(description, content.path("schema"))) {
                    unbounded.add(path.getKey());
                }
            });
        });

        unbounded.removeAll(BOUNDED.keySet());
        assertThat(unbounded).isEmpty();
    }

    /** True where a list is what is answered, or directly in it. */
    private static boolean hasList(JsonNode description, JsonNode schema) {
        JsonNode answered =
                schema.has("$ref") ? description.at(schema.path("$ref").asText().substring(1)) : schema;
        boolean bare = answered.path("type").asText().equals("array");
        for (JsonNode property : answered.path("properties")) {
            bare |= property.path("type").asText().equals("array");
        }
        return bare;
    }

    @Test
    void everyPageOfALongListIsRead() {
        String item = "/api/items/" + lifeCycle.itemAt(ItemStatus.RECTIFYING);
        String unit = "/api/organization/units/housing-urban-bureau/open-items";
        Map<String, String> readers = new LinkedHashMap<>();
        for (String list : List.of("units", "timeline", "requests", "parts", "supervision")) {
            readers.put(list.equals("units") ? "/api/units" : item + "/" + list, "leader");
        }
        readers.put("/api/notifications", "handler");
        readers.put("/api/imports", "registrar");
        readers.put("/api/imports/unit-names", "registrar");
        readers.put("/api/spot-checks", "supervisor");
        readers.put("/api/accounts/locked", "administrator");
        for (String list : List.of("units", "people", "substitutions", "open-items")) {
            readers.put("/api/organization/" + list, "administrator");
        }
        readers.put(unit, "administrator");

        readers.forEach((path, reader) -> {
            for (String wrong : List.of("limit=201", "limit=0", "limit=-1", "offset=-1")) {
                assertThat(problem(script(reader).get(path + "?" + wrong), 400)
                                .at("/errors/0/field")
                                .asText())
                        .as(path)
                        .isEqualTo(wrong.split("=")[0]);
            }
            JsonNode none = answer(script(reader).get(path + "?limit=1&offset=2147483647"), 200);
            assertThat(none.findValues("itemNo")).as(path).hasSizeLessThanOrEqualTo(1);
            List<JsonNode> first = lists(answer(script(reader).get(path + "?limit=1"), 200));
            assertThat(first).as(path).isNotEmpty().allMatch(list -> list.size() <= 1);
            assertThat(lists(none)).as(path).allMatch(JsonNode::isEmpty);
        });

        JsonNode all = answer(script("leader").get(item + "/timeline"), 200);
        int total = all.path("total").asInt();
        assertThat(total).isGreaterThan(2).isEqualTo(all.path("entries").size());
        for (int i = 0; i < total; i++) {
            assertThat(answer(script("leader").get(item + "/timeline?limit=1&offset=" + i), 200)
                            .at("/entries/0"))
                    .isEqualTo(all.at("/entries/" + i));
        }
        JsonNode units = answer(script("leader").get("/api/units?limit=2&offset=1"), 200);
        assertThat(units.path("units").get(1))
                .isEqualTo(answer(script("leader").get("/api/units"), 200).at("/units/2"));
        assertThat(units.path("total").asInt()).isGreaterThan(3);
    }

    private static List<JsonNode> lists(JsonNode answer) {
        List<JsonNode> lists = new ArrayList<>();
        answer.forEach(field -> {
            if (field.isArray()) {
                lists.add(field);
            }
        });
        return lists;
    }

    @Test
    void theTasksOfAnItem() {
        String itemNo = lifeCycle.itemAt(ItemStatus.REVIEW);
        JsonNode tasks = answer(script("reviewer").get("/api/tasks?itemNo=" + itemNo), 200);
        assertThat(tasks.path("total").asInt()).isEqualTo(1);
        assertThat(tasks.path("tasks").findValuesAsText("itemNo")).containsExactly(itemNo);
        assertThat(answer(script("handler").get("/api/tasks?itemNo=" + itemNo), 200)
                        .path("total")
                        .asInt())
                .isZero();
        problem(script("reviewer").get("/api/tasks?offset=-1"), 400);
    }

    @Test
    void whatWasChangedSinceAMomentIsListed() {
        String old = lifeCycle.itemAt(ItemStatus.REVIEW);
        Instant moment = Instant.now();
        String fresh = lifeCycle.register(lifeCycle.registration());
        String path = "/api/items?sort=newest&updatedSince=" + moment;

        assertThat(numbers(path)).contains(fresh).doesNotContain(old);
        lifeCycle.moveTo(ItemStatus.DISPATCHED, old);
        assertThat(numbers(path)).contains(fresh, old);
        problem(script("leader").get("/api/items?updatedSince=yesterday"), 400);
    }

    private List<String> numbers(String path) {
        return answer(script("leader").get(path), 200).path("items").findValuesAsText("itemNo");
    }

    @Test
    void anItemThatHasChangedIsNotActedOn() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        String path = "/api/items/" + itemNo;
        HttpResponse<String> read = script("handler").get(path);
        String tag = read.headers().firstValue("ETag").orElseThrow();
        assertThat(script("handler").with("If-None-Match", tag).get(path).statusCode())
                .isEqualTo(304);
        Map<String, Object> extension =
                Samples.extension(lifeCycle.item(itemNo).currentDue().plusDays(9));

        answer(script("handler").with("If-Match", tag).post(path + "/extension", extension), 201);

        HttpResponse<String> changed =
                script("handler").with("If-None-Match", tag).get(path);
        assertThat(changed.statusCode()).isEqualTo(200);
        String task =
                "/api/tasks/" + lifeCycle.waiting(itemNo, "decide-on-extension").taskId() + "/complete";
        Map<String, Object> decision = Map.of("decision", "APPROVE");
        problem(script("leader").with("If-Match", tag).post(task, decision), 412);
        problem(
                script("leader")
                        .with("If-Match", tag)
                        .with("Idempotency-Key", "k1")
                        .post(task, decision),
                412);
        problem(
                script("handler")
                        .with("If-Match", tag)
                        .upload(path + "/evidence", "a.jpg", SampleFiles.jpg(9, 9), Map.of()),
                412);
        String now = changed.headers().firstValue("ETag").orElseThrow();
        assertThat(now).isNotEqualTo(tag);
        answer(
                script("leader")
                        .with("If-Match", now)
                        .with("Idempotency-Key", "k1")
                        .post(task, decision),
                204);
        answer(
                script("handler")
                        .with("If-Match", "*")
                        .upload(path + "/evidence", "a.jpg", SampleFiles.jpg(9, 9), Map.of()),
                201);
    }

    /** {@code curl -OJ} writes the bytes of {@code filename}; browsers read {@code filename*}. */
    @Test
    void chineseNamesOfFilesArriveWhole() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        String evidence = "/api/items/" + itemNo + "/evidence";
        long id = answer(script("handler").upload(evidence, "整改后 现场.jpg", SampleFiles.jpg(9, 9), Map.of()), 201)
                .at("/files/0/id")
                .asLong();

        assertName(script("handler").download(evidence + "/" + id), "整改后 现场.jpg");
        HttpResponse<byte[]> ledger = script("leader").download("/api/exports/ledger.xlsx");
        assertThat(name(ledger)).matches("[\\p{IsHan}].*\\.xlsx");
        assertName(ledger, name(ledger));
        HttpResponse<byte[]> template = script("administrator").download("/api/organization/template.xlsx");
        assertName(template, name(template));
        HttpResponse<byte[]> events = script("auditor").download("/api/audit/events/export");
        assertName(events, "audit-events.ndjson");
    }

    private static void assertName(HttpResponse<byte[]> response, String name) {
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(name(response)).isEqualTo(name);
        String disposition =
                response.headers().firstValue("Content-Disposition").orElseThrow();
        String bytes = disposition.replaceAll("(?s).*filename=\"([^\"]+)\".*", "$1");
        assertThat(new String(bytes.getBytes(ISO_8859_1), UTF_8)).isEqualTo(name);
    }

    private static String name(HttpResponse<?> response) {
        String disposition =
                response.headers().firstValue("Content-Disposition").orElseThrow();
        return UriUtils.decode(disposition.replaceAll("(?s).*filename\\*=UTF-8''(\\S+).*", "$1"), UTF_8);
    }
}
