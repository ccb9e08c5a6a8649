package org.guiling.web.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.guiling.web.support.Caller.answer;
import static org.guiling.web.support.Caller.problem;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.guiling.GuilingTest;
import org.guiling.TestClock;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.item.ItemStatus;
import org.guiling.web.support.Caller;
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

    @Autowired
    TestClock clock;

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
        var later = lifeCycle.workingDayFrom(lifeCycle.item(itemNo).currentDue().plusDays(9));

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
    void anItemIsSplitAndShowsItsParts() {
        String whole = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        var due = lifeCycle.item(whole).currentDue();
        String path = "/api/items/" + whole + "/split";

        problem(Caller.script(port, "handler2").post(path, Samples.onePart(due)), 404);
        JsonNode late = problem(handler.post(path, Samples.onePart(due.plusDays(1))), 400);
        assertThat(late.findValuesAsText("field")).containsExactly("part1Due");
        JsonNode split = answer(handler.post(path, Samples.onePart(due)), 201);

        JsonNode part = split.path("parts").path(0);
        assertThat(split.has("parentNo")).isFalse();
        assertThat(part.path("leadUnit").asText()).isEqualTo("jiaqiao-town");
        assertThat(part.path("status").asText()).isEqualTo("DISPATCHED");
        assertThat(part.path("light").asText()).isEqualTo("GREEN");
        String partNo = part.path("itemNo").asText();
        assertThat(answer(handler.get("/api/items/" + partNo + "/parts"), 200)
                        .path("parentNo")
                        .asText())
                .isEqualTo(whole);
        assertThat(answer(handler.get("/api/items/" + partNo), 200)
                        .path("parentNo")
                        .asText())
                .isEqualTo(whole);
        JsonNode refused = problem(
                handler.post(
                        "/api/tasks/" + lifeCycle.waiting(whole).taskId() + "/complete",
                        Samples.rectification(lifeCycle.today())),
                400);
        assertThat(refused.toString()).contains(partNo);
    }

    @Test
    void aSmallThingGoesOnTheFastLane() {
        Map<String, Object> filing = Samples.fastLane(lifeCycle.today(), lifeCycle.workingDays(5));

        problem(Caller.script(port, "registrar").post("/api/items/fast-lane", filing), 403);
        Map<String, Object> petition = new HashMap<>(filing);
        petition.put("sourceType", "PETITION");
        assertThat(problem(handler.post("/api/items/fast-lane", petition), 400).findValuesAsText("field"))
                .containsExactly("sourceType");
        String itemNo = answer(handler.post("/api/items/fast-lane", filing), 201)
                .path("itemNo")
                .asText();

        JsonNode item = answer(handler.get("/api/items/" + itemNo), 200);
        assertThat(item.path("status").asText()).isEqualTo("RECTIFYING");
        assertThat(item.path("fastLane").asBoolean()).isTrue();
    }

    @Test
    void aCardIsIssuedObjectedToAndLifted() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        try {
            lifeCycle.climbToCard(itemNo);
            decide("supervisor", itemNo, "decide-on-card", Map.of("decision", "ISSUE"));
            Map<String, Object> objection = Map.of("rung", "YELLOW_CARD", "reason", "材料已于到期前送达督查室。");
            String path = "/api/items/" + itemNo + "/objection";

            problem(Caller.script(port, "handler2").post(path, objection), 404);
            problem(Caller.script(port, "registrar").post(path, objection), 403);
            problem(handler.post(path, Map.of("rung", "RED_CARD", "reason", "材料已送达。")), 400);
            // until when it is to be answered, and once it is lifted no answer is awaited
            String until = answer(handler.get("/api/items/" + itemNo + "/supervision"), 200)
                    .at("/cards/0/replyUntil")
                    .asText();
            assertThat(until).isEqualTo(lifeCycle.workingDays(3).toString());
            JsonNode objected = answer(handler.post(path, objection), 201);
            assertThat(objected.path("cards").path(0).path("state").asText()).isEqualTo("OBJECTED");
            problem(handler.post(path, objection), 409);
            decide("leader", itemNo, "rule-on-objection", Map.of("decision", "UPHOLD", "opinion", "确已送达。"));

            JsonNode supervision = answer(handler.get("/api/items/" + itemNo + "/supervision"), 200);
            JsonNode card = supervision.path("cards").path(0);
            assertThat(card.path("state").asText()).isEqualTo("LIFTED");
            assertThat(card.path("objection").path("ruledBy").asText()).isEqualTo("leader");
            assertThat(card.has("replyUntil")).isFalse();
            assertThat(card.has("reply")).isFalse();
            assertThat(supervision.path("nextLook").asText())
                    .isEqualTo(lifeCycle.item(itemNo).nextLook().toString());
        } finally {
            clock.reset();
        }
    }

    @Test
    void aCardIsAnsweredOnce() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        try {
            lifeCycle.climbToCard(itemNo);
            decide("supervisor", itemNo, "decide-on-card", Map.of("decision", "ISSUE"));
            String path =
                    "/api/tasks/" + lifeCycle.waiting(itemNo, "answer-card").taskId() + "/complete";

            problem(Caller.script(port, "handler2").post(path, Samples.cardReply()), 404);
            assertThat(problem(handler.post(path, Map.of("cause", "停工。", "done", "长".repeat(1001))), 400)
                            .findValuesAsText("field"))
                    .containsExactlyInAnyOrder("done", "next");
            // nobody answers one card in the place of another
            Map<String, Object> smuggled = new HashMap<>(Samples.cardReply());
            smuggled.put("card", 1);
            problem(handler.post(path, smuggled), 400);
            decide("handler", itemNo, "answer-card", Samples.cardReply());
            problem(handler.post(path, Samples.cardReply()), 404);

            JsonNode card = answer(Caller.script(port, "supervisor").get("/api/items/" + itemNo + "/supervision"), 200)
                    .at("/cards/0");
            assertThat(card.path("replyUntil").asText())
                    .isEqualTo(lifeCycle.workingDays(3).toString());
            assertThat(card.at("/reply/repliedBy").asText()).isEqualTo("handler");
            assertThat(card.at("/reply/cause").asText()).isEqualTo("施工单位停工。");
            assertThat(card.at("/reply/done").asText()).isEqualTo("已更换施工单位。");
            assertThat(card.at("/reply/next").asText()).isEqualTo("月底前补齐井盖。");
        } finally {
            clock.reset();
        }
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
