package org.guiling.notification.channel;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import java.util.Locale;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * E-mail; the server is Spring's own {@code spring.mail.*}.
 *
 * @param from the sender's address
 * @param language of the messages, or null for that of all notifications
 */
@Validated
@ConfigurationProperties("guiling.notification.email")
@ConditionalOnProperty("guiling.notification.email.enabled")
record EmailProperties(@NotBlank @Email String from, Locale language) {}
