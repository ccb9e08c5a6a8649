package org.guiling.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.guiling.web.support.Caller.answer;
import static org.guiling.web.support.Caller.problem;

import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.guiling.GuilingTest;
import org.guiling.TestClock;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.evidence.SampleFiles;
import org.guiling.idempotency.IdempotencyKeys;
import org.guiling.item.ItemStatus;
import org.guiling.web.support.Caller;
import org.guiling.web.support.Ledgers;
import org.guiling.web.support.TellsSecret;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Requests sent twice under one key are carried out once: IETF draft "The Idempotency-Key HTTP Header Field". */
@GuilingTest
class IdempotencyTest {

    private static final String KEY = "Idempotency-Key";

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    DataSource database;

    @Autowired
    IdempotencyKeys keys;

    @Autowired
    TestClock clock;

    @Autowired
    RequestMappingHandlerMapping requestMappingHandlerMapping;

    private String key;

    @BeforeEach
    void newKey() {
        key = UUID.randomUUID().toString();
    }

    private Caller keyed(String user) {
        return Caller.script(port, user).with(KEY, '"' + key + '"');
    }

    @Test
    void theSecondAnswerIsTheFirstOne() {
        Map<String, Object> fields = lifeCycle.registration();

        HttpResponse<String> first = keyed("registrar").post("/api/items", fields);
        HttpResponse<String> second = keyed("registrar").post("/api/items", fields);
        HttpResponse<String> unquoted =
                Caller.script(port, "registrar").with(KEY, key).post("/api/items", fields);

        answer(first, 201);
        for (HttpResponse<String> later : List.of(second, unquoted)) {
            assertThat(later.statusCode()).isEqualTo(201);
            assertThat(later.body()).isEqualTo(first.body());
            for (String header : List.of("Location", "Content-Type")) {
                assertThat(later.headers().firstValue(header))
                        .isEqualTo(first.headers().firstValue(header));
            }
        }
        assertThat(items(fields)).isEqualTo(1);
    }

    @Test
    void theKeyIsStoredWithTheItemOrNotAtAll() {
        String itemNo = answer(keyed("registrar").post("/api/items", lifeCycle.registration()), 201)
                .path("itemNo")
                .asText();

        assertThat(jdbc.sql("""
                        select distinct idempotency_key.xmin::text = timeline.xmin::text
                        from idempotency_key, timeline join item on item.id = timeline.item_id
                        where key = ? and item_no = ? and action = 'REGISTER'""").params(key, itemNo).query(Boolean.class).single())
                .isTrue();
    }

    @Test
    void whatWasRefusedMayBeSentAgain() {
        Map<String, Object> fields = lifeCycle.registration();
        Object unit = fields.put("leadUnit", "no-such-unit");
        problem(keyed("registrar").post("/api/items", fields), 400);
        assertThat(jdbc.sql("select count(*) from idempotency_key where key = ?")
                        .param(key)
                        .query(Long.class)
                        .single())
                .isZero();

        fields.put("leadUnit", unit);
        answer(keyed("registrar").post("/api/items", fields), 201);
        assertThat(items(fields)).isEqualTo(1);
    }

    @Test
    void theSameKeyForSomethingElseIs422() {
        Map<String, Object> fields = lifeCycle.registration();
        answer(keyed("registrar").post("/api/items", fields), 201);
        Map<String, Object> other = lifeCycle.registration();

        assertThat(problem(keyed("registrar").post("/api/items", other), 422)
                        .path("errors")
                        .findValuesAsText("field"))
                .containsExactly(KEY);
        problem(keyed("registrar").post("/api/items/fast-lane", fields), 422);
        assertThat(items(other)).isZero();
        assertThat(items(fields)).isEqualTo(1);
    }

    @Test
    void aKeyIsAPersonsOwn() {
        Map<String, Object> fields = lifeCycle.registration();
        answer(keyed("registrar").post("/api/items", fields), 201);

        problem(keyed("handler").post("/api/items", fields), 403);
    }

    @Test
    void threeAtOnceMakeOne() throws Exception {
        Map<String, Object> fields = lifeCycle.registration();
        CyclicBarrier together = new CyclicBarrier(3);
        ExecutorService threads = Executors.newFixedThreadPool(3);
        List<Future<HttpResponse<String>>> sent = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            sent.add(threads.submit(() -> {
                Caller caller = keyed("registrar");
                together.await();
                return caller.post("/api/items", fields);
            }));
        }
        threads.shutdown();

