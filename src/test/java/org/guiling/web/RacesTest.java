package org.guiling.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.guiling.web.support.Caller.answer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.guiling.GuilingTest;
import org.guiling.People;
import org.guiling.RunningApplication;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.evidence.SampleFiles;
import org.guiling.item.ItemStatus;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.web.support.Caller;
import org.guiling.web.support.Ledgers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * People do the same or the opposite at the same moment: one wins, whoever loses hears so in words, and PostgreSQL
 * never has to end a deadlock.
 */
@GuilingTest
@ExtendWith(OutputCaptureExtension.class)
class RacesTest {

    private static final Map<String, Object> REJECTION =
            Map.of("duplicateAnswer", "NONE", "decision", "REJECT", "opinion", "不属于本市职责。");

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Organization organization;

    @Autowired
    ApplicationEventPublisher publisher;

    @Autowired
    People people;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    JdbcConnectionDetails database;

    @Autowired
    PasswordEncoder passwords;

    /** Another picture each: the same content is evidence once. */
    private final AtomicInteger pictures = new AtomicInteger();

    enum Door {
        API,
        PAGE,
        ENGINE_REST,
        TASKLIST
    }

    /** The server writes on its standard output, which the embedded server's library logs. */
    @BeforeEach
    void listenToPostgres() {
        LoggingSystem.get(getClass().getClassLoader()).setLogLevel("io.zonky", LogLevel.INFO);
    }

    @AfterEach
    void thereWasNoDeadlock(CapturedOutput output) {
        LoggingSystem.get(getClass().getClassLoader()).setLogLevel("io.zonky", LogLevel.WARN);
        assertThat(output.getAll()).doesNotContain("deadlock detected", "40P01");
    }

    @Test
    void acceptingAndRejectingAtOnceHasOneWinner() throws Exception {
        for (int race = 0; race < 50; race++) {
            String itemNo = lifeCycle.register(lifeCycle.registration());
            String taskId = lifeCycle.waiting(itemNo).taskId();

            List<Reply> replies = atOnce(List.of(
                    () -> complete(Door.API, taskId, Samples.acceptance()),
                    () -> complete(Door.API, taskId, REJECTION)));

            assertOneWinner(replies);
            assertThat(lifeCycle.item(itemNo).status())
                    .isEqualTo(replies.get(0).isSuccess() ? ItemStatus.DISPATCHED : ItemStatus.NOT_ACCEPTED);
            assertThat(actions(itemNo, "REVIEW_REGISTRATION")).isEqualTo(1);
        }
    }

