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
        Locale language = languageOf(channelLanguage);
        List<Told> notices = delivery.notices();
        NoticeKind kind = notices.get(0).kind();
        String label = label(kind, language);
        String subject = notices.size() == 1
                ? subject(kind, notices.get(0).itemNo(), language)
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

    /** What an administrator sends to try a channel: it tells of nothing and leads to the start page. */
    Message test(Locale channelLanguage) {
        Locale language = languageOf(channelLanguage);
        Instant now = clock.instant();
        String label = label(NoticeKind.TEST, language);
        return new Message(
                // A number that no delivery has: whoever keeps the numbers takes it for no copy.
                -now.toEpochMilli(),
                NoticeKind.TEST,
                label,
                text("notice.test", language, label),
                text("notice.test.hint", language),
                List.of(new Line(text("page.name", language), publicUrl)),
                now,
                MINUTE.format(now.atZone(clock.getZone())));
    }

    /** The line that says it all, for one item. */
    String subject(NoticeKind kind, String itemNo, Locale language) {
        return text("notice.subject", language, label(kind, language), itemNo);
    }

    private String label(NoticeKind kind, Locale language) {
        return text("NoticeKind." + kind.name(), language);
    }

    private Locale languageOf(Locale channelLanguage) {
        return channelLanguage == null ? properties.language() : channelLanguage;
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
