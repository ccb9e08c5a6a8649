package org.guiling.web.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.guiling.web.support.Caller.answer;
import static org.guiling.web.support.Caller.problem;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.guiling.GuilingTest;
import org.guiling.audit.AuditEvent;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.item.ItemStatus;
import org.guiling.web.support.Caller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Tests which items a person sees: the same by list, figures, export, single item, task and engine. */
@GuilingTest
class DataScopeTest {

    private static final String ENGINE = "/camunda/api/engine/engine/default";

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    AuditTrail auditTrail;

    @ParameterizedTest
    @CsvSource({
        // Their own unit's, and what it helps with.
        "handler, city helped",
        // The town: its own, the village's below it, what it helps with; not what is restricted below it.
        "handler2, town village helped",
        "township-leader, town village helped",
        "village-handler, village restricted",
        // Nothing was handed in for verification yet.
        "verifier, ''",
        "registrar, city town village helped restricted",
        "reviewer, city town village helped restricted",
        "supervisor, city town village helped restricted",
        "leader, city town village helped restricted",
        "head, city town village helped restricted",
        "operator, ''",
        "administrator, ''"
    })
    void listExportFiguresAndItemAgree(String person, String visible) throws IOException {
        // given items of several units
        String mark = UUID.randomUUID().toString();
        Map<String, String> items = Map.of(
                "city", register(mark, Map.of("leadUnit", "housing-urban-bureau")),
                "town", register(mark, Map.of("leadUnit", "jiaqiao-town")),
                "village", register(mark, Map.of("leadUnit", "dongyang-village")),
                "helped",
                        register(mark, Map.of("leadUnit", "housing-urban-bureau", "coUnits", List.of("jiaqiao-town"))),
                "restricted", register(mark, Map.of("leadUnit", "dongyang-village", "visibility", "RESTRICTED")));
        List<String> expected = Stream.of(visible.split(" "))
                .filter(name -> !name.isEmpty())
                .map(items::get)
                .sorted()
                .toList();
        Caller caller = Caller.script(port, person);

        // then the list has these and no others
        JsonNode page = answer(caller.get("/api/items?sort=newest&text=" + mark), 200);
        assertThat(new TreeSet<>(page.path("items").findValuesAsText("itemNo"))).containsExactlyElementsOf(expected);

        // and so has the export
        assertThat(exported(caller, mark)).containsExactlyElementsOf(expected);

        // and each alone, with all that belongs to it
        items.values().forEach(itemNo -> {
            int status = expected.contains(itemNo) ? 200 : 404;
            for (String part : List.of("", "/timeline", "/requests", "/parts", "/supervision")) {
                assertThat(caller.get("/api/items/" + itemNo + part).statusCode())
                        .as(itemNo + part)
                        .isEqualTo(status);
            }
        });

        // and the figures count what the list has
        JsonNode figures = answer(caller.get("/api/figures"), 200);
        assertThat(figures.path("totals").path("registered").asInt()).isEqualTo(count(caller));
    }

    @Test
    void whatOneMayNotSeeIsAnsweredAsIfItWereNotThere() {
        String hidden = register(UUID.randomUUID().toString(), Map.of("leadUnit", "ecology-bureau"));
        Caller handler = Caller.script(port, "handler");

        String unseen = handler.get("/api/items/" + hidden).body();
        String unknown = handler.get("/api/items/ZG-1999-999999").body();

        assertThat(unseen.replace(hidden, "")).isEqualTo(unknown.replace("ZG-1999-999999", ""));
        for (String request : List.of("extension", "suspension", "merge", "transfer", "cancellation", "split")) {
            problem(
                    handler.post(
                            "/api/items/" + hidden + "/" + request,
                            Map.of("reason", "试一试", "ground", "DUPLICATE", "newDue", "2099-01-01")),
                    404);
        }
    }

