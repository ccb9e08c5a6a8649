package org.guiling.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.guiling.GuilingTest;
import org.guiling.People;
import org.guiling.engine.provisioning.EngineProvisioning;
import org.guiling.engine.service.ItemProcesses;
import org.guiling.item.Action;
import org.guiling.item.CodeLabel;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineEntry;
import org.guiling.item.todo.ToDos;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.refusal.Problem;
import org.guiling.workflow.RequestProcess;
import org.guiling.workflow.TaskContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Nobody approves their own work, whichever door they try: Tasklist's REST, {@code engine-rest}, {@code /api}. */
@GuilingTest
class ThreeDoorsTest {

    private static final String PASSWORD = "only-for-this-test";
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    enum Door {
        TASKLIST,
        ENGINE_REST,
        API
    }

    /** Work of a person, each with the task that they must not do afterwards. */
    enum OwnWork {
        REGISTRATION("review-registration"),
        PLAN("approve-plan"),
        REQUEST("decide-on-extension"),
        RECTIFICATION("verify"),
        VERIFICATION("sign-off");

        private final String task;

        OwnWork(String task) {
            this.task = task;
        }
    }

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    ItemProcesses itemProcesses;

    @Autowired
    ToDos toDos;

    @Autowired
    Timeline timeline;

    @Autowired
    Organization organization;

    @Autowired
    EngineProvisioning provisioning;

    @Autowired
    PasswordEncoder passwords;

    @Autowired
    People people;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ObjectMapper json;

    @LocalServerPort
    int port;

    private final CookieManager cookies = new CookieManager();
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(cookies).build();

    /** Somebody who holds every role, so that only the four-eyes rule can stop them. */
    @BeforeEach
    void somebodyWithEveryRole() {
        organization.save(
                new Person("everybody", "万能", Samples.CITY_UNIT, EnumSet.allOf(Role.class)),
                passwords.encode(PASSWORD));
        organization.save(
                new Person("verifies-all", "万能核查", "supervision-team", EnumSet.allOf(Role.class)),
                passwords.encode(PASSWORD));
        provisioning.run(null);
    }

    /** Else they would be drawn for other tests' visits, and stand in for the last administrator. */
    @AfterEach
    void nobodyKeepsEveryRole() {
        jdbc.sql("update person set enabled = false where id in ('everybody', 'verifies-all')")
                .update();
    }

    static Stream<Arguments> everyOwnWorkAtEveryDoor() {
        return EnumSet.allOf(OwnWork.class).stream()
                .flatMap(work -> EnumSet.allOf(Door.class).stream().map(door -> Arguments.of(work, door)));
    }

