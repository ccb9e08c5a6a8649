package org.guiling.notification;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.guiling.notification.Delivery.Told;
import org.guiling.notification.Message.Line;
import org.guiling.text.Texts;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** Puts a delivery into words, in the language of its channel: nobody's request is at hand. */
@Component
class MessageTexts {

    private final Texts texts;
    private final NotificationProperties properties;
    private final URI publicUrl;
    private final Clock clock;

    /** @throws IllegalStateException when something is to leave the house and nobody says where a link leads */
    MessageTexts(
            Texts texts,
            NotificationProperties properties,
            PublicAddress publicAddress,
            Channels channels,
            Clock clock) {
        this.texts = texts;
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
        Texts words = texts.in(language);
        List<Told> notices = delivery.notices();
        NoticeKind kind = notices.get(0).kind();
        String label = words.label(kind);
        String subject = notices.size() == 1
                ? subject(kind, notices.get(0).itemNo(), language)
                : words.get("notice.subject.several", label, notices.size());
        Instant at =
                notices.stream().map(Told::at).max(Comparator.naturalOrder()).orElseThrow();
        return new Message(
                delivery.id(),
                kind,
                label,
                subject,
                words.get("notice.hint"),
                notices.stream()
                        .map(told -> told.kind().isAboutItem() ? line(told) : startPage(told))
                        .toList(),
                at,
                words.minute(at));
    }

    /** The message with which an administrator tests a channel: it tells of nothing and leads to the start page. */
    Message test(Locale channelLanguage) {
        Texts words = texts.in(languageOf(channelLanguage));
        Instant now = clock.instant();
        String label = words.label(NoticeKind.TEST);
        return new Message(
                // A number that no delivery has: whoever keeps the numbers takes it for no copy.
                -now.toEpochMilli(),
                NoticeKind.TEST,
                label,
                words.get("notice.test", label),
                words.get("notice.test.hint"),
                List.of(new Line(words.get("page.name"), publicUrl)),
                now,
                words.minute(now));
    }

    /** The line that says it all, for one item. */
    String subject(NoticeKind kind, String itemNo, Locale language) {
        Texts words = texts.in(language);
        return words.get("notice.subject", words.label(kind), itemNo);
    }

    private Locale languageOf(Locale channelLanguage) {
        return channelLanguage == null ? properties.language() : channelLanguage;
    }

    private Line startPage(Told told) {
        return new Line(told.itemNo(), publicUrl);
    }

    private Line line(Told told) {
        URI link = UriComponentsBuilder.fromUri(publicUrl)
                .path(properties.itemPath())
                .encode()
                .build(told.itemNo());
        return new Line(told.itemNo(), link);
    }
}