    @Test
    void whoLeadsTheWholeSeesEachPartAndNotTheOtherWayRound() {
        String whole = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        Caller handler = Caller.script(port, "handler");
        String part = answer(
                        handler.post(
                                "/api/items/" + whole + "/split",
                                Samples.onePart(lifeCycle.item(whole).currentDue())),
                        201)
                .findValue("parts")
                .path(0)
                .path("itemNo")
                .asText();

        answer(handler.get("/api/items/" + part), 200);
        Caller town = Caller.script(port, "handler2");
        assertThat(answer(town.get("/api/items/" + part), 200).path("parentNo").asText())
                .isEqualTo(whole);
        problem(town.get("/api/items/" + whole), 404);
        problem(Caller.script(port, "village-handler").get("/api/items/" + part), 404);
    }

    @Test
    void nobodyMergesIntoWhatTheyMayNotSee() {
        String mine = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        String hidden = register(UUID.randomUUID().toString(), Map.of("leadUnit", "ecology-bureau"));

        JsonNode problem = problem(
                Caller.script(port, "handler")
                        .post("/api/items/" + mine + "/merge", Map.of("targetNo", hidden, "reason", "试一试")),
                400);

        assertThat(problem.path("detail").asText()).contains("没有编号为 " + hidden + " 的事项，或者您无权查看。");
    }

    @Test
    void aVerifierSeesWhatWaitsForThemAndWhatTheyVerified() {
        Caller verifier = Caller.script(port, "verifier");
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        problem(verifier.get("/api/items/" + itemNo), 404);

        lifeCycle.moveTo(ItemStatus.VERIFYING, itemNo);
        answer(verifier.get("/api/items/" + itemNo), 200);
        answer(Caller.script(port, "verifier2").get("/api/items/" + itemNo), 200);

        lifeCycle.moveTo(ItemStatus.CLOSING, itemNo);
        answer(verifier.get("/api/items/" + itemNo), 200);
        problem(Caller.script(port, "verifier3").get("/api/items/" + itemNo), 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"handler2", "village-handler", "verifier", "registrar", "leader", "administrator"})
    void theEngineItselfShowsNobodyTheInstancesOfOthers(String person) {
        lifeCycle.itemAt(ItemStatus.RECTIFYING);
        Caller browser = Caller.browser(port, person).with("Accept", "application/json");

        for (String query : List.of(
                "/variable-instance",
                "/process-instance",
                "/execution",
                "/history/process-instance",
                "/history/task",
                "/history/activity-instance",
                "/incident",
                "/job")) {
            assertThat(answer(browser.get(ENGINE + query), 200)).as(query).isEmpty();
        }
    }

    @Test
    void theTaskListHasItsColumnsFromTheRecord() {
        String itemNo = lifeCycle.itemAt(ItemStatus.DISPATCHED);
        Caller browser = Caller.browser(port, "handler").with("Accept", "application/json");
        String unitFilter = "";
        for (JsonNode filter : answer(browser.get(ENGINE + "/filter?resourceType=Task"), 200)) {
            unitFilter = filter.path("name").asText().equals("本单位待认领")
                    ? filter.path("id").asText()
                    : unitFilter;
        }

        browser.with("Accept", "application/hal+json");
        JsonNode list = answer(browser.get(ENGINE + "/filter/" + unitFilter + "/list?maxResults=1000"), 200);

        List<JsonNode> variables = new ArrayList<>();
        list.path("_embedded").path("task").forEach(task -> {
            JsonNode columns = task.path("_embedded").path("variable");
            if (columns.findValuesAsText("value").contains(itemNo)) {
                columns.forEach(variables::add);
            }
        });
        assertThat(variables)
                .extracting(variable -> variable.path("name").asText())
                .containsExactly("itemNo", "title", "unitName");
        assertThat(variables.get(2).path("value").asText()).isEqualTo("市住房建设和城市管理局（示例）");
    }

    @Test
    void whoWatchesTheEngineSeesOfARestrictedItemTheNumberAlone() {
        Caller operator = Caller.script(port, "operator");
        String open = register("open", Map.of());
        String restricted = register("restricted", Map.of("visibility", "RESTRICTED"));

        assertThat(titleInTheEngine(operator, open)).contains("open");
        assertThat(titleInTheEngine(operator, restricted)).isEqualTo(restricted);
    }

