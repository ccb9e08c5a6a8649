package org.guiling.web.notification;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serviceUnavailable;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.guiling.web.support.Caller.answer;
import static org.guiling.web.support.Caller.problem;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import org.guiling.engine.Notices;
import org.guiling.notification.ChannelName;
import org.guiling.notification.NoticeKind;
import org.guiling.notification.NotificationTest;
import org.guiling.notification.OutsideWorld;
import org.guiling.notification.OutsideWorld.Mail;
import org.guiling.web.support.Caller;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Notices by {@code /api} and on the start page, and the operator's way out of an outage. */
@NotificationTest
class NotificationsApiTest {

    private static final String ENGINE = "/engine-rest/engine/everychannel";

    private static final String OK = "{\"errcode\":0,\"access_token\":\"token\",\"expires_in\":7200}";
    private static final String ROBOT = "/cgi-bin/webhook/send";
    private static final int ATTEMPTS = 4;

    @LocalServerPort
    int port;

    @Autowired
    Notices notices;

    private final WireMockServer http = OutsideWorld.http();

    @BeforeEach
    void startAfresh() {
        notices.startAfresh();
        http.stubFor(any(anyUrl()).willReturn(okJson(OK)));
    }

    @Test
    void aPersonReadsTheirOwnNoticesTheNewestFirst() {
        String first = notices.newItemNo();
        String second = notices.newItemNo();
        notices.tell(NoticeKind.URGED, first, "1", "handler", "leader");
        notices.tell(NoticeKind.RETURNED, second, "1", "handler");
        Caller handler = Caller.script(port, "handler");

        JsonNode page = answer(handler.get("/api/notifications"), 200);

        assertThat(page.path("unread").asInt()).isEqualTo(2);
        assertThat(page.path("notifications").findValuesAsText("itemNo")).containsExactly(second, first);
        JsonNode newest = page.path("notifications").path(0);
        assertThat(newest.path("kind").asText()).isEqualTo("RETURNED");
        assertThat(newest.path("label").asText()).isEqualTo("退回");
        assertThat(newest.path("createdAt").asText()).startsWith("2026-11-20T");
        assertThat(newest.has("readAt")).isFalse();

        // when one is read, twice
        String read = "/api/notifications/" + newest.path("id").asText() + "/read";
        answer(handler.post(read), 204);
        answer(handler.post(read), 204);

        JsonNode after = answer(handler.get("/api/notifications?limit=1"), 200);
        assertThat(after.path("unread").asInt()).isEqualTo(1);
        assertThat(after.path("notifications")).hasSize(1);
        assertThat(after.path("notifications").path(0).has("readAt")).isTrue();
        assertThat(answer(Caller.script(port, "leader").get("/api/notifications"), 200)
                        .path("unread")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void whatIsNotMineDoesNotExist() {
        notices.tell(NoticeKind.URGED, notices.newItemNo(), "1", "handler");
        String id = answer(Caller.script(port, "handler").get("/api/notifications"), 200)
                .path("notifications")
                .path(0)
                .path("id")
                .asText();

        problem(Caller.script(port, "leader").post("/api/notifications/" + id + "/read"), 404);
        problem(Caller.script(port, "leader").post("/api/notifications/0/read"), 404);
        problem(Caller.script(port, "leader").post("/api/notifications/x/read"), 400);
        problem(Caller.script(port, "leader").get("/api/notifications?limit=0"), 400);
        problem(Caller.anonymous(port).get("/api/notifications"), 401);

        assertThat(answer(Caller.script(port, "handler").get("/api/notifications"), 200)
                        .path("unread")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void afterAnOutageTheOperatorSendsEverythingOnItsWayOnce() {
        // given a mail server and a robot that are down, and two cards
        StubMapping down = http.stubFor(post(urlPathEqualTo(ROBOT)).willReturn(serviceUnavailable()));
        OutsideWorld.smtpDown();
        try {
            notices.tell(NoticeKind.YELLOW_CARD, notices.newItemNo(), "1", "handler");
            notices.tell(NoticeKind.RED_CARD, notices.newItemNo(), "1", "handler", "leader");

            // when all attempts are used up
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                assertThat(notices.runOnce()).isEqualTo(5);
            }
            assertThat(notices.runOnce()).isZero();

            // then three mails and two messages to the group wait for the operator, and the other channels are done
            assertThat(notices.incidents()).isEqualTo(5);
            assertThat(notices.deliveries(ChannelName.EMAIL))
                    .extracting(Notices.Delivery::state)
                    .containsExactly("FAILED", "FAILED", "FAILED");
            assertThat(notices.deliveries(ChannelName.WEBHOOK))
                    .extracting(Notices.Delivery::state)
                    .containsExactly("SENT", "SENT", "SENT");
        } finally {
            OutsideWorld.smtpUp();
            http.removeStub(down);
        }
        http.resetRequests();

        // and nobody but the operator may
        problem(Caller.script(port, "leader").post("/api/notifications/retry"), 403);
        assertThat(notices.incidents()).isEqualTo(5);

        // when the operator does
        Caller operator = Caller.script(port, "operator");
        JsonNode retried = answer(operator.post("/api/notifications/retry"), 200);
        assertThat(retried.path("retried").asInt()).isEqualTo(5);
        assertThat(notices.incidents()).isZero();
        assertThat(notices.runOnce()).isZero();

        // then each arrives once, and there is nothing left to retry
        assertThat(OutsideWorld.mails())
                .extracting(Mail::to)
                .containsExactlyInAnyOrder("handler@example.org", "handler@example.org", "leader@example.org");
        http.verify(2, postRequestedFor(urlPathEqualTo(ROBOT)));
        http.verify(2, postRequestedFor(anyUrl()));
        assertThat(notices.deliveries()).extracting(Notices.Delivery::state).containsOnly("SENT");
        assertThat(answer(operator.post("/api/notifications/retry"), 200)
                        .path("retried")
                        .asInt(-1))
                .isZero();
        assertThat(notices.runOnce()).isZero();
        assertThat(OutsideWorld.mails()).hasSize(3);
    }

    @Test
    void theOperatorRetriesASingleOneAsCockpitDoes() {
        StubMapping down = http.stubFor(post(urlPathEqualTo(ROBOT)).willReturn(serviceUnavailable()));
        notices.tell(NoticeKind.URGED, notices.newItemNo(), "1", "handler");
        Notices.Delivery delivery = notices.delivery(ChannelName.WECOM_ROBOT);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            assertThat(notices.run(delivery)).isPresent();
        }
        http.removeStub(down);
        http.resetRequests();
        Caller operator = Caller.script(port, "operator");
        assertThat(answer(operator.get(ENGINE + "/incident?processDefinitionKeyIn=notification"), 200)
                        .findValuesAsText("activityId"))
                .containsExactly("deliver-notice");

        HttpResponse<String> retried = operator.send(
                "PUT",
                ENGINE + "/job/" + notices.job(delivery).getId() + "/retries",
                "application/json",
                BodyPublishers.ofString("{\"retries\": 1}"));

        assertThat(retried.statusCode()).as(retried.body()).isEqualTo(204);
        assertThat(notices.incidents()).isZero();
        notices.runAll(ChannelName.WECOM_ROBOT);
        http.verify(1, postRequestedFor(urlPathEqualTo(ROBOT)));
    }

    @Test
    void theStartPageShowsWhatIsUnread() {
        Caller browser = Caller.browser(port, "handler");
        assertThat(browser.get("/").body()).contains("我的通知", "没有未读通知").doesNotContain("全部标为已读");

        String first = notices.newItemNo();
        String second = notices.newItemNo();
        String third = notices.newItemNo();
        notices.tell(NoticeKind.YELLOW_CARD, first, "1", "handler");
        notices.tell(NoticeKind.DECIDED, second, "1", "handler");
        notices.tell(NoticeKind.URGED, third, "1", "handler");

        String page = browser.get("/").body();
        assertThat(page).contains("黄牌", first, "审批结果", second, "2026-11-20 10:00", "全部标为已读（3 条）");
        assertThat(page).doesNotContain("没有未读通知", "style=", "onclick", "??");
        assertThat(Caller.browser(port, "handler").inEnglish().get("/").body())
                .contains("My notices", "Yellow card", "Mark all 3 as read");

        // when one of them is read by its button
        String id = page.replaceAll("(?s).*?/notifications/(\\d+)/read.*", "$1");
        assertThat(browser.submit("/notifications/" + id + "/read", browser.csrf("/"), Map.of())
                        .statusCode())
                .isEqualTo(302);
        assertThat(browser.get("/").body()).contains(first, second).doesNotContain(third);

        // and then all of them
        browser.submit("/notifications/read", browser.csrf("/"), Map.of());
        assertThat(browser.get("/").body()).contains("没有未读通知").doesNotContain(first);
    }
}
