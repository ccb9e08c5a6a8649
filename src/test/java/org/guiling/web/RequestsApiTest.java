package org.guiling.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.guiling.web.Caller.answer;
import static org.guiling.web.Caller.problem;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.guiling.GuilingTest;
import org.guiling.item.ItemStatus;
import org.guiling.process.LifeCycle;
import org.guiling.process.Samples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The paths beside the straight one through {@code /api} alone. */
@GuilingTest
class RequestsApiTest {

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    Caller handler;

    @BeforeEach
    void signOn() {
        handler = Caller.script(port, "handler");
    }

    @Test
    void anItemIsDeclinedAndRuledOn() {
        String itemNo = lifeCycle.itemAt(ItemStatus.DISPATCHED);
        Map<String, Object> decline = Samples.decline("jiaqiao-town");

        problem(Caller.script(port, "village-handler").post("/api/items/" + itemNo + "/decline", decline), 404);
        JsonNode incomplete = problem(handler.post("/api/items/" + itemNo + "/decline", Map.of()), 400);
        assertThat(incomplete.findValuesAsText("field")).contains("declineReason", "declineBasis", "suggestedUnit");
        assertThat(handler.post("/api/items/" + itemNo + "/decline", decline).statusCode())
                .isEqualTo(204);
        problem(handler.post("/api/items/" + itemNo + "/decline", decline), 404);
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.DISPUTED);

        decide("supervisor", itemNo, "rule-on-decline", Map.of("decision", "KEEP", "opinion", "属本单位职责。"));
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.DISPATCHED);
    }

    @Test
    void anExtensionIsAskedAndGranted() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        var later = lifeCycle.item(itemNo).currentDue().plusDays(9);

        JsonNode asked = answer(handler.post("/api/items/" + itemNo + "/extension", Samples.extension(later)), 201);
        assertThat(asked.path("requests")).hasSize(1);
        assertThat(asked.path("requests").path(0).path("kind").asText()).isEqualTo("EXTENSION");
        assertThat(asked.path("requests").path(0).has("granted")).isFalse();
        decide("leader", itemNo, "decide-on-extension", Map.of("decision", "APPROVE"));

        JsonNode requests = answer(handler.get("/api/items/" + itemNo + "/requests"), 200);
        assertThat(requests.path("requests").path(0).path("granted").asBoolean())
                .isTrue();
        assertThat(requests.path("requests").path(0).path("decidedBy").asText()).isEqualTo("leader");
        assertThat(lifeCycle.item(itemNo).currentDue()).isEqualTo(later);
    }

    @Test
    void aSuspensionIsAskedGrantedAndEnded() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);

        answer(
                handler.post(
                        "/api/items/" + itemNo + "/suspension",
                        Samples.suspension(lifeCycle.today().plusDays(30))),
                201);
        decide("supervisor", itemNo, "decide-on-suspension", Map.of("decision", "APPROVE"));
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.SUSPENDED);
        decide("supervisor", itemNo, "resume-item", Map.of("opinion", "复议已撤回。"));

        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.RECTIFYING);
        JsonNode timeline = answer(handler.get("/api/items/" + itemNo + "/timeline"), 200);
        assertThat(timeline.findValuesAsText("action")).endsWith("SUSPEND", "NOTIFIED", "RESUME", "NOTIFIED");
    }

    @Test
    void anItemIsMergedTransferredOrCancelled() {
        String target = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        assertWithdrawn("merge", Map.of("targetNo", target, "reason", "同一处井盖。"), ItemStatus.MERGED);
        assertWithdrawn("transfer", Map.of("receiptNo", "回执2026-15", "reason", "属省级事权。"), ItemStatus.TRANSFERRED);
        assertWithdrawn("cancellation", Map.of("ground", "OBJECT_GONE", "reason", "路段已拆除。"), ItemStatus.CANCELLED);
    }

    @Test
    void whatIsWrongIsSaidAndNothingIsStored() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);

        problem(handler.post("/api/items/ZG-2026-999999/extension", Map.of()), 404);
        problem(
                handler.post(
                        "/api/items/" + itemNo + "/cancellation", Map.of("ground", "LITIGATION", "reason", "事由不符。")),
                400);
        problem(handler.post("/api/items/" + itemNo + "/suspension", Map.of("approverGroup", "handlers")), 400);
        problem(
                Caller.script(port, "handler", "wrong")
                        .post("/api/items/" + itemNo + "/suspension", Samples.suspension(lifeCycle.today())),
                401);

        assertThat(answer(handler.get("/api/items/" + itemNo + "/requests"), 200)
                        .path("requests"))
                .isEmpty();
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.RECTIFYING);
    }

    private void assertWithdrawn(String path, Map<String, Object> fields, ItemStatus status) {
        String itemNo = lifeCycle.itemAt(ItemStatus.PLANNING);
        answer(handler.post("/api/items/" + itemNo + "/" + path, fields), 201);
        decide("supervisor", itemNo, "decide-on-withdrawal", Map.of("decision", "APPROVE"));
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(status);
        JsonNode item = answer(handler.get("/api/items/" + itemNo), 200);
        assertThat(item.path("light").asText()).isEqualTo("GREY");
    }

    private void decide(String person, String itemNo, String task, Map<String, Object> fields) {
        String taskId = lifeCycle.waiting(itemNo, task).taskId();
        assertThat(Caller.script(port, person)
                        .post("/api/tasks/" + taskId + "/complete", fields)
                        .statusCode())
                .isEqualTo(204);
    }
}
