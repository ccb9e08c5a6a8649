package org.guiling.notification;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.guiling.notification.Delivery.Told;
import org.guiling.notification.Message.Line;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** Puts a delivery into words, in the language of its channel: nobody's request is at hand. */
@Component
class MessageTexts {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private final MessageSource messages;
    private final NotificationProperties properties;
    private final URI publicUrl;
    private final Clock clock;

    /** @throws IllegalStateException when something is to leave the house and nobody says where a link leads */
    MessageTexts(
            MessageSource messages,
            NotificationProperties properties,
            PublicAddress publicAddress,
            Channels channels,
            Clock clock) {
        this.messages = messages;
        this.properties = properties;
        this.publicUrl = publicAddress.publicUrl();
        this.clock = clock;
        boolean usable = publicUrl != null && publicUrl.getHost() != null;
        if (!channels.areAllOff() && !usable) {
            throw new IllegalStateException("A notification channel is on, but guiling.public-url is missing or has no"
                    + " host: messages would have no link.");
        }
    }

    Message of(Delivery delivery, Locale channelLanguage) {
        Locale language = channelLanguage == null ? properties.language() : channelLanguage;
        List<Told> notices = delivery.notices();
        NoticeKind kind = notices.get(0).kind();
        String label = text("NoticeKind." + kind.name(), language);
        String subject = notices.size() == 1
                ? text("notice.subject", language, label, notices.get(0).itemNo())
                : text("notice.subject.several", language, label, notices.size());
        Instant at =
                notices.stream().map(Told::at).max(Comparator.naturalOrder()).orElseThrow();
        return new Message(
                delivery.id(),
                kind,
                label,
                subject,
                text("notice.hint", language),
                notices.stream().map(this::line).toList(),
                at,
                MINUTE.format(at.atZone(clock.getZone())));
    }

    private Line line(Told told) {
        URI link = UriComponentsBuilder.fromUri(publicUrl)
                .path(properties.itemPath())
                .encode()
                .build(told.itemNo());
        return new Line(told.itemNo(), link);
    }

    private String text(String key, Locale language, Object... arguments) {
        return messages.getMessage(key, arguments, language);
    }
}
