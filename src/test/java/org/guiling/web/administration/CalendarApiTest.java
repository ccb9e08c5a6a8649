package org.guiling.web.administration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.guiling.web.support.Caller.answer;
import static org.guiling.web.support.Caller.problem;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.guiling.GuilingTest;
import org.guiling.TestClock;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.YearFiles;
import org.guiling.item.ItemStatus;
import org.guiling.web.support.Caller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@GuilingTest
class CalendarApiTest {

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    TestClock clock;

    @Autowired
    AuditTrail auditTrail;

    @ParameterizedTest
    @CsvSource({
        "2025-09-26, 5,  WORKDAY,      2025-10-10",
        "2026-02-13, 1,  WORKDAY,      2026-02-14",
        "2025-12-31, 1,  WORKDAY,      2026-01-04",
        "2025-08-05, 60, CALENDAR_DAY, 2025-10-09",
        "2026-02-01, 15, CALENDAR_DAY, 2026-02-24",
        "2025-01-31, 1,  MONTH,        2025-02-28",
    })
    void theVectorsOfTheDomain(String from, int n, String unit, String due) {
        JsonNode answer = answer(
                Caller.script(port, "handler").get("/api/calendar/due?from=%s&n=%d&unit=%s".formatted(from, n, unit)),
                200);

        assertThat(answer.path("due").asText()).isEqualTo(due);
        assertThat(answer.path("provisional").booleanValue()).isFalse();
    }

    @Test
    void theBasisNamesTheNoticesByWhichWasCounted() {
        Caller handler = Caller.script(port, "handler");

        assertThat(answer(handler.get("/api/calendar/due?from=2025-12-31&n=1&unit=WORKDAY"), 200)
                        .path("basis")
                        .asText())
                .isEqualTo("《民法典》第二百零一条至第二百零三条；国办发明电〔2024〕12号、国办发明电〔2025〕7号");
    }

    @Test
    void aYearThatIsNotLoadedMakesTheAnswerProvisional() {
        JsonNode answer =
                answer(Caller.script(port, "handler").get("/api/calendar/due?from=2089-12-29&n=3&unit=WORKDAY"), 200);

        assertThat(answer.path("due").asText()).isEqualTo("2090-01-03");
        assertThat(answer.path("provisional").booleanValue()).isTrue();
        assertThat(answer.path("basis").asText()).isEqualTo("《民法典》第二百零一条至第二百零三条");
    }

    @ParameterizedTest
    @CsvSource({
        "from=2025-02-30&n=1&unit=WORKDAY,          from",
        "from=yesterday&n=1&unit=WORKDAY,           from",
        "from=1999-12-31&n=1&unit=WORKDAY,          from",
        "from=%2B999999999-12-31&n=1&unit=WORKDAY,  from",
        "n=1&unit=WORKDAY,                          from",
        "from=2025-09-26&n=0&unit=WORKDAY,          n",
        "from=2025-09-26&n=-1&unit=WORKDAY,         n",
        "from=2025-09-26&n=3661&unit=MONTH,         n",
        "from=2025-09-26&n=five&unit=WORKDAY,       n",
        "from=2025-09-26&unit=WORKDAY,              n",
        "from=2025-09-26&n=5&unit=workday,          unit",
        "from=2025-09-26&n=5,                       unit",
    })
    void aWrongQuestionNamesItsField(String query, String field) {
        JsonNode problem = problem(Caller.script(port, "handler").get("/api/calendar/due?" + query), 400);

        assertThat(problem.path("errors").findValuesAsText("field")).containsExactly(field);
        assertThat(problem.path("detail").asText()).contains("“" + field + "”");
    }

    @Test
    void strangersAreTurnedAway() {
        problem(Caller.anonymous(port).get("/api/calendar/due?from=2025-09-26&n=5&unit=WORKDAY"), 401);
    }

    @Test
    void theLoadedYearsNameTheirNotices() {
        JsonNode years = answer(Caller.script(port, "handler").get("/api/calendar/years"), 200)
                .path("years");

        JsonNode year = years.path(1);
        assertThat(year.path("year").asInt()).isEqualTo(2026);
        assertThat(year.path("notice").path("number").asText()).isEqualTo("国办发明电〔2025〕7号");
        assertThat(year.path("notice").path("date").asText()).isEqualTo("2025-11-04");
        assertThat(year.path("workingDays").asInt()).isEqualTo(248);
        assertThat(year.path("loadedBy").isNull()).isTrue();
        assertThat(year.path("exceptions").findValuesAsText("day")).contains("2026-01-04", "2026-10-01");
    }

