package org.guiling.web.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.guiling.web.support.Caller.answer;
import static org.guiling.web.support.Caller.json;
import static org.guiling.web.support.Caller.problem;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.guiling.GuilingTest;
import org.guiling.engine.LifeCycle;
import org.guiling.item.ItemStatus;
import org.guiling.web.support.Caller;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@GuilingTest
class ItemsApiTest {

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    Caller registrar;

    @BeforeEach
    void signOn() {
        registrar = Caller.script(port, "registrar");
    }

    @Test
    void aProblemIsRegisteredAndReadBack() {
        Map<String, Object> fields = lifeCycle.registration();

        HttpResponse<String> created = registrar.post("/api/items", fields);

        String itemNo = answer(created, 201).path("itemNo").asText();
        assertThat(created.headers().firstValue("Location")).hasValue("/api/items/" + itemNo);
        JsonNode item = answer(Caller.script(port, "leader").get("/api/items/" + itemNo), 200);
        assertThat(item.path("title").asText()).isEqualTo(fields.get("title"));
        assertThat(item.path("status").asText()).isEqualTo("REVIEW");
        assertThat(item.path("step").asText()).isEqualTo("INTAKE");
        assertThat(item.path("light").asText()).isEqualTo("YELLOW");
        assertThat(item.path("foundDate").asText()).isEqualTo(fields.get("foundDate"));
        assertThat(item.has("handler")).isFalse();
    }

    @Test
    void anItemTellsItsWholeWay() {
        String itemNo = lifeCycle.itemAt(ItemStatus.CLOSED);

        JsonNode item = answer(registrar.get("/api/items/" + itemNo), 200);
        JsonNode timeline = answer(registrar.get("/api/items/" + itemNo + "/timeline"), 200);

        assertThat(item.path("light").asText()).isEqualTo("BLUE");
        assertThat(item.path("measures")).hasSize(2);
        assertThat(item.path("verifications")).hasSize(1);
        assertThat(item.path("signOffs").path(0).path("approver").asText()).isEqualTo("supervisor");
        assertThat(timeline.path("entries").findValuesAsText("action"))
                .startsWith("REGISTER", "REVIEW_REGISTRATION", "CLAIM")
                .endsWith("CLOSE");
        assertThat(timeline.path("entries").path(0).path("actorName").asText()).isEqualTo("陈登记");
    }

    @Test
    void whatIsMissingIsNamedFieldByField() {
        Map<String, Object> fields = lifeCycle.registration();
        fields.remove("foundBy");
        fields.put("level", "9");
        fields.put("invented", "x");

        JsonNode problem = problem(registrar.post("/api/items", fields), 400);

        assertThat(problem.path("errors").findValuesAsText("field"))
                .containsExactlyInAnyOrder("foundBy", "level", "invented");
        assertThat(problem.path("errors").findValuesAsText("message")).anyMatch(text -> text.contains("请填写“发现单位”"));
    }

