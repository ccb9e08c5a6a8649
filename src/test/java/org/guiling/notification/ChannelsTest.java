package org.guiling.notification;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.guiling.People;
import org.guiling.TestClock;
import org.guiling.customization.MessageFiles;
import org.guiling.customization.MessageFiles.Words;
import org.guiling.engine.Notices;
import org.guiling.notification.OutsideWorld.Mail;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Tests the requests that each channel sends, and how it reads the answers. */
@NotificationTest
class ChannelsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger WEEKS = new AtomicInteger();
    private static final String OK = "{\"errcode\":0,\"errmsg\":\"ok\"}";

    @Autowired
    Notices notices;

    @Autowired
    MessageFiles messageFiles;

    @Autowired
    People people;

    @Autowired
    TestClock clock;

    private final WireMockServer http = OutsideWorld.http();
    private String itemNo;

    @BeforeEach
    void startAfresh() {
        notices.startAfresh();
        itemNo = notices.newItemNo();
        // A token that another test was given has expired.
        clock.advance(Duration.ofDays(7L * WEEKS.incrementAndGet()));
    }

    @Test
    void theWebhookIsSigned() throws Exception {
        http.stubFor(post("/receiver").willReturn(aResponse().withStatus(204)));
        notices.tell(NoticeKind.RED_CARD, itemNo, "1", "handler");

        notices.runAll(ChannelName.WEBHOOK);

        LoggedRequest request = only("/receiver");
        String timestamp = request.getHeader("X-Guiling-Timestamp");
        assertThat(Long.parseLong(timestamp)).isBetween(clock.millis() / 1000 - 60, clock.millis() / 1000);
        byte[] expected = hmac(EveryChannel.WEBHOOK_SECRET, timestamp + request.getBodyAsString());
        byte[] signature = HexFormat.of().parseHex(request.getHeader("X-Guiling-Signature"));
        assertThat(MessageDigest.isEqual(expected, signature)).isTrue();
        JsonNode body = json(request);
        assertThat(body.path("id").asLong())
                .isEqualTo(notices.delivery(ChannelName.WEBHOOK).id());
        assertThat(body.path("kind").asText()).isEqualTo("RED_CARD");
        assertThat(body.path("recipient").asText()).isEqualTo("handler");
        // This channel speaks English, the others Chinese.
        assertThat(body.path("subject").asText()).isEqualTo("[Guiling] Red card (letter of supervision): " + itemNo);
        assertThat(body.path("items").path(0).path("itemNo").asText()).isEqualTo(itemNo);
        assertThat(body.path("items").path(0).path("link").asText())
                .isEqualTo("https://guiling.example.org/items/" + itemNo);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 400, 401, 403, 404, 429, 500, 503})
    void anythingButSuccessIsAFailure(int status) {
        http.stubFor(post("/receiver")
                .willReturn(temporaryRedirect("http://127.0.0.1:" + http.port() + "/elsewhere")
                        .withStatus(status)));
        http.stubFor(post("/elsewhere").willReturn(okJson("{}")));
        notices.tell(NoticeKind.URGED, itemNo, "1", "handler");

        assertFails(ChannelName.WEBHOOK, "HTTP " + status);

        http.verify(1, postRequestedFor(urlPathEqualTo("/receiver")));
        http.verify(0, postRequestedFor(urlPathEqualTo("/elsewhere")));
    }

    @Test
    void aConnectionThatBreaksIsAFailureWithoutTheAddress() {
        http.stubFor(post(anyUrl()).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
        notices.tell(NoticeKind.URGED, itemNo, "1", "handler");

        assertFails(ChannelName.WECOM_ROBOT, "ResourceAccessException: SocketException");
    }

    @Test
    void theWecomRobotWritesToItsGroupOnce() {
        http.stubFor(post(urlPathEqualTo("/cgi-bin/webhook/send")).willReturn(okJson(OK)));
        notices.tell(NoticeKind.YELLOW_CARD, itemNo, "1", "handler", "verifier", "leader");

        notices.runAll(ChannelName.WECOM_ROBOT);

        assertThat(notices.delivery(ChannelName.WECOM_ROBOT).person()).isNull();
        LoggedRequest request = only("/cgi-bin/webhook/send");
        assertThat(request.queryParameter("key").firstValue()).isEqualTo(EveryChannel.WECOM_ROBOT_KEY);
        JsonNode body = json(request);
        assertThat(body.path("msgtype").asText()).isEqualTo("markdown");
        assertThat(body.path("markdown").path("content").asText())
                .contains("【归零】黄牌：" + itemNo, "[" + itemNo + "](https://guiling.example.org/items/" + itemNo + ")");
    }

    @Test
    void anOfficesWordsAreWhatIsSentInTheLanguageOfEachChannel() {
        http.stubFor(post("/receiver").willReturn(aResponse().withStatus(204)));
        office("notice.subject", "【本市归零】{1}：{0}", "The city's zero: {0} {1}");
        office("NoticeKind.URGED", "提醒办理", "Please act");
        office("notice.hint", "请登录后办理。", "Sign on, please.");
        try {
            notices.tell(NoticeKind.URGED, itemNo, "1", "handler");

            notices.runAll(ChannelName.EMAIL);
            notices.runAll(ChannelName.WEBHOOK);

            assertThat(OutsideWorld.mails()).singleElement().satisfies(mail -> {
                assertThat(mail.subject()).isEqualTo("【本市归零】" + itemNo + "：提醒办理");
                assertThat(mail.text()).startsWith("【本市归零】").contains("\n请登录后办理。\n");
            });
            assertThat(json(only("/receiver")).path("subject").asText())
                    .isEqualTo("The city's zero: Please act " + itemNo);
            assertThat(json(only("/receiver")).path("text").asText()).contains("\nSign on, please.\n");
        } finally {
            people.as(
                    "administrator",
                    () -> messageFiles.restore(messageFiles.current().expectedVersion()));
        }
        String next = notices.newItemNo();
        notices.tell(NoticeKind.URGED, next, "1", "handler");
        notices.runAll(ChannelName.EMAIL);
        assertThat(OutsideWorld.mailsWith(next)).extracting(Mail::subject).containsExactly("【归零】催办：" + next);
    }

    private void office(String key, String chinese, String english) {
        people.as(
                "administrator",
                () -> messageFiles.change(
                        key, new Words(chinese, english), messageFiles.current().expectedVersion()));
    }

    @Test
    void theWecomRobotsErrorCodeDecides() {
        http.stubFor(post(urlPathEqualTo("/cgi-bin/webhook/send"))
                .willReturn(okJson("{\"errcode\":93000,\"errmsg\":\"invalid webhook url\"}")));
        notices.tell(NoticeKind.URGED, itemNo, "1", "handler");

        assertFails(ChannelName.WECOM_ROBOT, "errcode 93000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "<html>login</html>", ""})
    void anAnswerThatIsNoneIsAFailure(String answer) {
        http.stubFor(post(urlPathEqualTo("/robot/send")).willReturn(okJson(answer)));
        notices.tell(NoticeKind.URGED, itemNo, "1", "handler");

        assertThat(notices.run(notices.delivery(ChannelName.DINGTALK_ROBOT))).isPresent();
        assertThat(notices.delivery(ChannelName.DINGTALK_ROBOT).state()).isEqualTo("FAILED");
    }

    @Test
    void theDingtalkRobotSignsTimestampAndSecret() throws Exception {
        http.stubFor(post(urlPathEqualTo("/robot/send")).willReturn(okJson(OK)));
        notices.tell(NoticeKind.CIRCULAR, itemNo, "1", "handler", "leader");

        notices.runAll(ChannelName.DINGTALK_ROBOT);

        LoggedRequest request = only("/robot/send");
        assertThat(request.queryParameter("access_token").firstValue()).isEqualTo(EveryChannel.DINGTALK_ROBOT_TOKEN);
        String timestamp = request.queryParameter("timestamp").firstValue();
        assertThat(Long.parseLong(timestamp)).isBetween(clock.millis() - 60_000, clock.millis());
        String sign = Base64.getEncoder()
                .encodeToString(hmac(
                        EveryChannel.DINGTALK_ROBOT_SECRET, timestamp + "\n" + EveryChannel.DINGTALK_ROBOT_SECRET));
        // As the page says: Base64, then URL-encoded, the plus sign above all.
        assertThat(request.getUrl())
                .contains("sign=" + sign.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D"));
        JsonNode body = json(request);
        assertThat(body.path("msgtype").asText()).isEqualTo("text");
        assertThat(body.path("text").path("content").asText()).contains("通报", itemNo);
    }

    @Test
    void theDingtalkRobotsErrorCodeDecides() {
        http.stubFor(post(urlPathEqualTo("/robot/send"))
                .willReturn(okJson("{\"errcode\":310000,\"errmsg\":\"sign not match\"}")));
        notices.tell(NoticeKind.URGED, itemNo, "1", "handler");

        assertFails(ChannelName.DINGTALK_ROBOT, "errcode 310000");
    }

    @Test
    void theWecomApplicationKeepsItsToken() {
        wecomTokens();
        http.stubFor(post(urlPathEqualTo("/cgi-bin/message/send")).willReturn(okJson(OK)));
        notices.tell(NoticeKind.URGED, itemNo, "1", "handler", "verifier");

        notices.runAll(ChannelName.WECOM_APPLICATION);

        http.verify(
                1,
                getRequestedFor(urlPathEqualTo("/cgi-bin/gettoken"))
                        .withQueryParam("corpid", equalTo("corp"))
                        .withQueryParam("corpsecret", equalTo(EveryChannel.WECOM_SECRET)));
        List<LoggedRequest> sent = requests("/cgi-bin/message/send");
        assertThat(sent)
                .extracting(request -> request.queryParameter("access_token").firstValue())
                .containsExactly("first", "first");
        assertThat(sent)
                .extracting(request -> json(request).path("touser").asText())
                .containsExactlyInAnyOrder("handler", "verifier");
        JsonNode body = json(sent.get(0));
        assertThat(body.path("agentid").asInt()).isEqualTo(1000002);
        assertThat(body.path("msgtype").asText()).isEqualTo("text");
        assertThat(body.path("text").path("content").asText()).contains("催办", itemNo);
    }

    @Test
    void theWecomApplicationFetchesANewTokenWhenItsOwnHasExpired() {
        wecomTokens();
        http.stubFor(post(urlPathEqualTo("/cgi-bin/message/send")).willReturn(okJson(OK)));
        notices.tell(NoticeKind.URGED, itemNo, "1", "handler");
        notices.runAll(ChannelName.WECOM_APPLICATION);

        clock.advance(Duration.ofHours(5));
        notices.tell(NoticeKind.URGED, itemNo, "2", "handler");
        notices.runAll(ChannelName.WECOM_APPLICATION);

        assertThat(requests("/cgi-bin/message/send"))
                .extracting(request -> request.queryParameter("access_token").firstValue())
                .containsExactly("first", "second");
    }

    @ParameterizedTest
    @ValueSource(ints = {40014, 42001})
    void theWecomApplicationFetchesANewTokenWhenItsOwnIsOver(int code) {
        wecomTokens();
        http.stubFor(post(urlPathEqualTo("/cgi-bin/message/send"))
                .withQueryParam("access_token", equalTo("first"))
                .willReturn(okJson("{\"errcode\":" + code + ",\"errmsg\":\"over\"}")));
        http.stubFor(post(urlPathEqualTo("/cgi-bin/message/send"))
                .withQueryParam("access_token", equalTo("second"))
                .willReturn(okJson(OK)));
        notices.tell(NoticeKind.URGED, itemNo, "1", "handler");

        notices.runAll(ChannelName.WECOM_APPLICATION);

        assertThat(requests("/cgi-bin/message/send")).hasSize(2);
        assertThat(notices.delivery(ChannelName.WECOM_APPLICATION).state()).isEqualTo("SENT");
        http.verify(2, getRequestedFor(urlPathEqualTo("/cgi-bin/gettoken")));
    }

    @Test
    void aTokenThatIsNeverRightIsAFailureAndNoLoop() {
        wecomTokens();
        http.stubFor(post(urlPathEqualTo("/cgi-bin/message/send")).willReturn(okJson("{\"errcode\":40014}")));
        notices.tell(NoticeKind.URGED, itemNo, "1", "handler");

        assertFails(ChannelName.WECOM_APPLICATION, "errcode 40014");

        assertThat(requests("/cgi-bin/message/send")).hasSize(2);
    }

    @Test
    void aUserWhomTheApplicationMayNotWriteToIsAFailure() {
        wecomTokens();
        http.stubFor(post(urlPathEqualTo("/cgi-bin/message/send"))
                .willReturn(okJson("{\"errcode\":0,\"errmsg\":\"ok\",\"invaliduser\":\"handler\"}")));
        notices.tell(NoticeKind.URGED, itemNo, "1", "handler");

        assertFails(ChannelName.WECOM_APPLICATION, "invaliduser");
    }

    @Test
    void aSecretThatIsRefusedIsAFailure() {
        http.stubFor(get(urlPathEqualTo("/cgi-bin/gettoken"))
                .willReturn(okJson("{\"errcode\":40001,\"errmsg\":\"invalid credential\"}")));
        notices.tell(NoticeKind.URGED, itemNo, "1", "handler");

        assertFails(ChannelName.WECOM_APPLICATION, "errcode 40001");
    }

    @Test
    void theDingtalkApplicationSendsAWorkNotification() {
        dingtalkTokens();
        http.stubFor(post(urlPathEqualTo("/topapi/message/corpconversation/asyncsend_v2"))
                .willReturn(okJson("{\"errcode\":0,\"errmsg\":\"ok\",\"task_id\":123}")));
        notices.tell(NoticeKind.DECIDED, itemNo, "1", "leader");

        notices.runAll(ChannelName.DINGTALK_WORK);

        http.verify(getRequestedFor(urlPathEqualTo("/gettoken"))
                .withQueryParam("appkey", equalTo("key"))
                .withQueryParam("appsecret", equalTo(EveryChannel.DINGTALK_SECRET)));
        LoggedRequest request = only("/topapi/message/corpconversation/asyncsend_v2");
        assertThat(request.queryParameter("access_token").firstValue()).isEqualTo("first");
        JsonNode body = json(request);
        assertThat(body.path("agent_id").asLong()).isEqualTo(42);
        assertThat(body.path("userid_list").asText()).isEqualTo("leader");
        assertThat(body.path("msg").path("msgtype").asText()).isEqualTo("text");
        assertThat(body.path("msg").path("text").path("content").asText()).contains("审批结果", itemNo);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"errcode\":88,\"sub_code\":\"40014\"}", "{\"errcode\":42001}", "{\"errcode\":40014}"})
    void theDingtalkApplicationFetchesANewTokenWhenItsOwnIsOver(String answer) {
        dingtalkTokens();
        String path = "/topapi/message/corpconversation/asyncsend_v2";
        http.stubFor(post(urlPathEqualTo(path))
                .withQueryParam("access_token", equalTo("first"))
                .willReturn(okJson(answer)));
        http.stubFor(post(urlPathEqualTo(path))
                .withQueryParam("access_token", equalTo("second"))
                .willReturn(okJson(OK)));
        notices.tell(NoticeKind.URGED, itemNo, "1", "leader");

        notices.runAll(ChannelName.DINGTALK_WORK);

        assertThat(requests(path)).hasSize(2);
    }

    @Test
    void theDingtalkApplicationsErrorCodeDecides() {
        dingtalkTokens();
        http.stubFor(post(urlPathEqualTo("/topapi/message/corpconversation/asyncsend_v2"))
                .willReturn(okJson("{\"errcode\":88,\"sub_code\":\"60011\",\"sub_msg\":\"no permission\"}")));
        notices.tell(NoticeKind.URGED, itemNo, "1", "leader");

        assertFails(ChannelName.DINGTALK_WORK, "errcode 88, sub_code 60011");
    }

    /** The job fails, and neither delivery nor engine keeps anything that should not be read. */
    private void assertFails(ChannelName channel, String error) {
        Notices.Delivery delivery = notices.delivery(channel);

        Optional<RuntimeException> failure = notices.run(delivery);

        assertThat(failure).isPresent();
        assertThat(notices.delivery(delivery.id()).state()).isEqualTo("FAILED");
        assertThat(notices.delivery(delivery.id()).lastError()).isEqualTo(error);
        assertThat(notices.stacktrace(delivery))
                .contains(error)
                .doesNotContain(
                        EveryChannel.WEBHOOK_SECRET,
                        EveryChannel.WECOM_ROBOT_KEY,
                        EveryChannel.WECOM_SECRET,
                        EveryChannel.DINGTALK_ROBOT_TOKEN,
                        EveryChannel.DINGTALK_ROBOT_SECRET,
                        EveryChannel.DINGTALK_SECRET,
                        "access_token");
    }

    /** Two tokens, one after the other. */
    private void wecomTokens() {
        tokens("/cgi-bin/gettoken");
    }

    private void dingtalkTokens() {
        tokens("/gettoken");
    }

    private void tokens(String path) {
        http.stubFor(get(urlPathEqualTo(path))
                .inScenario(path)
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(okJson("{\"errcode\":0,\"access_token\":\"first\",\"expires_in\":7200}"))
                .willSetStateTo("first given"));
        http.stubFor(get(urlPathEqualTo(path))
                .inScenario(path)
                .whenScenarioStateIs("first given")
                .willReturn(okJson("{\"errcode\":0,\"access_token\":\"second\",\"expires_in\":7200}")));
    }

    private LoggedRequest only(String path) {
        List<LoggedRequest> found = requests(path);
        assertThat(found).as(path).hasSize(1);
        return found.get(0);
    }

    private List<LoggedRequest> requests(String path) {
        return http.findAll(postRequestedFor(urlPathEqualTo(path)));
    }

    private static JsonNode json(LoggedRequest request) {
        try {
            return JSON.readTree(request.getBody());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] hmac(String secret, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
        return mac.doFinal(text.getBytes(UTF_8));
    }
}
