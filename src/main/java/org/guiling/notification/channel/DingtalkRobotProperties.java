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
 * A robot of a DingTalk group (钉钉自定义机器人) whose safety setting is 加签.
 *
 * @param accessToken from the robot's address
 * @param secret what the signature is made with ({@code SEC…})
 * @param messageType how its messages look
 * @param language of the messages, or null for that of all notifications
 */
@Validated
@ConfigurationProperties("guiling.notification.dingtalk-robot")
@ConditionalOnProperty("guiling.notification.dingtalk-robot.enabled")
record DingtalkRobotProperties(
        @NotNull @DefaultValue("https://oapi.dingtalk.com") URI baseUrl,
        @NotBlank String accessToken,
        @NotBlank String secret,
        @NotNull @DefaultValue("MARKDOWN") MessageType messageType,
        Locale language) {}
