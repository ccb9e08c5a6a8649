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
 * An application in WeCom (企业微信自建应用).
 *
 * @param corpId 企业 ID
 * @param corpSecret the application's secret
 * @param agentId the application's number
 * @param language of the messages, or null for that of all notifications
 */
@Validated
@ConfigurationProperties("guiling.notification.wecom-application")
@ConditionalOnProperty("guiling.notification.wecom-application.enabled")
record WecomApplicationProperties(
        @NotNull @DefaultValue("https://qyapi.weixin.qq.com")
        URI baseUrl,

        @NotBlank String corpId,
        @NotBlank String corpSecret,
        @NotNull Integer agentId,
        Locale language) {}
