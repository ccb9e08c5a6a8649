package org.guiling.web.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.guiling.web.support.Caller.answer;
import static org.guiling.web.support.Caller.problem;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.guiling.GuilingTest;
import org.guiling.TestClock;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.item.ItemStatus;
import org.guiling.web.support.Caller;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@GuilingTest
class TasksApiTest {

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    TestClock clock;

    @Test
    void theListHasMineAndMyGroups() {
        String claimable = taskAt(ItemStatus.DISPATCHED);
        String mine = taskAt(ItemStatus.RECTIFYING);
        String others = taskAt(ItemStatus.REVIEW);

        List<JsonNode> tasks = allTasks("handler");

        List<String> ids = tasks.stream().map(task -> task.path("id").asText()).toList();
        assertThat(ids).contains(claimable, mine).doesNotContain(others);
        JsonNode first = tasks.get(ids.indexOf(claimable));
        assertThat(first.path("task").asText()).isEqualTo("claim-item");
        assertThat(first.path("name").asText()).isEqualTo("认领事项");
        assertThat(first.path("due").asText())
                .isEqualTo(lifeCycle.workingDays(2).toString());
        assertThat(first.has("assignee")).isFalse();
    }

    /** Page by page: other tests have left some. */
    private List<JsonNode> allTasks(String person) {
        List<JsonNode> tasks = new ArrayList<>();
        JsonNode page;
        do {
            page = answer(Caller.script(port, person).get("/api/tasks?limit=200&offset=" + tasks.size()), 200);
            page.path("tasks").forEach(tasks::add);
        } while (tasks.size() < page.path("total").asInt());
        return tasks;
    }

    @Test
    void aTaskComesWithFormSchemaAndData() {
        String taskId = taskAt(ItemStatus.DISPATCHED);

        JsonNode task = answer(Caller.script(port, "handler").get("/api/tasks/" + taskId), 200);

        assertThat(task.path("form").asText()).isEqualTo("claim");
        assertThat(task.path("schema").path("components")).isNotEmpty();
        assertThat(task.path("data").path("handlers").findValuesAsText("value")).contains("handler");
        assertThat(task.path("task").path("id").asText()).isEqualTo(taskId);
    }

    @Test
    void aDateThatMayStillMoveIsSaidToBeProvisional() {
        // given a task whose date lies in a year that nobody has loaded
        clock.advance(Duration.ofDays(ChronoUnit.DAYS.between(lifeCycle.today(), LocalDate.of(2090, 6, 1))));
        String itemNo = lifeCycle.itemAt(ItemStatus.DISPATCHED);
        String taskId = lifeCycle.waiting(itemNo).taskId();
        Caller handler = Caller.script(port, "handler");

        // then the task says so, the item in the list says so, and the form says so
        JsonNode task = answer(handler.get("/api/tasks/" + taskId), 200);
        assertThat(task.path("task").path("dueProvisional").booleanValue()).isTrue();
        assertThat(task.path("data").path("itemFacts").findValuesAsText("value"))
                .contains(lifeCycle.workingDays(2) + "（暂定）");
        JsonNode listed = answer(handler.get("/api/items?text=" + itemNo), 200)
                .path("items")
                .path(0);
        assertThat(listed.path("due").asText())
                .isEqualTo(lifeCycle.workingDays(2).toString());
        assertThat(listed.path("dueProvisional").booleanValue()).isTrue();
    }

    @Test
    void aPlannedDateThatMayStillMoveIsNamedInTheItem() {
        clock.advance(Duration.ofDays(ChronoUnit.DAYS.between(lifeCycle.today(), LocalDate.of(2090, 6, 1))));
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);

        JsonNode item = answer(Caller.script(port, "handler").get("/api/items/" + itemNo), 200);

        assertThat(item.path("provisionalDates"))
                .extracting(JsonNode::asText)
                .containsExactly("originalDue", "currentDue", "measures.1.due", "measures.2.due");
    }

    @Test
    void aTaskIsClaimedAndCompleted() {
        String itemNo = lifeCycle.itemAt(ItemStatus.REVIEW);
        String taskId = lifeCycle.waiting(itemNo).taskId();
        Caller reviewer = Caller.script(port, "reviewer");

        answer(reviewer.post("/api/tasks/" + taskId + "/claim"), 204);
        answer(reviewer.post("/api/tasks/" + taskId + "/complete", Samples.acceptance()), 204);

        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.DISPATCHED);
        problem(reviewer.post("/api/tasks/" + taskId + "/complete", Samples.acceptance()), 404);
    }

    @Test
    void aGateThatIsNotPassedSaysWhichFieldIsMissing() {
        String itemNo = lifeCycle.itemAt(ItemStatus.PLANNING);
        Map<String, Object> plan = new HashMap<>(Samples.plan(lifeCycle.today()));
        plan.put("measure2Track", "FIX_NOW");

        JsonNode problem = problem(
                Caller.script(port, "handler")
                        .post("/api/tasks/" + lifeCycle.waiting(itemNo).taskId() + "/complete", plan),
                400);

        assertThat(problem.path("detail").asText()).contains("长久立");
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.PLANNING);
    }

    @Test
    void whatIsNotMineDoesNotExist() {
        String taskId = taskAt(ItemStatus.REVIEW);
        Caller handler = Caller.script(port, "handler");

        problem(handler.get("/api/tasks/" + taskId), 404);
        problem(handler.post("/api/tasks/" + taskId + "/claim"), 404);
        problem(handler.post("/api/tasks/" + taskId + "/complete", Samples.acceptance()), 404);
        problem(handler.get("/api/tasks/none"), 404);
    }

    @Test
    void whatACollegueClaimedIsAConflict() {
        String taskId = taskAt(ItemStatus.VERIFYING);
        answer(Caller.script(port, "verifier").post("/api/tasks/" + taskId + "/claim"), 204);

        problem(Caller.script(port, "verifier2").post("/api/tasks/" + taskId + "/claim"), 409);
    }

    @RepeatedTest(5)
    void ofTwoWhoClaimAtOnceOneLosesWithoutDamage() throws Exception {
        String taskId = taskAt(ItemStatus.VERIFYING);
        List<Callable<Integer>> rivals = Stream.of("verifier", "verifier2", "verifier", "verifier2")
                .map(person -> (Callable<Integer>) () -> Caller.script(port, person)
                        .post("/api/tasks/" + taskId + "/claim")
                        .statusCode())
                .toList();
        ExecutorService runner = Executors.newFixedThreadPool(rivals.size());
        List<Integer> statuses;
        try {
            statuses =
                    runner.invokeAll(rivals).stream().map(TasksApiTest::result).toList();
        } finally {
            runner.shutdownNow();
        }

        assertThat(statuses).contains(204).isSubsetOf(204, 409);
    }

    @Test
    void aFormThatIsNotAnObjectIsRefused() {
        String taskId = taskAt(ItemStatus.REVIEW);

        problem(Caller.script(port, "reviewer").post("/api/tasks/" + taskId + "/complete", "[]"), 400);
        problem(Caller.script(port, "reviewer").post("/api/tasks/" + taskId + "/complete", "{\"itemNo\":\"x\"}"), 400);
    }

    private String taskAt(ItemStatus status) {
        return lifeCycle.waiting(lifeCycle.itemAt(status)).taskId();
    }

    private static int result(Future<Integer> future) {
        try {
            return future.get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
