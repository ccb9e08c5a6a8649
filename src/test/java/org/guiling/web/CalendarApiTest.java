package org.guiling.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.guiling.web.Caller.answer;
import static org.guiling.web.Caller.problem;

import com.fasterxml.jackson.databind.JsonNode;
import org.guiling.GuilingTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@GuilingTest
class CalendarApiTest {

    @LocalServerPort
    int port;

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
}
