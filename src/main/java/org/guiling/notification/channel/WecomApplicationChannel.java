package org.guiling.notification.channel;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.guiling.notification.ChannelName;
import org.guiling.notification.Message;
import org.guiling.notification.PersonalChannel;
import org.guiling.notification.UndeliverableException;
import org.guiling.organization.Addresses;
import org.guiling.organization.Person;
import org.guiling.secret.SecretFiles;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Messages of a WeCom application, after 发送应用消息 (developer.work.weixin.qq.com/document/path/90236) and 获取
 * access_token (path/91039): {@code GET /cgi-bin/gettoken}, {@code POST /cgi-bin/message/send}. A user whom the
 * application may not write to comes back in {@code invaliduser} although {@code errcode} is 0.
 */
@Component
@ConditionalOnProperty("guiling.notification.wecom-application.enabled")
class WecomApplicationChannel implements PersonalChannel {

    private final OutsideHttp http;
    private final WecomApplicationProperties properties;
    private final SecretFiles secrets;
    private final AccessToken token;

    WecomApplicationChannel(OutsideHttp http, WecomApplicationProperties properties, Clock clock, SecretFiles secrets) {
        this.http = http;
        this.properties = properties;
        this.secrets = secrets;
        this.token = new AccessToken(() -> http.get(getToken()), clock);
    }

    private URI getToken() {
        return UriComponentsBuilder.fromUri(properties.baseUrl())
                .path("/cgi-bin/gettoken")
                .queryParam("corpid", "{id}")
                .queryParam("corpsecret", "{secret}")
                .encode()
                .build(
                        properties.corpId(),
                        secrets.current("guiling.notification.wecom-application.corp-secret", properties.corpSecret()));
    }

    @Override
    public ChannelName name() {
        return ChannelName.WECOM_APPLICATION;
    }

    @Override
    public Locale language() {
        return properties.language();
    }

    @Override
    public Optional<String> addressOf(Person person, Addresses addresses) {
        return Optional.ofNullable(addresses.wecomUserId());
    }

    @Override
    public void send(Message message, String address) {
        // The check drops a copy, should the answer to the first have been lost on its way.
        Map<String, Object> body = Map.of(
                "touser",
                address,
                "agentid",
                properties.agentId(),
                "msgtype",
                "text",
                "text",
                Map.of("content", message.text()),
                "enable_duplicate_check",
                1);
        JsonNode answer = token.call(current -> http.post(address(current), body));
        if (!answer.path("invaliduser").asText("").isEmpty()) {
            throw new UndeliverableException("invaliduser");
        }
    }

    private URI address(String accessToken) {
        return UriComponentsBuilder.fromUri(properties.baseUrl())
                .path("/cgi-bin/message/send")
                .queryParam("access_token", "{token}")
                .encode()
                .build(accessToken);
    }
}
