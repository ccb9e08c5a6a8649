package org.guiling.notification.channel;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.Locale;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * A robot of a WeCom group (企业微信群机器人).
 *
 * @param key from the robot's address; whoever has it can write to the group
 * @param messageType how its messages look
 * @param language of the messages, or null for that of all notifications
 */
@Validated
@ConfigurationProperties("guiling.notification.wecom-robot")
@ConditionalOnProperty("guiling.notification.wecom-robot.enabled")
record WecomRobotProperties(
        @NotNull @DefaultValue("https://qyapi.weixin.qq.com")
        URI baseUrl,

        @NotBlank String key,
        @NotNull @DefaultValue("MARKDOWN") MessageType messageType,
        Locale language) {}
