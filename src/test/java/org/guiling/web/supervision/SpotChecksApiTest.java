package org.guiling.web.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.guiling.web.support.Caller.answer;
import static org.guiling.web.support.Caller.problem;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.guiling.GuilingTest;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.item.ItemStatus;
import org.guiling.web.support.Caller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A spot check by {@code /api}: ordered, visited, read, drawn again, and kept from those whom it is about. */
@GuilingTest
class SpotChecksApiTest {

    private static final String CATEGORY = "STYLE";

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    @BeforeEach
    @AfterEach
    void nothingIsLeftToDrawFrom() {
        lifeCycle.leaveNothingToDrawFrom(CATEGORY);
    }

    @Test
    void aCheckIsOrderedVisitedAndRead() {
        String itemNo = rectifying();
        Caller supervisor = Caller.script(port, "supervisor");

        JsonNode check = answer(supervisor.post("/api/spot-checks", order("OPEN")), 201);

        String checkNo = check.at("/check/checkNo").asText();
        assertThat(checkNo).matches("CC-\\d{4}-\\d{6}");
        assertThat(check.path("seed").asText()).matches("[0-9a-f]{64}");
        assertThat(check.at("/strata/0/rate").asInt()).isEqualTo(10);
        assertThat(check.at("/strata/0/drawn").asInt()).isEqualTo(1);
        assertThat(check.at("/visits/0/itemNo").asText()).isEqualTo(itemNo);
        lifeCycle.sendVisitors(checkNo);
        String inspector = check.at("/visits/0/inspector").asText();
        String taskId = lifeCycle.waiting(itemNo, "carry-out-visit").taskId();

        // the unit cannot tell it from an item that nobody visits
        String before =
                Caller.script(port, "handler").get("/api/items/" + itemNo).body();
        assertThat(before).doesNotContain("visit", checkNo, inspector);
        assertThat(Caller.script(port, "handler")
                        .get("/api/items/" + itemNo + "/timeline")
                        .body())
                .doesNotContain("SPOT_CHECK");
        problem(Caller.script(port, "handler").post("/api/tasks/" + taskId + "/claim"), 404);
        assertThat(answer(Caller.script(port, "handler").get("/api/tasks"), 200).toString())
                .doesNotContain("carry-out-visit");

        JsonNode refused = problem(
                Caller.script(port, inspector)
                        .post(
                                "/api/tasks/" + taskId + "/complete",
                                Samples.consistentVisit(lifeCycle.today().plusDays(1))),
                400);
        assertThat(refused.at("/errors/0/field").asText()).isEqualTo("visitedOn");
        answer(
                Caller.script(port, inspector)
                        .post("/api/tasks/" + taskId + "/complete", Samples.consistentVisit(lifeCycle.today())),
                204);

        JsonNode read = answer(supervisor.get("/api/spot-checks/" + checkNo), 200);
        assertThat(read.at("/results/CONSISTENT").asInt()).isEqualTo(1);
        assertThat(read.at("/check/reported").asInt()).isEqualTo(1);
        JsonNode replay = answer(supervisor.get("/api/spot-checks/" + checkNo + "/replay"), 200);
        assertThat(replay.path("identical").asBoolean()).isTrue();
        assertThat(answer(supervisor.get("/api/spot-checks"), 200)
                        .at("/checks/0/checkNo")
                        .asText())
                .isEqualTo(checkNo);
        // from now on the unit reads of it
        assertThat(Caller.script(port, "handler")
                        .get("/api/items/" + itemNo + "/timeline")
                        .body())
                .contains("随机抽查：与台账一致", "现场查看，与台账记载一致。");
    }

    @Test
    void badOrdersAreRefusedWithTheFieldAndNothingIsKept() {
        Caller supervisor = Caller.script(port, "supervisor");
        int before =
                answer(supervisor.get("/api/spot-checks"), 200).path("total").asInt();
        Map<String, Object> unknownScope = new HashMap<>(order("ALL"));
        Map<String, Object> future = new HashMap<>(order("CLOSED"));
        future.put("closedSince", lifeCycle.today().plusDays(1).toString());
        Map<String, Object> smuggled = new HashMap<>(order("OPEN"));
        smuggled.put("seed", "0".repeat(64));

        assertThat(field(supervisor, unknownScope)).isEqualTo("scope");
        assertThat(field(supervisor, future)).isEqualTo("closedSince");
        assertThat(field(supervisor, smuggled)).isEqualTo("seed");
        assertThat(field(supervisor, order("OPEN"))).isEqualTo("scope");
        assertThat(answer(supervisor.get("/api/spot-checks"), 200).path("total").asInt())
                .isEqualTo(before);
    }

    @Test
    void onlyThoseWhoAnswerForSupervisionReadOfIt() {
        for (String account : List.of("handler", "verifier", "registrar", "reviewer", "operator", "administrator")) {
            Caller caller = Caller.script(port, account);
            problem(caller.get("/api/spot-checks"), 403);
            problem(caller.get("/api/spot-checks/CC-2026-000001"), 403);
            problem(caller.get("/api/spot-checks/CC-2026-000001/replay"), 403);
            problem(caller.post("/api/spot-checks", order("OPEN")), 403);
        }
        problem(Caller.script(port, "leader").get("/api/spot-checks/CC-2026-999999"), 404);
    }

    private static String field(Caller caller, Map<String, Object> order) {
        return problem(caller.post("/api/spot-checks", order), 400)
                .at("/errors/0/field")
                .asText();
    }

    private static Map<String, Object> order(String scope) {
        return Samples.fields("title", "测试随机抽查", "scope", scope, "category", CATEGORY);
    }

    private String rectifying() {
        Map<String, Object> registration = lifeCycle.registration();
        registration.put("category", CATEGORY);
        String itemNo = lifeCycle.register(registration);
        lifeCycle.moveTo(ItemStatus.RECTIFYING, itemNo);
        return itemNo;
    }
}
