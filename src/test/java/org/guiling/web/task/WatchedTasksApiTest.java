package org.guiling.web.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.guiling.web.support.Caller.answer;
import static org.guiling.web.support.Caller.problem;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.List;
import org.guiling.GuilingTest;
import org.guiling.TestClock;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.engine.WatchedKind;
import org.guiling.item.ItemStatus;
import org.guiling.web.support.Caller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Tasks beside the five steps are counted, listed by the same condition, and kept from those whom they are about. */
@GuilingTest
class WatchedTasksApiTest {

    private static final String CATEGORY = "STYLE";

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    TestClock clock;

    @BeforeEach
    @AfterEach
    void tidy() {
        clock.reset();
        lifeCycle.leaveNothingToDrawFrom(CATEGORY);
    }

    @Test
    void aVisitIsCountedAndListedUntilItIsMade() {
        // given a visit that waits, and one who may see it
        Caller leader = Caller.script(port, "leader");
        long waiting = count(leader, "waiting");
        long overdue = count(leader, "overdue");
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING, Samples.fields("category", CATEGORY));
        String checkNo = answer(
                        Caller.script(port, "supervisor")
                                .post(
                                        "/api/spot-checks",
                                        Samples.fields("title", "限时", "scope", "OPEN", "category", CATEGORY)),
                        201)
                .at("/check/checkNo")
                .asText();
        lifeCycle.sendVisitors(checkNo);
        assertThat(count(leader, "waiting")).isEqualTo(waiting + 1);
        assertThat(listed(leader, "?kind=SPOT_CHECK_VISIT&limit=200")).contains(itemNo);
        assertThat(listed(leader, "?kind=LOOK_BACK&limit=200")).doesNotContain(itemNo);
        assertThat(listed(leader, "?kind=SPOT_CHECK_VISIT&overdue=true&limit=200"))
                .doesNotContain(itemNo);

        // when its last day is over
        LocalDate due = lifeCycle
                .waiting(itemNo, "carry-out-visit")
                .due()
                .atZone(clock.getZone())
                .toLocalDate();
        clock.set(due.plusDays(1));

        // then the figure and its list say so
        assertThat(count(leader, "overdue")).isGreaterThanOrEqualTo(overdue + 1);
        JsonNode page = answer(leader.get("/api/watched-tasks?kind=SPOT_CHECK_VISIT&overdue=true&limit=200"), 200);
        assertThat(page.path("total").asLong()).isEqualTo(count(leader, "overdue"));
        assertThat(page.path("tasks").findValuesAsText("itemNo")).contains(itemNo);
        assertThat(page.at("/tasks/0/due").asText()).isNotEmpty();
        assertThat(Caller.browser(port, "leader")
                        .get("/watched-tasks?kind=SPOT_CHECK_VISIT&overdue=true")
                        .body())
                .contains("限时督办", "实地抽查", itemNo);

        // and so does the board, of all kinds
        long all = 0;
        for (JsonNode each : answer(leader.get("/api/watched-tasks"), 200).path("counts")) {
            all += each.path("overdue").asLong();
        }
        assertThat(Caller.browser(port, "leader")
                        .get("/board?unit=jiaqiao-town")
                        .statusCode())
                .isEqualTo(200);
        assertThat(Caller.browser(port, "leader").get("/board").body())
                .contains("<a class=\"count\" href=\"/watched-tasks?overdue=true\" aria-label=\"限时督办逾期 " + all + "\"");
        assertThat(Caller.browser(port, "handler").get("/board").body())
                .contains("逾期等审批")
                .doesNotContain("限时督办");

        // and nobody else reads them
        for (String person : List.of("handler", "verifier", "registrar", "administrator")) {
            problem(Caller.script(port, person).get("/api/watched-tasks"), 403);
        }
        problem(leader.get("/api/watched-tasks?kind=NONE"), 400);
        problem(leader.get("/api/watched-tasks?offset=-1"), 400);
        problem(leader.get("/api/watched-tasks?limit=0"), 400);
    }

    @Test
    void anAnswerThatACardWaitsForIsListedUntilItIsGiven() {
        Caller leader = Caller.script(port, "leader");
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        lifeCycle.issueCard(itemNo);
        assertThat(listed(leader, "?kind=CARD_REPLY&limit=200")).contains(itemNo);
        assertThat(listed(leader, "?kind=CARD_REPLY&overdue=true&limit=200")).doesNotContain(itemNo);
        assertThat(Caller.browser(port, "leader")
                        .get("/watched-tasks?kind=CARD_REPLY")
                        .body())
                .contains("督办回复");

        lifeCycle.complete("handler", itemNo, "answer-card", Samples.cardReply());

        assertThat(listed(leader, "?kind=CARD_REPLY&limit=200")).doesNotContain(itemNo);
    }

    private static long count(Caller caller, String which) {
        for (JsonNode count : answer(caller.get("/api/watched-tasks"), 200).path("counts")) {
            if (count.path("kind").asText().equals(WatchedKind.SPOT_CHECK_VISIT.name())) {
                return count.path(which).asLong();
            }
        }
        throw new AssertionError("not counted");
    }

    private static List<String> listed(Caller caller, String query) {
        return answer(caller.get("/api/watched-tasks" + query), 200)
                .path("tasks")
                .findValuesAsText("itemNo");
    }
}