        List<HttpResponse<String>> answers = new ArrayList<>();
        for (Future<HttpResponse<String>> one : sent) {
            answers.add(one.get());
        }
        assertThat(answers)
                .extracting(HttpResponse::statusCode)
                .contains(201)
                .allMatch(status -> status == 201 || status == 409);
        assertThat(answers.stream()
                        .filter(one -> one.statusCode() == 201)
                        .map(HttpResponse::body)
                        .distinct())
                .hasSize(1);
        assertThat(items(fields)).isEqualTo(1);
    }

    @Test
    void whatAnotherNodeIsAtIs409UntilItHasEnded() throws Exception {
        Map<String, Object> fields = lifeCycle.registration();
        try (Connection otherNode = database.getConnection();
                PreparedStatement lock =
                        otherNode.prepareStatement("select pg_advisory_xact_lock(hashtextextended(?, 0))")) {
            otherNode.setAutoCommit(false);
            lock.setString(1, "idempotency registrar " + key);
            lock.execute();

            problem(keyed("registrar").post("/api/items", fields), 409);
            assertThat(items(fields)).isZero();
            otherNode.rollback();
            otherNode.setAutoCommit(true);
        }
        answer(keyed("registrar").post("/api/items", fields), 201);
    }

    @Test
    void afterADayAKeyIsForgotten() {
        Map<String, Object> fields = lifeCycle.registration();
        String first =
                answer(keyed("registrar").post("/api/items", fields), 201).toString();
        clock.advance(Duration.ofHours(24).minusMinutes(5));
        keys.sweep();
        assertThat(answer(keyed("registrar").post("/api/items", fields), 201).toString())
                .isEqualTo(first);

        clock.advance(Duration.ofMinutes(6));
        assertThat(answer(keyed("registrar").post("/api/items", fields), 201).toString())
                .isNotEqualTo(first);
        clock.advance(Duration.ofHours(25));
        keys.sweep();
        assertThat(jdbc.sql("select count(*) from idempotency_key where key = ?")
                        .param(key)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"open", "with blank", "\"sch\\u00f6n\"", "\"a\"; b=\"c\"", "?1"})
    void whatIsNoKeyIs400(String malformed) {
        problem(
                Caller.script(port, "registrar").with(KEY, malformed).post("/api/items", lifeCycle.registration()),
                400);
    }

    @Test
    void aKeyHas128CharactersAtMost() {
        Caller longest =
                Caller.script(port, "registrar").with(KEY, "k".repeat(72) + UUID.randomUUID() + key.substring(16));
        answer(longest.post("/api/items", lifeCycle.registration()), 201);
        problem(
                Caller.script(port, "registrar")
                        .with(KEY, "k".repeat(129))
                        .post("/api/items", lifeCycle.registration()),
                400);
    }

    /** Every POST of /api reads the header before it does anything, so none that is new can forget it. */
    @Test
    void everyPostOfTheInterfaceKnowsTheKey() {
        List<String> posts = requestMappingHandlerMapping.getHandlerMethods().keySet().stream()
                .filter(mapping -> mapping.getMethodsCondition().getMethods().contains(RequestMethod.POST))
                .flatMap(mapping -> mapping.getPatternValues().stream())
                .filter(path -> path.startsWith("/api/"))
                .sorted()
                .toList();
        assertThat(posts)
                .contains("/api/items", "/api/spot-checks", "/api/imports")
                .hasSizeGreaterThan(25);
        Caller malformed = Caller.script(port, "registrar").with(KEY, "no key");
        Map<String, Integer> statuses = new HashMap<>();
        for (String path : posts) {
            String address = path.replaceAll("\\{[^}]+}", "1");
            HttpResponse<String> response = malformed.post(address, Map.of());
            if (response.statusCode() == 415) {
                response = malformed.upload(address, "a.txt", new byte[] {1}, Map.of());
            }
            statuses.put(path, response.statusCode());
            assertThat(response.body()).as(path).contains(KEY);
        }
        assertThat(statuses.values()).as("%s", statuses).containsOnly(400);
    }

    /** A secret that a method tells once is not in the database for a day. */
    @Test
    void anAnswerWithASecretIsNotKept() {
        String person = "idem" + UUID.randomUUID().toString().substring(0, 8);
        String reset = "/api/accounts/" + person + "/initial-password";
        answer(
                Caller.script(port, "administrator")
                        .post(
                                "/api/organization/people",
                                Map.of(
                                        "id",
                                        person,
                                        "name",
                                        "试一人",
                                        "unit",
                                        "education-bureau",
                                        "roles",
                                        List.of("HANDLER"))),
                201);
        HttpResponse<String> first = keyed("administrator").post(reset);
        String password = answer(first, 200).path("initialPassword").asText();

        problem(keyed("administrator").post(reset), 409);

        assertThat(jdbc.sql("select row_to_json(idempotency_key)::text from idempotency_key where key = ?")
                        .param(key)
                        .query(String.class)
                        .single())
                .doesNotContain(password);
    }

    @Test
    void everyAnswerWithASecretIsMarked() {
        assertThat(requestMappingHandlerMapping.getHandlerMethods().entrySet().stream()
                        .filter(entry ->
                                entry.getKey().getPatternValues().stream().anyMatch(path -> path.startsWith("/api/")))
                        .map(entry -> entry.getValue().getMethod())
                        .filter(method -> namesSecret(method.getReturnType()))
                        .filter(method -> !method.isAnnotationPresent(TellsSecret.class))
                        .map(String::valueOf)
                        .collect(Collectors.toList()))
                .isEmpty();
    }

    private static boolean namesSecret(Class<?> answer) {
        return answer.isRecord()
                && Arrays.stream(answer.getRecordComponents()).anyMatch(part -> Stream.of("password", "secret", "token")
                        .anyMatch(part.getName().toLowerCase(java.util.Locale.ROOT)::contains));
    }

    @Test
    void aRequestIsRaisedOnce() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        Map<String, Object> fields = Samples.extension(
                lifeCycle.workingDayFrom(lifeCycle.item(itemNo).currentDue().plusDays(5)));
        HttpResponse<String> first = keyed("handler").post("/api/items/" + itemNo + "/extension", fields);
        HttpResponse<String> second = keyed("handler").post("/api/items/" + itemNo + "/extension", fields);

        assertThat(answer(first, 201).path("requests")).hasSize(1);
        assertThat(answer(second, 201)).isEqualTo(answer(first, 201));
    }

    /** The answer is made within the transaction, and says what stands in the record after it. */
    @Test
    void anAnswerSaysWhatIsStored() {
        String whole = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        String path = "/api/items/" + whole;
        HttpResponse<String> split = keyed("handler")
                .post(path + "/split", Samples.onePart(lifeCycle.item(whole).currentDue()));

        assertThat(answer(split, 201))
                .isEqualTo(answer(Caller.script(port, "handler").get(path + "/parts"), 200));
        assertThat(answer(split, 201).path("parts")).hasSize(1);

        newKey();
        HttpResponse<String> check =
                keyed("supervisor").post("/api/spot-checks", Map.of("title", "抽查" + key, "scope", "OPEN"));
        assertThat(answer(check, 201))
                .isEqualTo(answer(
                        Caller.script(port, "supervisor")
                                .get(check.headers().firstValue("Location").orElseThrow()),
                        200));
    }

    @Test
    void aTaskIsCompletedOnce() {
        String itemNo = lifeCycle.itemAt(ItemStatus.REVIEW);
        String task = "/api/tasks/" + lifeCycle.waiting(itemNo).taskId() + "/complete";
        Map<String, Object> fields = Map.of("decision", "ACCEPT", "duplicateAnswer", "NONE", "oneFact", true);

        answer(keyed("reviewer").post(task, fields), 204);
        answer(keyed("reviewer").post(task, fields), 204);
        problem(Caller.script(port, "reviewer").post(task, fields), 404);
    }

    @Test
    void anImportRunsOnce() {
        byte[] file = Ledgers.with(2, 0);
        Map<String, String> parts = Map.of("profile", "ledger");

        HttpResponse<String> first = keyed("registrar").upload("/api/imports", "台账.csv", file, parts);
        HttpResponse<String> second = keyed("registrar").upload("/api/imports", "台账.csv", file, parts);

        assertThat(answer(first, 200).path("created").asInt()).isEqualTo(2);
        assertThat(answer(second, 200)).isEqualTo(answer(first, 200));
        assertThat(second.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
        problem(keyed("registrar").upload("/api/imports", "台账.csv", Ledgers.with(1, 0), parts), 422);
    }

    @Test
    void evidenceIsAddedOnceAndAStrangersIsNotEvenRead() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        String path = "/api/items/" + itemNo + "/evidence";
        byte[] picture = SampleFiles.jpg(40, 30);

        HttpResponse<String> first = keyed("handler").upload(path, "现场照片.jpg", picture, Map.of("note", "整改后"));
        HttpResponse<String> second = keyed("handler").upload(path, "现场照片.jpg", picture, Map.of("note", "整改后"));

        assertThat(answer(first, 201)).isEqualTo(answer(second, 201));
        problem(keyed("handler").upload(path, "现场照片.jpg", "text".getBytes(UTF_8), Map.of("note", "整改后")), 422);
        problem(keyed("registrar").upload(path, "现场照片.jpg", picture, Map.of()), 403);
    }

    /** Work that was begun and never ended is taken up again after a while. */
    @Test
    void anUploadThatEndedWithItsNodeIsDoneAgain() {
        byte[] file = Ledgers.with(1, 0);
        Map<String, String> parts = Map.of("profile", "ledger");
        answer(keyed("registrar").upload("/api/imports", "台账.csv", file, parts), 200);
        jdbc.sql("update idempotency_key set status = null where key = ?")
                .param(key)
                .update();

        problem(keyed("registrar").upload("/api/imports", "台账.csv", file, parts), 409);
        clock.advance(Duration.ofMinutes(16));
        assertThat(answer(keyed("registrar").upload("/api/imports", "台账.csv", file, parts), 200)
                        .path("duplicates")
                        .asInt())
                .isEqualTo(1);
    }

    private long items(Map<String, Object> fields) {
        return jdbc.sql("select count(*) from item where title = ?")
                .param(fields.get("title"))
                .query(Long.class)
                .single();
    }
}