    @Test
    void aYearIsTriedThenLoaded() {
        // given an item that waits over New Year
        clock.advance(Duration.ofDays(ChronoUnit.DAYS.between(lifeCycle.today(), LocalDate.of(2066, 12, 30))));
        String itemNo = lifeCycle.itemAt(ItemStatus.REVIEW);
        String provisional = lifeCycle.workingDays(2).toString();
        Caller administrator = Caller.script(port, "administrator");

        // when the file is tried
        JsonNode tried = answer(upload(administrator, YearFiles.of(2067), Map.of("dryRun", "true")), 200);

        // then the answer says what would change, and nothing has
        assertThat(tried.path("dryRun").booleanValue()).isTrue();
        assertThat(tried.path("anew").booleanValue()).isFalse();
        assertThat(tried.path("days").path(0).toString())
                .isEqualTo("{\"day\":\"2067-01-03\",\"working\":false,\"name\":\"元旦\"}");
        assertThat(tried.path("dates")).singleElement().satisfies(date -> {
            assertThat(date.path("itemNo").asText()).isEqualTo(itemNo);
            assertThat(date.path("task").asText()).isEqualTo("review-registration");
            assertThat(date.path("from").asText()).isEqualTo(provisional);
            assertThat(date.path("to").asText()).isEqualTo("2067-01-04");
        });
        assertThat(due(itemNo)).isEqualTo(provisional);

        // when it is loaded, then the item's task and its timeline follow
        JsonNode loaded = answer(upload(administrator, YearFiles.of(2067), Map.of()), 200);
        assertThat(loaded.path("dryRun").booleanValue()).isFalse();
        assertThat(loaded.path("dates")).isEqualTo(tried.path("dates"));
        assertThat(due(itemNo)).isEqualTo("2067-01-04");
        JsonNode entries = answer(Caller.script(port, "leader").get("/api/items/" + itemNo + "/timeline"), 200)
                .path("entries");
        JsonNode last = entries.path(entries.size() - 1);
        assertThat(last.path("action").asText()).isEqualTo("DUE_MOVED");
        assertThat(last.path("actorName").asText()).isEqualTo("关管理");
        assertThat(last.path("note").asText()).isEqualTo(provisional + " → 2067-01-04 · 测试〔2066〕7号");
        assertThat(answer(administrator.get("/api/calendar/years"), 200)
                        .path("years")
                        .findValuesAsText("year"))
                .contains("2067");
        assertThat(auditTrail.page(AuditEventKind.RULE_CHANGED, "administrator", null, 1))
                .singleElement()
                .satisfies(event -> assertThat(event.subject()).isEqualTo("calendar 2067"));
    }

    @Test
    void aBadFileNamesEverythingThatIsWrong() {
        String file =
                YearFiles.of(2068).replace("number: 测试〔2067〕7号, ", "").replace("from: 2068-05-01", "from: 2067-05-01");

        JsonNode problem = problem(upload(Caller.script(port, "administrator"), file, Map.of()), 400);

        assertThat(problem.path("errors").findValuesAsText("field")).containsOnly("file");
        assertThat(problem.path("errors").findValuesAsText("message"))
                .containsExactly(
                        "还差：国务院通知的文号（notice.number）。", "放假起止日期不正确：2067-05-01 至 2068-05-05；止日不能早于起日，一次放假不超过 31 天。");
    }

    @Test
    void whatIsNoFileOrNoCalendarIsRefused() {
        Caller administrator = Caller.script(port, "administrator");

        problem(upload(administrator, "", Map.of()), 400);
        assertThat(problem(upload(administrator, "PK\u0003\u0004", Map.of()), 400)
                        .path("detail")
                        .asText())
                .contains("docs/calendar.md");
        problem(administrator.post("/api/calendar/years", "{}"), 415);
        problem(upload(administrator, YearFiles.of(2068), Map.of("dryRun", "perhaps")), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"handler", "operator", "head"})
    void onlyAnAdministratorLoads(String person) {
        problem(upload(Caller.script(port, person), YearFiles.of(2068), Map.of("dryRun", "true")), 403);
        problem(upload(Caller.script(port, person), YearFiles.of(2068), Map.of()), 403);
    }

    private String due(String itemNo) {
        return lifeCycle
                .waiting(itemNo)
                .due()
                .atZone(clock.getZone())
                .toLocalDate()
                .toString();
    }

    private static HttpResponse<String> upload(Caller caller, String file, Map<String, String> parts) {
        return caller.upload("/api/calendar/years", "year.yaml", file.getBytes(UTF_8), parts);
    }
}
