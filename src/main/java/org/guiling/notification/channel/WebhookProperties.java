package org.guiling.notification.channel;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.Locale;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * A receiver of the office's own, such as the gateway to text messages.
 *
 * @param url where messages are posted to
 * @param secret what the signature is made with, at least 16 characters
 * @param language of the messages, or null for that of all notifications
 */
@Validated
@ConfigurationProperties("guiling.notification.webhook")
@ConditionalOnProperty("guiling.notification.webhook.enabled")
record WebhookProperties(
        @NotNull URI url, @NotNull @Size(min = 16) String secret, Locale language) {}
