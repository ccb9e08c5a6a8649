package org.guiling.notification.channel;

import java.net.URI;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.guiling.notification.ChannelName;
import org.guiling.notification.Message;
import org.guiling.notification.PersonalChannel;
import org.guiling.organization.Addresses;
import org.guiling.organization.Person;
import org.guiling.secret.SecretFiles;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Work notifications in DingTalk, after 发送工作通知
 * (open.dingtalk.com/document/orgapp/asynchronous-sending-of-enterprise-session-messages) and 获取企业内部应用的
 * access_token (…/obtain-orgapp-token): {@code GET /gettoken}, {@code POST
 * /topapi/message/corpconversation/asyncsend_v2}. DingTalk takes the message and hands it out later; the same text to the
 * same user twice a day is dropped there, which the time in ours keeps apart.
 */
@Component
@ConditionalOnProperty("guiling.notification.dingtalk-work.enabled")
class DingtalkWorkChannel implements PersonalChannel {

    private final OutsideHttp http;
    private final DingtalkWorkProperties properties;
    private final SecretFiles secrets;
    private final AccessToken token;

    DingtalkWorkChannel(OutsideHttp http, DingtalkWorkProperties properties, Clock clock, SecretFiles secrets) {
        this.http = http;
        this.properties = properties;
        this.secrets = secrets;
        this.token = new AccessToken(() -> http.get(getToken()), clock);
    }

    private URI getToken() {
        return UriComponentsBuilder.fromUri(properties.baseUrl())
                .path("/gettoken")
                .queryParam("appkey", "{key}")
                .queryParam("appsecret", "{secret}")
                .encode()
                .build(
                        properties.appKey(),
                        secrets.current("guiling.notification.dingtalk-work.app-secret", properties.appSecret()));
    }

    @Override
    public ChannelName name() {
        return ChannelName.DINGTALK_WORK;
    }

    @Override
    public Locale language() {
        return properties.language();
    }

    @Override
    public Optional<String> addressOf(Person person, Addresses addresses) {
        return Optional.ofNullable(addresses.dingtalkUserId());
    }

    @Override
    public void send(Message message, String address) {
        Map<String, Object> body = Map.of(
                "agent_id", properties.agentId(),
                "userid_list", address,
                "msg", Map.of("msgtype", "text", "text", Map.of("content", message.text())));
        token.call(current -> http.post(address(current), body));
    }

    private URI address(String accessToken) {
        return UriComponentsBuilder.fromUri(properties.baseUrl())
                .path("/topapi/message/corpconversation/asyncsend_v2")
                .queryParam("access_token", "{token}")
                .encode()
                .build(accessToken);
    }
}
