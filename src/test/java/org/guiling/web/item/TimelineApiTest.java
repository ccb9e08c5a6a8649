package org.guiling.web.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.guiling.web.support.Caller.answer;
import static org.guiling.web.support.Caller.problem;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.guiling.GuilingTest;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.item.ItemStatus;
import org.guiling.web.support.Caller;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The timeline (时间线) as people read it, and what a refused request leaves in it. */
@GuilingTest
class TimelineApiTest {

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Test
    void everyLineIsReadInTheLanguageOfTheReader() {
        // given an item that was refused an extension, granted another and returned for rework
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        LocalDate due = lifeCycle.item(itemNo).currentDue();
        LocalDate cap = lifeCycle.workingDayFrom(due.plusDays(30));
        LocalDate later = lifeCycle.workingDayFrom(due.plusDays(9));
        Caller handler = Caller.script(port, "handler");
        problem(handler.post("/api/items/" + itemNo + "/extension", Samples.extension(cap.plusDays(1))), 400);
        answer(handler.post("/api/items/" + itemNo + "/extension", Samples.extension(due.plusDays(9))), 201);
        problem(handler.post("/api/items/" + itemNo + "/extension", Samples.extension(due.plusDays(9))), 400);
        lifeCycle.complete("leader", itemNo, "decide-on-extension", Map.of("decision", "APPROVE"));
        lifeCycle.moveTo(ItemStatus.VERIFYING, itemNo);
        LocalDate again = lifeCycle.workingDayFrom(lifeCycle.today().plusDays(15));
        lifeCycle.complete("verifier", itemNo, Samples.failedVerification(lifeCycle.today(), "第二处井盖松动"));

        // then each line is a sentence, in Chinese
        String basis = lifeCycle.item(itemNo).dueBasis();
        assertThat(texts(itemNo, "zh-CN"))
                .contains(
                        "立项审核：准予立项",
                        "认领：承办人程承办",
                        "办理“延期申请”被拒绝：该事项已有一项申请待审批，请等审批后再提出。",
                        "提出申请：延期；理由：材料到货推迟，井盖需定制。",
                        "审批申请：同意延期",
                        "延期；期限由 " + due + " 调整为 " + later + "（依据：" + basis + "）；理由：材料到货推迟，井盖需定制。",
                        "向程承办发出“审批结果”通知",
                        "核查：不到位；期限由 " + later + " 调整为 " + again + "；理由：现场查看，三处井盖均已安装牢固。",
                        "向程承办发出“退回”通知")
                // a mistyped date is nobody's business
                .noneMatch(text -> text.contains("不得晚于"))
                .noneMatch(text -> text.contains("timeline.") || text.contains("{"));
        // and in English
        assertThat(texts(itemNo, "en"))
                .contains("notice “Decision” to 程承办")
                .anyMatch(text -> text.startsWith("“request for an extension” was refused: "))
                .anyMatch(text -> text.contains("due date moved from " + due + " to " + later))
                .noneMatch(text -> text.contains("timeline.") || text.contains("{") || text.contains("期限"));
    }

