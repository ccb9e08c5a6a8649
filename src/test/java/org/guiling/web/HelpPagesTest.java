package org.guiling.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import org.guiling.GuilingTest;
import org.guiling.web.support.Caller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** Help for each role, the tour that is offered until it was taken, and complaints and suggestions. */
@GuilingTest
class HelpPagesTest {

    @LocalServerPort
    int port;

    @Autowired
    JdbcTemplate jdbc;

    @AfterEach
    void nothingIsLeft() {
        jdbc.update("delete from suggestion");
        jdbc.update("delete from tour");
    }

    @Test
    void allThatWasEverMadeCanBeTurnedTo() {
        jdbc.update("insert into suggestion (kind, content, made_by, nameless, made_at)"
                + " select 'FAULT', '第' || n || '条', 'handler', false, now() from generate_series(1, 205) n");

        String first = Caller.browser(port, "reviewer").get("/suggestions").body();
        assertThat(first).contains("第205条", "第176条", "all=1").doesNotContain("第175条", "第1条");
        assertThat(Caller.browser(port, "reviewer").get("/suggestions?all=6").body())
                .contains("第1条", "第25条")
                .doesNotContain("第26条", "all=7");
        assertThat(Caller.browser(port, "handler").get("/suggestions?own=6").body())
                .contains("第1条")
                .doesNotContain("第26条");
    }

    @Test
    void helpTellsWhatOnesRolesDo() {
        assertThat(Caller.browser(port, "handler").get("/help").body())
                .contains("承办人", "五个工作日内退回", "五步归零", "灯色")
                .doesNotContain("立项审核：在", "??");
        assertThat(Caller.browser(port, "reviewer").get("/help").body()).contains("立项审核：在");
    }

    @Test
    void theTourIsOfferedUntilItWasTaken() {
        Caller handler = Caller.browser(port, "handler");
        assertThat(handler.get("/").body()).contains("开始导览");

        HttpResponse<String> ended = handler.submit("/help/tour/end", handler.csrf("/"), Map.of());

        assertThat(ended.statusCode()).isEqualTo(204);
        assertThat(handler.get("/").body()).doesNotContain("开始导览");
        assertThat(handler.get("/?tour=again").body()).contains("开始导览");
        assertThat(Caller.browser(port, "supervisor").get("/").body()).contains("开始导览");
    }

    @Test
    void aSuggestionIsAnsweredOnceAndComesBackToWhoMadeIt() {
        // given a complaint, made namelessly
        Caller handler = Caller.browser(port, "handler");
        HttpResponse<String> made = handler.submit(
                "/suggestions",
                handler.csrf("/suggestions"),
                Map.of("kind", "COMPLAINT", "content", "同一张表一周报了三次 <b>", "nameless", "true"));
        assertThat(made.statusCode()).isEqualTo(302);

        // then others do not see it, and its readers not whose it is
        assertThat(Caller.browser(port, "handler2").get("/suggestions").body()).doesNotContain("同一张表");
        Caller reviewer = Caller.browser(port, "reviewer");
        assertThat(reviewer.get("/").body()).contains("有 1 条投诉建议等待答复");
        String all = reviewer.get("/suggestions").body();
        assertThat(all).contains("同一张表一周报了三次 &lt;b&gt;", "未署名", "投诉").doesNotContain(nameOf("handler"));

        // when it is answered
        long id = jdbc.queryForObject("select id from suggestion", Long.class);
        String answer = "/suggestions/" + id + "/answer";
        assertThat(reviewer.submit(answer, reviewer.csrf("/suggestions"), Map.of("answer", " "))
                        .body())
                .contains("请填写答复");
        assertThat(reviewer.submit(answer, reviewer.csrf("/suggestions"), Map.of("answer", "改为每周一次。"))
                        .statusCode())
                .isEqualTo(302);

        // then whoever made it reads the answer, and nobody answers again
        assertThat(handler.get("/suggestions").body()).contains("改为每周一次。", nameOf("reviewer"));
        HttpResponse<String> again = reviewer.submit(answer, reviewer.csrf("/suggestions"), Map.of("answer", "再答一次。"));
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(reviewer.get("/").body()).doesNotContain("投诉建议等待答复");
    }

    @Test
    void whatSaysNothingOrTooMuchComesBackAsItWas() {
        Caller handler = Caller.browser(port, "handler");
        HttpResponse<String> empty =
                handler.submit("/suggestions", handler.csrf("/suggestions"), Map.of("kind", "FAULT", "content", "  "));
        assertThat(empty.statusCode()).isEqualTo(400);
        assertThat(empty.body()).contains("请填写内容");

        String tooLong = "长".repeat(2001);
        HttpResponse<String> refused = handler.submit(
                "/suggestions", handler.csrf("/suggestions"), Map.of("kind", "FAULT", "content", tooLong));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("不超过 2000 个字", tooLong);
    }

    @Test
    void onlyItsReadersAnswer() {
        Caller handler = Caller.browser(port, "handler");
        HttpResponse<String> refused =
                handler.submit("/suggestions/1/answer", handler.csrf("/suggestions"), Map.of("answer", "我来答。"));

        assertThat(refused.statusCode()).isEqualTo(403);
    }

    @Test
    void nobodySendsHundredsADay() {
        Caller handler = Caller.browser(port, "handler");
        String csrf = handler.csrf("/suggestions");
        Map<String, String> another = Map.of("kind", "SUGGESTION", "content", "再提一条");
        for (int i = 0; i < 20; i++) {
            assertThat(handler.submit("/suggestions", csrf, another).statusCode())
                    .isEqualTo(302);
        }

        assertThat(handler.submit("/suggestions", csrf, another).body()).contains("今天已提交 20 条");
    }

    private String nameOf(String person) {
        return jdbc.queryForObject("select name from person where id = ?", String.class, person);
    }
}
