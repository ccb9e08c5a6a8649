package org.guiling.notification.channel;

import java.net.URI;
import java.time.Clock;
import java.util.Base64;
import java.util.Locale;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;
import org.guiling.notification.ChannelName;
import org.guiling.notification.GroupChannel;
import org.guiling.notification.Message;
import org.guiling.secret.SecretFiles;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * A robot of a DingTalk group, after 自定义机器人接入 and 自定义机器人安全设置
 * (open.dingtalk.com/document/robots/custom-robot-access, …/customize-robot-security-settings): {@code POST
 * /robot/send?access_token=…&timestamp=…&sign=…}; the timestamp is in milliseconds and at most an hour off; 20 messages a
 * minute.
 */
@Component
@ConditionalOnProperty("guiling.notification.dingtalk-robot.enabled")
class DingtalkRobotChannel implements GroupChannel {

    private final OutsideHttp http;
    private final DingtalkRobotProperties properties;
    private final SecretFiles secrets;
    private final Clock clock;

    DingtalkRobotChannel(OutsideHttp http, DingtalkRobotProperties properties, Clock clock, SecretFiles secrets) {
        this.http = http;
        this.properties = properties;
        this.secrets = secrets;
        this.clock = clock;
    }

    @Override
    public ChannelName name() {
        return ChannelName.DINGTALK_ROBOT;
    }

    @Override
    public Locale language() {
        return properties.language();
    }

    @Override
    public void send(Message message) {
        ErrorCode.of(http.post(signedAddress(), properties.messageType().dingtalk(message)))
                .requireOk();
    }

    /** Variables of the template are encoded strictly: the {@code +} and {@code /} of Base64 too. */
    private URI signedAddress() {
        long timestamp = clock.millis();
        String secret = secrets.current("guiling.notification.dingtalk-robot.secret", properties.secret());
        byte[] signature = new HmacUtils(HmacAlgorithms.HMAC_SHA_256, secret).hmac(timestamp + "\n" + secret);
        return UriComponentsBuilder.fromUri(properties.baseUrl())
                .path("/robot/send")
                .queryParam("access_token", "{token}")
                .queryParam("timestamp", "{timestamp}")
                .queryParam("sign", "{sign}")
                .encode()
                .build(
                        secrets.current("guiling.notification.dingtalk-robot.access-token", properties.accessToken()),
                        timestamp,
                        Base64.getEncoder().encodeToString(signature));
    }
}