    @ParameterizedTest(name = "{0} through {1}")
    @MethodSource("everyOwnWorkAtEveryDoor")
    void ownWorkIsNotApproved(OwnWork work, Door door) throws Exception {
        String itemNo = itemAfter(work);
        Item before = lifeCycle.item(itemNo);

        HttpResponse<String> answer = complete(
                door, person(work), lifeCycle.waiting(itemNo, work.task).taskId(), fieldsFor(work));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        JsonNode body = json.readTree(answer.body());
        assertThat(body.path(door == Door.API ? "detail" : "message").asText())
                .startsWith("您对该事项已做过")
                .doesNotContain("ENGINE");
        assertThat(lifeCycle.item(itemNo)).usingRecursiveComparison().isEqualTo(before);
        TimelineEntry last = timeline.of(before).get(timeline.of(before).size() - 1);
        assertThat(last.action()).isEqualTo(Action.REFUSED);
        assertThat(last.actor()).isEqualTo(person(work));
        assertThat(last.task()).isEqualTo(work.task);
        assertThat(last.status()).isEqualTo(before.status());
        assertThat(last.refusal().attempt())
                .isEqualTo(TaskContract.of(work.task).orElseThrow().action());
        assertThat(last.refusal().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("refusal.four-eyes");
            assertThat(problem.arguments()).hasSize(2).allSatisfy(argument -> assertThat(argument)
                    .isInstanceOf(CodeLabel.class));
        });
    }

    /**
     * People who have nothing to do with a task get different answers at different doors; the timeline has the same
     * line for all.
     */
    @ParameterizedTest
    @EnumSource(Door.class)
    void whoReachesForATaskOfOthersIsWrittenDown(Door door) throws Exception {
        organization.save(
                new Person("outsider", "外人", Samples.VILLAGE_UNIT, EnumSet.of(Role.HANDLER, Role.OPERATOR)),
                passwords.encode(PASSWORD));
        provisioning.run(null);
        String itemNo = lifeCycle.itemAt(ItemStatus.CLOSING);

        HttpResponse<String> answer =
                complete(door, "outsider", lifeCycle.waiting(itemNo).taskId(), Samples.signOff());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(door == Door.API ? 404 : 403);
        assertThat(refusals(itemNo)).singleElement().satisfies(refused -> {
            assertThat(refused.actor()).isEqualTo("outsider");
            assertThat(refused.refusal().attempt()).isEqualTo(Action.SIGN_OFF);
            assertThat(refused.refusal().problems()).singleElement().satisfies(problem -> assertThat(problem.code())
                    .isEqualTo(door == Door.API ? "refusal.not-your-task" : "refusal.no-permission"));
        });
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void othersPassTheSameDoor(Door door) throws Exception {
        String itemNo = lifeCycle.register(lifeCycle.registration());

        HttpResponse<String> answer =
                complete(door, "everybody", lifeCycle.waiting(itemNo).taskId(), Samples.acceptance());

        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.DISPATCHED);
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void anIncompleteFormIsRefusedWithTheFieldsName(Door door) throws Exception {
        String itemNo = lifeCycle.register(lifeCycle.registration());
        Map<String, Object> incomplete = new HashMap<>(Samples.acceptance());
        incomplete.remove("duplicateAnswer");

        HttpResponse<String> answer =
                complete(door, "everybody", lifeCycle.waiting(itemNo).taskId(), incomplete);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("请填写“查重结论”。");
        assertThat(refusals(itemNo)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void aRequestMeetsItsRulesAtEveryDoor(Door door) throws Exception {
        String itemNo = rectifiedByEverybody();
        LocalDate due = lifeCycle.item(itemNo).currentDue();
        LocalDate cap = lifeCycle.workingDayFrom(due.plusDays(30));

        HttpResponse<String> tooFar = request(door, itemNo, Samples.extension(cap.plusDays(1)));
        HttpResponse<String> incomplete = request(
                door,
                itemNo,
                Map.of("newDue", lifeCycle.workingDayFrom(due.plusDays(9)).toString()));
        assertThat(tooFar.statusCode()).as(tooFar.body()).isEqualTo(400);
        assertThat(tooFar.body()).contains("新的期限不得晚于 " + cap).doesNotContain("ENGINE-");
        assertThat(incomplete.statusCode()).as(incomplete.body()).isEqualTo(400);
        assertThat(incomplete.body()).contains("请填写“延期理由”。", "请填写“佐证”。");
        assertThat(toDos.of(itemNo)).hasSize(1);
        // A mistyped date is nothing that others have to read of.
        assertThat(refusals(itemNo)).isEmpty();

        HttpResponse<String> asked = request(door, itemNo, Samples.extension(due.plusDays(9)));
        assertThat(asked.statusCode()).as(asked.body()).isBetween(200, 204);
        assertThat(lifeCycle.waiting(itemNo, "decide-on-extension").group()).isEqualTo("leaders");
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void aSuspendedItemStandsStillAtEveryDoor(Door door) throws Exception {
        String itemNo = rectifiedByEverybody();
        lifeCycle.raise(
                "everybody",
                RequestProcess.SUSPENSION,
                itemNo,
                Samples.suspension(lifeCycle.today().plusDays(20)));
        lifeCycle.complete("supervisor", itemNo, "decide-on-suspension", Map.of("decision", "APPROVE"));

        HttpResponse<String> answer = complete(
                door,
                "everybody",
                lifeCycle.waiting(itemNo, "rectify").taskId(),
                Samples.rectification(lifeCycle.today()));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
        assertThat(answer.body()).contains("事项已挂起，恢复办理后再操作。");
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.SUSPENDED);
        assertThat(refusals(itemNo)).singleElement().satisfies(refused -> {
            assertThat(refused.task()).isEqualTo("rectify");
            assertThat(refused.refusal().problems()).containsExactly(Problem.of(null, "refusal.item-suspended"));
        });
    }

    private List<TimelineEntry> refusals(String itemNo) {
        return timeline.of(lifeCycle.item(itemNo)).stream()
                .filter(entry -> entry.action() == Action.REFUSED)
                .toList();
    }

    private HttpResponse<String> request(Door door, String itemNo, Map<String, Object> fields) throws Exception {
        Map<String, Object> all = new HashMap<>(fields);
        all.put("itemNo", itemNo);
        return switch (door) {
            case API ->
                post("/api/items/" + itemNo + "/extension", json.writeValueAsString(fields), basic("everybody"));
            case ENGINE_REST ->
                post(
                        "/engine-rest/process-definition/key/deadline-extension/start",
                        variables(all),
                        basic("everybody"));
            case TASKLIST -> {
                if (cookies.getCookieStore().getCookies().isEmpty()) {
                    signOn("everybody");
                    get("/camunda/api/engine/engine/default/task/count", null);
                }
                yield post(
                        "/camunda/api/engine/engine/default/process-definition/key/deadline-extension/submit-form",
                        variables(all),
                        Map.of("X-XSRF-TOKEN", cookie("XSRF-TOKEN")));
            }
        };
    }

    @Test
    void theEnginesRestAsksWhoIsThere() throws Exception {
        assertThat(get("/engine-rest/task", null).statusCode()).isEqualTo(401);
        assertThat(get("/engine-rest/task", "handler:guiling-demo").statusCode())
                .isEqualTo(403);
        assertThat(get("/engine-rest/task", "operator:guiling-demo").statusCode())
                .isEqualTo(200);
        assertThat(get("/camunda/api/engine/engine/default/task", null).statusCode())
                .isEqualTo(401);
    }

    @Test
    void aNumberThatIsTakenStartsNoSecondInstance() throws Exception {
        String itemNo = lifeCycle.register(lifeCycle.registration());

        HttpResponse<String> answer = post(
                "/engine-rest/process-definition/key/five-step-zeroing/start",
                json.writeValueAsString(Map.of("businessKey", itemNo)),
                basic("everybody"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
        assertThat(answer.body()).contains("不能重复启动");
        assertThat(refusals(itemNo)).hasSize(1);
    }

    private String itemAfter(OwnWork work) {
        return switch (work) {
            case REGISTRATION ->
                people.as(
                        "everybody",
                        () -> itemProcesses.register(lifeCycle.registration()).itemNo());
            case PLAN -> {
                String itemNo = lifeCycle.itemAt(ItemStatus.DISPATCHED);
                lifeCycle.complete("everybody", itemNo, Samples.claim("everybody"));
                lifeCycle.complete("everybody", itemNo, Samples.plan(lifeCycle.today()));
                yield itemNo;
            }
            case REQUEST -> {
                String itemNo = rectifiedByEverybody();
                lifeCycle.raise("everybody", RequestProcess.EXTENSION, itemNo, extension(itemNo));
                yield itemNo;
            }
            case RECTIFICATION -> {
                String itemNo = rectifiedByEverybody();
                lifeCycle.complete("everybody", itemNo, Samples.rectification(lifeCycle.today()));
                yield itemNo;
            }
            case VERIFICATION -> {
                String itemNo = lifeCycle.itemAt(ItemStatus.VERIFYING);
                lifeCycle.complete("verifies-all", itemNo, Samples.verification(lifeCycle.today()));
                yield itemNo;
            }
        };
    }

    private String rectifiedByEverybody() {
        String itemNo = lifeCycle.itemAt(ItemStatus.DISPATCHED);
        lifeCycle.complete("everybody", itemNo, Samples.claim("everybody"));
        lifeCycle.complete("everybody", itemNo, Samples.plan(lifeCycle.today()));
        lifeCycle.complete("supervisor", itemNo, Samples.planApproval());
        return itemNo;
    }

    private Map<String, Object> extension(String itemNo) {
        return Samples.extension(lifeCycle.item(itemNo).currentDue().plusDays(10));
    }

    private static String person(OwnWork work) {
        return work == OwnWork.VERIFICATION ? "verifies-all" : "everybody";
    }

    private Map<String, Object> fieldsFor(OwnWork work) {
        return switch (work) {
            case REGISTRATION -> Samples.acceptance();
            case PLAN -> Samples.planApproval();
            case REQUEST -> Map.of("decision", "APPROVE");
            case RECTIFICATION -> {
                Map<String, Object> fields = Samples.verification(lifeCycle.today());
                fields.remove("coVerifiers");
                fields.remove("criteriaPassed");
                fields.put("decision", "FAIL");
                fields.put("defect1", "缺照片");
                fields.put("reworkDue", lifeCycle.workingDays(5).toString());
                yield fields;
            }
            case VERIFICATION -> Samples.signOff();
        };
    }

    private HttpResponse<String> complete(Door door, String person, String taskId, Map<String, Object> fields)
            throws Exception {
        return switch (door) {
            case API -> post("/api/tasks/" + taskId + "/complete", json.writeValueAsString(fields), basic(person));
            case ENGINE_REST -> post("/engine-rest/task/" + taskId + "/complete", variables(fields), basic(person));
            case TASKLIST -> {
                signOn(person);
                get("/camunda/api/engine/engine/default/task/" + taskId, null);
                yield post(
                        "/camunda/api/engine/engine/default/task/" + taskId + "/submit-form",
                        variables(fields),
                        Map.of("X-XSRF-TOKEN", cookie("XSRF-TOKEN")));
            }
        };
    }

    private void signOn(String person) throws Exception {
        Matcher token = CSRF.matcher(get("/login", null).body());
        assertThat(token.find()).isTrue();
        String form = "username=%s&password=%s&_csrf=%s"
                .formatted(person, PASSWORD, URLEncoder.encode(token.group(1), StandardCharsets.UTF_8));
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(uri("/login"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location).doesNotContain("error"));
    }

    private String cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElseThrow();
    }

    private String variables(Map<String, Object> fields) throws IOException {
        Map<String, Object> variables = new HashMap<>();
        fields.forEach((name, value) -> variables.put(name, variable(value)));
        return json.writeValueAsString(Map.of("variables", variables));
    }

    private Map<String, Object> variable(Object value) {
        return value instanceof Iterable<?>
                ? Map.of("type", "Json", "value", json.valueToTree(value).toString())
                : Map.of("value", value);
    }

    private static Map<String, String> basic(String person) {
        return Map.of("Authorization", basicHeader(person + ":" + PASSWORD));
    }

    private static String basicHeader(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> get(String path, String credentials) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).header("Accept-Language", "zh-CN");
        if (credentials != null) {
            request.header("Authorization", basicHeader(credentials));
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body, Map<String, String> headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .header("Accept-Language", "zh-CN")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