    @Test
    void ofFiveAtOnceOneWins() throws Exception {
        for (int race = 0; race < 10; race++) {
            String itemNo = lifeCycle.register(lifeCycle.registration());
            String taskId = lifeCycle.waiting(itemNo).taskId();

            assertOneWinner(atOnce(IntStream.range(0, 5)
                    .<Callable<Reply>>mapToObj(
                            each -> () -> complete(Door.API, taskId, each % 2 == 0 ? Samples.acceptance() : REJECTION))
                    .toList()));
            assertThat(actions(itemNo, "REVIEW_REGISTRATION")).isEqualTo(1);
        }
    }

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void ofTwoAtTwoNodesOneWins() throws Exception {
        Path folder =
                Path.of("target", "test-data", "node-" + UUID.randomUUID()).toAbsolutePath();
        RunningApplication other = RunningApplication.start(
                folder.resolve("node.log"),
                List.of(
                        "--spring.profiles.active=test",
                        "--spring.datasource.url=" + database.getJdbcUrl(),
                        "--spring.datasource.username=" + database.getUsername(),
                        "--spring.datasource.password=" + database.getPassword(),
                        "--guiling.database.embedded.directory=" + folder));
        try {
            other.awaitReady();
            int secondPort = other.port();
            for (int race = 0; race < 25; race++) {
                String itemNo = lifeCycle.register(lifeCycle.registration());
                String path = "/api/tasks/" + lifeCycle.waiting(itemNo).taskId() + "/complete";

                assertOneWinner(atOnce(List.of(
                        () -> reply(Caller.script(port, "reviewer").post(path, Samples.acceptance())),
                        () -> reply(Caller.script(secondPort, "reviewer").post(path, REJECTION)))));
                assertThat(actions(itemNo, "REVIEW_REGISTRATION")).isEqualTo(1);
                assertRecordMatchesEngine(itemNo);
            }
            assertThat(other.log()).doesNotContain("deadlock detected", "40P01");
        } finally {
            other.process().destroy();
            assertThat(other.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Scripts come to the engine's REST as operators. */
    @BeforeEach
    void addWhoMayUseEveryDoor() {
        organization.save(
                new Person("racing-reviewer", "赛审核", "leading-group-office", EnumSet.of(Role.REVIEWER, Role.OPERATOR)),
                passwords.encode("guiling-demo"));
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void whoLosesHearsItInWordsAtEveryDoor(Door door) throws Exception {
        for (int race = 0; race < 5; race++) {
            String itemNo = lifeCycle.register(lifeCycle.registration());
            String taskId = lifeCycle.waiting(itemNo).taskId();

            assertOneWinner(atOnce(List.of(
                    () -> complete(door, taskId, Samples.acceptance()),
                    () -> complete(door, taskId, REJECTION),
                    () -> complete(Door.API, taskId, REJECTION))));
            assertThat(actions(itemNo, "REVIEW_REGISTRATION")).isEqualTo(1);
        }
    }

    /** The moment between the engine's reading of a task and of its execution, which a race meets once in hundreds. */
    @Test
    void aTaskWhoseExecutionIsGoneIsALostRace() {
        DelegateTask task = mock(DelegateTask.class);
        when(task.getTaskDefinitionKey()).thenReturn("review-registration");

        assertThatThrownBy(() -> publisher.publishEvent(task)).isInstanceOf(OptimisticLockingFailureException.class);
    }

    /** A request that ends the instance removes its variables while the other waits for the item. */
    @Test
    void aTaskWhoseVariablesAreGoneIsALostRace() {
        String itemNo = lifeCycle.register(lifeCycle.registration());
        DelegateExecution execution = mock(DelegateExecution.class);
        when(execution.getProcessBusinessKey()).thenReturn(itemNo);
        DelegateTask task = mock(DelegateTask.class);
        when(task.getTaskDefinitionKey()).thenReturn("review-registration");
        when(task.getEventName()).thenReturn(TaskListener.EVENTNAME_COMPLETE);
        when(task.getExecution()).thenReturn(execution);

        assertThatThrownBy(() -> people.as(
                        "reviewer",
                        () -> transactions.executeWithoutResult(transaction -> publisher.publishEvent(task))))
                .isInstanceOf(OptimisticLockingFailureException.class);
    }

    @Test
    void cancellingAndPlanningAtOnceBothLeaveAWholeItem() throws Exception {
        for (int race = 0; race < 10; race++) {
            String itemNo = lifeCycle.itemAt(ItemStatus.PLANNING);
            String plan = lifeCycle.waiting(itemNo).taskId();
            answer(
                    script("handler")
                            .post(
                                    "/api/items/" + itemNo + "/cancellation",
                                    fields("ground", "OBJECT_GONE", "reason", "路段已拆除。")),
                    201);
            String decision = lifeCycle.waiting(itemNo, "decide-on-withdrawal").taskId();

            List<Reply> replies = atOnce(List.of(
                    () -> post("supervisor", "/api/tasks/" + decision + "/complete", Map.of("decision", "APPROVE")),
                    () -> post("handler", "/api/tasks/" + plan + "/complete", Samples.plan(lifeCycle.today()))));

            assertNoneFailed(replies);
            assertThat(replies).anyMatch(Reply::isSuccess);
            assertRecordMatchesEngine(itemNo);
        }
    }

    @Test
    void evidenceAndACompletionDoNotStandInEachOthersWay() throws Exception {
        for (int race = 0; race < 10; race++) {
            String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
            String taskId = lifeCycle.waiting(itemNo).taskId();

            List<Reply> replies = atOnce(List.of(
                    () -> upload(itemNo),
                    () -> upload(itemNo),
                    () -> post(
                            "handler", "/api/tasks/" + taskId + "/complete", Samples.rectification(lifeCycle.today())),
                    () -> upload(itemNo)));

            assertNoneFailed(replies);
            assertThat(replies.get(2).isSuccess()).as(replies.toString()).isTrue();
            assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.VERIFYING);
            assertRecordMatchesEngine(itemNo);
        }
    }

    @Test
    void anExtensionAndACompletionDoNotStandInEachOthersWay() throws Exception {
        for (int race = 0; race < 10; race++) {
            String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
            String taskId = lifeCycle.waiting(itemNo).taskId();
            String newDue = lifeCycle
                    .workingDayFrom(lifeCycle.item(itemNo).currentDue().plusDays(5))
                    .toString();

            List<Reply> replies = atOnce(List.of(
                    () -> post(
                            "handler",
                            "/api/items/" + itemNo + "/extension",
                            fields("newDue", newDue, "reason", "材料到货推迟，井盖需定制。", "evidence", "供货合同变更函，存工程科")),
                    () -> post(
                            "handler",
                            "/api/tasks/" + taskId + "/complete",
                            Samples.rectification(lifeCycle.today()))));

            assertNoneFailed(replies);
            assertThat(replies).anyMatch(Reply::isSuccess);
            assertRecordMatchesEngine(itemNo);
        }
    }

    @Test
    void aSuspensionAndACompletionDoNotStandInEachOthersWay() throws Exception {
        for (int race = 0; race < 10; race++) {
            String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
            String taskId = lifeCycle.waiting(itemNo).taskId();
            answer(
                    script("handler")
                            .post(
                                    "/api/items/" + itemNo + "/suspension",
                                    Samples.suspension(lifeCycle.today().plusDays(20))),
                    201);
            String decision = lifeCycle.waiting(itemNo, "decide-on-suspension").taskId();

            List<Reply> replies = atOnce(List.of(
                    () -> post("supervisor", "/api/tasks/" + decision + "/complete", Map.of("decision", "APPROVE")),
                    () -> post(
                            "handler",
                            "/api/tasks/" + taskId + "/complete",
                            Samples.rectification(lifeCycle.today()))));

            assertNoneFailed(replies);
            assertThat(replies).anyMatch(Reply::isSuccess);
            assertRecordMatchesEngine(itemNo);
        }
    }

    @Test
    void theSameListImportedTwiceAtOnceIsThereOnce() throws Exception {
        for (int race = 0; race < 5; race++) {
            byte[] list = Ledgers.with(20, 0);
            Callable<Reply> upload = () -> reply(script("registrar")
                    .upload("/api/imports", "l.csv", list, Map.of("profile", "ledger", "dryRun", "false")));

            List<Reply> replies = atOnce(List.of(upload, upload, upload));

            assertNoneFailed(replies);
            int created = replies.stream()
                    .filter(Reply::isSuccess)
                    .map(Reply::json)
                    .mapToInt(report -> report.path("created").asInt())
                    .sum();
            assertThat(created).as(replies.toString()).isEqualTo(20);
        }
    }

    @Test
    void administratorsWhoChangeTheSamePersonComeOneAfterTheOther() throws Exception {
        String id = "racer-" + UUID.randomUUID().toString().substring(0, 8);
        answer(script("administrator").post("/api/organization/people", person(id, "赛一")), 201);
        for (int race = 0; race < 10; race++) {
            List<Reply> replies = atOnce(IntStream.range(0, 4)
                    .<Callable<Reply>>mapToObj(each -> () -> reply(
                            script("administrator").put("/api/organization/people/" + id, person(id, "赛" + each))))
                    .toList());

            assertNoneFailed(replies);
            assertThat(replies).anyMatch(Reply::isSuccess);
        }
    }

    @Test
    void ofTwoWhoAddTheSamePersonOneIsTold() throws Exception {
        for (int race = 0; race < 10; race++) {
            String id = "racer-" + UUID.randomUUID().toString().substring(0, 8);
            Callable<Reply> add =
                    () -> reply(script("administrator").post("/api/organization/people", person(id, "新人")));

            assertOneWinner(atOnce(List.of(add, add)));
        }
    }

    @Test
    void ofTwoWhoSaveTheSameTableOneIsTold() throws Exception {
        String page = "/administration/rules/decisions/sampling-rates";
        for (int race = 0; race < 5; race++) {
            List<Callable<Reply>> rivals = new ArrayList<>();
            for (int each = 0; each < 2; each++) {
                Caller browser = Caller.browser(port, "administrator");
                String rate = Integer.toString(11 + race * 2 + each);
                String expectedVersion =
                        found(browser.get(page + "/edit").body(), "name=\"expectedVersion\" value=\"(\\d+)\"");
                browser.submit(
                        page + "/edit",
                        browser.csrf(page + "/edit"),
                        Map.of("expectedVersion", expectedVersion, "r0-0", rate));
                String token = found(browser.get(page + "/check").body(), "name=\"token\" value=\"([^\"]+)\"");
                String csrf = browser.csrf(page + "/check");
                rivals.add(() -> {
                    browser.submit(page + "/deploy", csrf, Map.of("token", token));
                    return reply(browser.get(page));
                });
            }
            long before = versions();

            List<Reply> replies = atOnce(rivals);

            assertNoneFailed(replies);
            assertThat(versions()).as("versions of the table").isEqualTo(before + 1);
            assertThat(replies.stream().filter(reply -> reply.body().contains("期间已有他人改过")))
                    .hasSize(1);
        }

        Caller browser = Caller.browser(port, "administrator");
        browser.submit(page + "/restore", browser.csrf(page), Map.of());
        String token = found(browser.get(page + "/check").body(), "name=\"token\" value=\"([^\"]+)\"");
        browser.submit(page + "/deploy", browser.csrf(page + "/check"), Map.of("token", token));
    }

    private long versions() {
        return jdbc.sql("select count(*) from act_re_decision_def where key_ = 'sampling-rates'")
                .query(Long.class)
                .single();
    }

    private static String found(String page, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(page);
        assertThat(found.find()).as("%s in %s", pattern, page).isTrue();
        return found.group(1);
    }

    private static Map<String, Object> person(String id, String name) {
        return fields("id", id, "name", name, "unit", Samples.CITY_UNIT, "roles", List.of("HANDLER"));
    }

    private static Map<String, Object> fields(Object... namesAndValues) {
        Map<String, Object> fields = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }

    private record Reply(int status, String body) {

        boolean isSuccess() {
            return status < 400;
        }

        JsonNode json() {
            try {
                return new ObjectMapper().readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(body, e);
            }
        }
    }

    private static Reply reply(HttpResponse<String> response) {
        return new Reply(response.statusCode(), response.body());
    }

    /** Whoever comes too late is led to the item, which says so. */
    private static Reply page(Caller browser, HttpResponse<String> answer) {
        String place = answer.headers().firstValue("location").orElse("");
        if (!place.startsWith("/items/")) {
            return reply(answer);
        }
        String item = browser.get(place).body();
        assertThat(item).contains("这一步已经办结");
        return new Reply(409, item);
    }

    private Reply upload(String itemNo) {
        return reply(script("handler")
                .upload(
                        "/api/items/" + itemNo + "/evidence",
                        UUID.randomUUID() + ".jpg",
                        SampleFiles.jpg(9 + pictures.incrementAndGet(), 9),
                        Map.of("measure", "1")));
    }

    private Reply post(String person, String path, Map<String, Object> fields) {
        return reply(script(person).post(path, fields));
    }

    private Reply complete(Door door, String taskId, Map<String, Object> fields) {
        return switch (door) {
            case API -> post("reviewer", "/api/tasks/" + taskId + "/complete", fields);
            case ENGINE_REST -> post("racing-reviewer", "/engine-rest/task/" + taskId + "/complete", variables(fields));
            case TASKLIST -> {
                yield reply(Caller.webApp(port, "reviewer")
                        .post("/camunda/api/engine/engine/default/task/" + taskId + "/submit-form", variables(fields)));
            }
            case PAGE -> {
                Caller browser = Caller.browser(port, "reviewer");
                Map<String, String> inputs = new HashMap<>();
                fields.forEach((name, value) -> inputs.put(name, value.toString()));
                yield page(browser, browser.submit("/tasks/" + taskId, browser.csrf("/todos"), inputs));
            }
        };
    }

    private static Map<String, Object> variables(Map<String, Object> fields) {
        Map<String, Object> variables = new HashMap<>();
        fields.forEach((name, value) -> variables.put(name, Map.of("value", value)));
        return Map.of("variables", variables);
    }

    private Caller script(String person) {
        return Caller.script(port, person);
    }

    private long actions(String itemNo, String action) {
        return jdbc.sql("select count(*) from timeline join item on item.id = item_id where item_no = ? and action = ?")
                .params(itemNo, action)
                .query(Long.class)
                .single();
    }

    private void assertRecordMatchesEngine(String itemNo) {
        List<String> listed = jdbc.sql(
                        "select task_id from to_do join item on item.id = item_id where item_no = ? order by task_id")
                .param(itemNo)
                .query(String.class)
                .list();
        List<String> waiting = jdbc.sql("""
            select task.id_ from act_ru_task task join act_ru_execution instance
                on instance.id_ = task.proc_inst_id_
            where instance.business_key_ = ? order by task.id_\
            """).param(itemNo).query(String.class).list();
        assertThat(listed).as(itemNo).isEqualTo(waiting);
        assertThat(lifeCycle.item(itemNo).status().isOpen()).isEqualTo(!waiting.isEmpty());
    }

    private static void assertOneWinner(List<Reply> replies) {
        assertNoneFailed(replies);
        assertThat(replies.stream().filter(Reply::isSuccess))
                .as(replies.toString())
                .hasSize(1);
        assertThat(replies).filteredOn(reply -> !reply.isSuccess()).allSatisfy(loser -> {
            assertThat(loser.status()).as(loser.body()).isIn(404, 409);
            assertThat(loser.body()).containsAnyOf("刷新", "已", "faster").doesNotContain("ENGINE-", "Exception:");
        });
    }

    private static void assertNoneFailed(List<Reply> replies) {
        assertThat(replies)
                .allSatisfy(reply -> assertThat(reply.status()).as(reply.body()).isLessThan(500));
    }

    private static List<Reply> atOnce(List<Callable<Reply>> rivals) throws Exception {
        CyclicBarrier start = new CyclicBarrier(rivals.size());
        ExecutorService runner = Executors.newFixedThreadPool(rivals.size());
        try {
            List<Future<Reply>> running = new ArrayList<>();
            for (Callable<Reply> rival : rivals) {
                running.add(runner.submit(() -> {
                    start.await();
                    return rival.call();
                }));
            }
            List<Reply> replies = new ArrayList<>();
            for (Future<Reply> each : running) {
                replies.add(each.get());
            }
            return replies;
        } finally {
            runner.shutdownNow();
        }
    }
}
