package org.guiling.notification.channel;

import java.net.URI;
import java.util.Locale;
import org.guiling.notification.ChannelName;
import org.guiling.notification.GroupChannel;
import org.guiling.notification.Message;
import org.guiling.secret.SecretFiles;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * A robot of a WeCom group, after 群机器人配置说明 (developer.work.weixin.qq.com/document/path/91770): {@code POST
 * /cgi-bin/webhook/send?key=…}; text up to 2048 bytes, Markdown up to 4096; 20 messages a minute.
 */
@Component
@ConditionalOnProperty("guiling.notification.wecom-robot.enabled")
class WecomRobotChannel implements GroupChannel {

    private final OutsideHttp http;
    private final WecomRobotProperties properties;
    private final SecretFiles secrets;

    WecomRobotChannel(OutsideHttp http, WecomRobotProperties properties, SecretFiles secrets) {
        this.http = http;
        this.properties = properties;
        this.secrets = secrets;
    }

    private URI address() {
        return UriComponentsBuilder.fromUri(properties.baseUrl())
                .path("/cgi-bin/webhook/send")
                .queryParam("key", "{key}")
                .encode()
                .build(secrets.current("guiling.notification.wecom-robot.key", properties.key()));
    }

    @Override
    public ChannelName name() {
        return ChannelName.WECOM_ROBOT;
    }

    @Override
    public Locale language() {
        return properties.language();
    }

    @Override
    public void send(Message message) {
        ErrorCode.of(http.post(address(), properties.messageType().wecom(message)))
                .requireOk();
    }
}