    @Test
    void aPetitionersNameIsMaskedAndWhoSawItIsWrittenDown() throws IOException {
        // given a petition about somebody
        String mark = UUID.randomUUID().toString();
        String itemNo =
                register(mark, Map.of("sourceType", "PETITION", "subject", "欧阳示例", "leadUnit", "dongyang-village"));
        Caller townLeader = Caller.script(port, "township-leader");

        // then those above the unit read the first character alone
        assertThat(answer(townLeader.get("/api/items/" + itemNo), 200)
                        .path("subject")
                        .asText())
                .isEqualTo("欧＊＊");
        problem(townLeader.get("/api/items/" + itemNo + "/subject"), 403);
        assertThat(answer(Caller.script(port, "leader").get("/api/items/" + itemNo), 200)
                        .path("subject")
                        .asText())
                .isEqualTo("欧＊＊");
        assertThat(workbook(Caller.script(port, "leader"), mark))
                .contains("欧＊＊")
                .doesNotContain("欧阳示例");
        assertThat(shown(itemNo)).isEmpty();

        // when the reviewer opens the task, and asks again on the same day
        String taskId = lifeCycle.waiting(itemNo).taskId();
        Caller reviewer = Caller.script(port, "reviewer");
        assertThat(reviewer.get("/api/tasks/" + taskId).body()).contains("欧阳示例");
        assertThat(answer(reviewer.get("/api/items/" + itemNo + "/subject"), 200)
                        .path("subject")
                        .asText())
                .isEqualTo("欧阳示例");

        // then it is written down once
        assertThat(shown(itemNo)).containsExactly("reviewer");

        // and whoever only watches the engine reads no more than the others
        assertThat(Caller.script(port, "operator")
                        .get("/engine-rest/task/" + taskId + "/form-variables")
                        .body())
                .doesNotContain("欧阳示例");
    }

    private String register(String mark, Map<String, Object> changes) {
        Map<String, Object> fields = lifeCycle.registration();
        fields.put("title", "范围 " + mark + " " + UUID.randomUUID());
        fields.putAll(changes);
        return lifeCycle.register(fields);
    }

    private List<String> shown(String itemNo) {
        return auditTrail.page(AuditEventKind.PERSONAL_DATA_SHOWN, null, null, 100).stream()
                .filter(event -> itemNo.equals(event.subject()))
                .map(AuditEvent::actor)
                .toList();
    }

    private static String titleInTheEngine(Caller operator, String itemNo) {
        JsonNode instance = answer(
                        operator.get("/engine-rest/process-instance?processDefinitionKey=five-step-zeroing&businessKey="
                                + itemNo),
                        200)
                .path(0);
        return answer(
                        operator.get("/engine-rest/variable-instance?variableName=title&processInstanceIdIn="
                                + instance.path("id").asText()),
                        200)
                .path(0)
                .path("value")
                .asText();
    }

    private static int count(Caller caller) {
        int count = 0;
        String cursor = "";
        while (cursor != null) {
            JsonNode page = answer(caller.get("/api/items?sort=newest&limit=200" + cursor), 200);
            count += page.path("items").size();
            cursor = page.path("next").isTextual()
                    ? "&cursor=" + page.path("next").asText()
                    : null;
        }
        return count;
    }

    private static List<String> exported(Caller caller, String mark) throws IOException {
        byte[] bytes = caller.download("/api/exports/ledger.xlsx?text=" + mark).body();
        try (XSSFWorkbook workbook = new XSSFWorkbook(new ByteArrayInputStream(bytes))) {
            List<String> numbers = new ArrayList<>();
            for (Row row : workbook.getSheetAt(0)) {
                numbers.add(row.getCell(0).getStringCellValue());
            }
            return numbers.stream().skip(1).sorted().toList();
        }
    }

    private static String workbook(Caller caller, String mark) throws IOException {
        byte[] bytes = caller.download("/api/exports/ledger.xlsx?text=" + mark).body();
        try (XSSFWorkbook workbook = new XSSFWorkbook(new ByteArrayInputStream(bytes))) {
            StringBuilder text = new StringBuilder();
            workbook.getSheetAt(0)
                    .forEach(row -> row.forEach(cell -> text.append(cell).append('\n')));
            return text.toString();
        }
    }
}