    @Test
    void aRefusalIsData() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING, Map.of("leadUnit", Samples.VILLAGE_UNIT));
        problem(
                Caller.script(port, "handler2")
                        .post(
                                "/api/items/" + itemNo + "/suspension",
                                Samples.suspension(lifeCycle.today().plusDays(9))),
                400);

        JsonNode line = last(itemNo);
        assertThat(line.path("action").asText()).isEqualTo("REFUSED");
        assertThat(line.path("actor").asText()).isEqualTo("handler2");
        assertThat(line.path("refusal").path("attempt").asText()).isEqualTo("REQUEST");
        assertThat(line.path("refusal").path("task").asText()).isEqualTo("suspension");
        assertThat(line.path("refusal").path("reasons").findValuesAsText("code"))
                .containsExactly("refusal.request.other-unit");
        assertThat(line.has("due")).isFalse();
        assertThat(line.has("notice")).isFalse();
    }

    /** Fields that are missing, numbers that do not exist and what was done meanwhile are no refusals by a rule. */
    @Test
    void whatIsNoRefusalByARuleIsNotWrittenDown() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        String taskId = lifeCycle.waiting(itemNo).taskId();
        Caller handler = Caller.script(port, "handler");
        problem(handler.post("/api/items/" + itemNo + "/suspension", Map.of()), 400);
        problem(handler.post("/api/tasks/" + taskId + "/complete", Map.of("surprise", "x")), 400);
        assertThat(handler.post("/api/tasks/" + taskId + "/complete", Samples.rectification(lifeCycle.today()))
                        .statusCode())
                .isEqualTo(204);
        problem(handler.post("/api/tasks/" + taskId + "/complete", Samples.rectification(lifeCycle.today())), 404);

        assertThat(actions(itemNo)).doesNotContain("REFUSED").endsWith("SUBMIT_RECTIFICATION");
    }

    /** A client that is stuck: every request is answered, one line is left. */
    @Test
    void manyEqualRefusalsAtOnceAreAnsweredAndLeaveOneLine() throws Exception {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        LocalDate later = lifeCycle.item(itemNo).currentDue().plusDays(2);
        Caller handler = Caller.script(port, "handler");
        answer(handler.post("/api/items/" + itemNo + "/extension", Samples.extension(later)), 201);
        ExecutorService clients = Executors.newFixedThreadPool(16);
        try {
            var answers = IntStream.range(0, 60)
                    .mapToObj(i -> clients.submit(() -> handler.post(
                                    "/api/items/" + itemNo + "/extension", Samples.extension(later.plusDays(i % 5)))
                            .statusCode()))
                    .toList();
            for (var status : answers) {
                assertThat(status.get()).isEqualTo(400);
            }
        } finally {
            clients.shutdownNow();
        }

        assertThat(actions(itemNo)).filteredOn("REFUSED"::equals).hasSize(1);
    }

    @Test
    void aRefusalIsAnsweredThoughItCannotBeWrittenDown() {
        String itemNo = lifeCycle.itemAt(ItemStatus.CLOSING);
        String taskId = lifeCycle.waiting(itemNo).taskId();

        transaction.executeWithoutResult(open -> {
            jdbc.sql("""
                    select chain from chain_head
                    where chain = (select 'item ' || id from item where item_no = ?) for update""").param(itemNo).query(String.class).single();
            problem(Caller.script(port, "verifier").post("/api/tasks/" + taskId + "/complete", Samples.signOff()), 404);
        });

        assertThat(actions(itemNo)).doesNotContain("REFUSED");
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.CLOSING);
    }

    @Test
    void nobodyWaitsForAnothersLockForEver() {
        String itemNo = lifeCycle.itemAt(ItemStatus.CLOSING);
        String taskId = lifeCycle.waiting(itemNo).taskId();

        transaction.executeWithoutResult(open -> {
            jdbc.sql("select id from item where item_no = ? for update")
                    .param(itemNo)
                    .query(Long.class)
                    .single();
            problem(
                    Caller.script(port, "supervisor").post("/api/tasks/" + taskId + "/complete", Samples.signOff()),
                    409);
        });

        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.CLOSING);
    }

    private List<String> texts(String itemNo, String language) {
        return entries(Caller.script(port, "handler").with("Accept-Language", language), itemNo)
                .findValuesAsText("text");
    }

    private List<String> actions(String itemNo) {
        return StreamSupport.stream(
                        entries(Caller.script(port, "handler"), itemNo).spliterator(), false)
                .map(line -> line.path("action").asText())
                .toList();
    }

    private JsonNode last(String itemNo) {
        JsonNode entries = entries(Caller.script(port, "leader"), itemNo);
        return entries.path(entries.size() - 1);
    }

    private static JsonNode entries(Caller caller, String itemNo) {
        return answer(caller.get("/api/items/" + itemNo + "/timeline"), 200).path("entries");
    }
}
