package org.guiling.notification.channel;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;
import org.guiling.notification.ChannelName;
import org.guiling.notification.Message;
import org.guiling.notification.NoticeKind;
import org.guiling.notification.PersonalChannel;
import org.guiling.organization.Addresses;
import org.guiling.organization.Person;
import org.guiling.secret.SecretFiles;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Posts JSON to a receiver of the office's own. The receiver knows us by a signature over timestamp and body, and a
 * repeated message by its {@code id}; {@code docs/notifications.md} describes both.
 */
@Component
@ConditionalOnProperty("guiling.notification.webhook.enabled")
class WebhookChannel implements PersonalChannel {

    static final String TIMESTAMP = "X-Guiling-Timestamp";
    static final String SIGNATURE = "X-Guiling-Signature";

    private final OutsideHttp http;
    private final WebhookProperties properties;
    private final SecretFiles secrets;
    private final Clock clock;

    WebhookChannel(OutsideHttp http, WebhookProperties properties, Clock clock, SecretFiles secrets) {
        this.http = http;
        this.properties = properties;
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * The body that is posted.
     *
     * @param id the same each time that a message is tried
     * @param recipient the person's id
     */
    private record Body(
            long id,
            NoticeKind kind,
            String label,
            String recipient,
            String subject,
            String text,
            List<Message.Line> items,
            Instant at) {}

    @Override
    public ChannelName name() {
        return ChannelName.WEBHOOK;
    }

    @Override
    public Locale language() {
        return properties.language();
    }

    /** The receiver knows people by the ids that they have here. */
    @Override
    public Optional<String> addressOf(Person person, Addresses addresses) {
        return Optional.of(person.id());
    }

    @Override
    public void send(Message message, String address) {
        byte[] body = http.write(new Body(
                message.deliveryId(),
                message.kind(),
                message.kindLabel(),
                address,
                message.subject(),
                message.text(),
                message.lines(),
                message.at()));
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        Mac mac = HmacUtils.getInitializedMac(
                HmacAlgorithms.HMAC_SHA_256,
                secrets.current("guiling.notification.webhook.secret", properties.secret())
                        .getBytes(StandardCharsets.UTF_8));
        mac.update(timestamp.getBytes(StandardCharsets.US_ASCII));
        http.post(
                properties.url(),
                body,
                Map.of(TIMESTAMP, timestamp, SIGNATURE, HexFormat.of().formatHex(mac.doFinal(body))));
    }
}