    @Test
    void whoWritesEnglishReadsEnglish() {
        JsonNode problem = problem(registrar.inEnglish().get("/api/items/ZG-1999-000001"), 404);

        assertThat(problem.path("title").asText()).isEqualTo("Not found");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1|400",
                "[1]|400",
                "\"text\"|400",
                "{\"title\":{\"a\":1}}|400",
                "{\"foundDate\":[]}|400",
                "''|400"
            })
    void aBodyThatIsNoFlatObjectIsRefused(String body, int status) {
        problem(registrar.post("/api/items", body), status);
    }

    @Test
    void onlyRegistrarsRegister() {
        problem(Caller.script(port, "handler").post("/api/items", lifeCycle.registration()), 403);
    }

    @Test
    void methodsTypesAndAddressesThatDoNotExistAreProblemsToo() {
        problem(registrar.send("PUT", "/api/items", "application/json", BodyPublishers.ofString("{}")), 405);
        problem(registrar.send("POST", "/api/items", "text/plain", BodyPublishers.ofString("x")), 415);
        problem(registrar.get("/api/items/none/timeline"), 404);
        problem(registrar.get("/api/nothing"), 404);
        problem(registrar.get("/api/items/a;b"), 400);
    }

    @Test
    void theListIsReadPageByPageWithoutGapOrRepetition() {
        List<String> mine = List.of(
                lifeCycle.register(lifeCycle.registration()),
                lifeCycle.register(lifeCycle.registration()),
                lifeCycle.register(lifeCycle.registration()));

        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = answer(registrar.get("/api/items?status=REVIEW&limit=2&sort=newest" + cursor), 200);
            assertThat(page.fieldNames()).toIterable().containsExactly("items", "next");
            seen.addAll(page.path("items").findValuesAsText("itemNo"));
            cursor = page.path("next").isNull()
                    ? null
                    : "&cursor=" + page.path("next").asText();
        } while (cursor != null);

        assertThat(seen).doesNotHaveDuplicates().containsAll(mine);
    }

    @Test
    void theListIsFiltered() {
        String itemNo = lifeCycle.itemAt(ItemStatus.PLANNING);

        JsonNode found =
                answer(registrar.get("/api/items?step=DEADLINE&leadUnit=housing-urban-bureau&text=" + itemNo), 200);
        JsonNode none = answer(registrar.get("/api/items?step=CLOSURE&text=" + itemNo), 200);

        assertThat(found.path("items").findValuesAsText("itemNo")).containsExactly(itemNo);
        assertThat(none.path("items")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"status=NONE,status", "limit=many,limit", "level=x,level", "sort=up,sort", "cursor=x,cursor"})
    void aFilterThatMeansNothingIsRefused(String query, String field) {
        JsonNode problem = problem(registrar.get("/api/items?" + query), 400);

        assertThat(problem.path("errors").findValuesAsText("field")).containsExactly(field);
    }

    @Test
    void figuresCountWhatIsOpen() {
        JsonNode before = json(registrar.get("/api/figures"));
        lifeCycle.itemAt(ItemStatus.DISPATCHED);
        lifeCycle.itemAt(ItemStatus.CLOSED);

        JsonNode after = answer(registrar.get("/api/figures"), 200);

        assertThat(after.path("totals").path("registered").asInt())
                .isEqualTo(before.path("totals").path("registered").asInt() + 2);
        assertThat(after.path("totals").path("closed").asInt())
                .isEqualTo(before.path("totals").path("closed").asInt() + 1);
        assertThat(after.path("openByStep").fieldNames())
                .toIterable()
                .containsExactly("INTAKE", "OWNERSHIP", "DEADLINE", "VERIFICATION", "CLOSURE");
        assertThat(after.path("mostUrgent").size()).isBetween(1, 10);
    }

    @Test
    void figuresOfAPastDayAreToldByUnit() {
        lifeCycle.itemAt(ItemStatus.CLOSED);
        LocalDate today = lifeCycle.today();

        JsonNode figures = answer(registrar.get("/api/figures?asOf=" + today + "&by=UNIT"), 200);

        assertThat(figures.path("asOf").asText()).isEqualTo(today.toString());
        assertThat(figures.path("groups").findValuesAsText("key")).contains("housing-urban-bureau");
        JsonNode all = figures.path("groups").get(0);
        assertThat(all.path("key").isNull()).isTrue();
        assertThat(registeredInGroups(figures.path("groups")))
                .isEqualTo(all.path("totals").path("registered").asInt())
                .isPositive();
        assertThat(all.path("rates").path("CLOSED").path("part").asInt()).isPositive();
        assertThat(figures.path("groups"))
                .filteredOn(group -> !group.path("scored").asBoolean())
                .allSatisfy(group -> {
                    assertThat(group.path("duration").isNull()).isTrue();
                    assertThat(group.path("rates").findValues("percent")).allMatch(JsonNode::isNull);
                });
    }

    @ParameterizedTest
    @CsvSource({"asOf=2999-01-01", "asOf=1999-01-01", "asOf=yesterday", "by=PERSON", "asOf=%2B292278994-08-17"})
    void figuresOfNoDayAreRefused(String query) {
        lifeCycle.itemAt(ItemStatus.REVIEW);

        problem(registrar.get("/api/figures?" + query), 400);
    }

    /** Number of items in all groups together; the first group is that of all. */
    private static int registeredInGroups(JsonNode groups) {
        return StreamSupport.stream(groups.spliterator(), false)
                .skip(1)
                .mapToInt(group -> group.path("totals").path("registered").asInt())
                .sum();
    }
}
