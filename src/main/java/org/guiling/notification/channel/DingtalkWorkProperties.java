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
 * An application of the organization's own in DingTalk (钉钉企业内部应用).
 *
 * @param appKey 应用的 AppKey
 * @param appSecret 应用的 AppSecret
 * @param agentId the application's number
 * @param language of the messages, or null for that of all notifications
 */
@Validated
@ConfigurationProperties("guiling.notification.dingtalk-work")
@ConditionalOnProperty("guiling.notification.dingtalk-work.enabled")
record DingtalkWorkProperties(
        @NotNull @DefaultValue("https://oapi.dingtalk.com") URI baseUrl,
        @NotBlank String appKey,
        @NotBlank String appSecret,
        @NotNull Long agentId,
        Locale language) {}
