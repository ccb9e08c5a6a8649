package org.guiling.notification;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Messages whose link would lead nowhere are refused at start. */
class MessageTextsTest {

    private static final Channels NONE = new Channels(List.of(), List.of());
    private static final Channels ONE = new Channels(List.of(), List.of(new GroupChannel() {
        @Override
        public ChannelName name() {
            return ChannelName.WECOM_ROBOT;
        }

        @Override
        public Locale language() {
            return null;
        }

        @Override
        public void send(Message message) {
            throw new UnsupportedOperationException();
        }
    }));

    @Test
    void aChannelNeedsToKnowWhereLinksLead() {
        assertThatThrownBy(() -> texts(null, ONE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("guiling.public-url");
        assertThatThrownBy(() -> texts("guiling.example.org", ONE)).isInstanceOf(IllegalStateException.class);
        assertThatCode(() -> texts("https://guiling.example.org", ONE)).doesNotThrowAnyException();
    }

    @Test
    void withoutAChannelThereAreNoLinks() {
        assertThatCode(() -> texts(null, NONE)).doesNotThrowAnyException();
    }

    private static MessageTexts texts(String publicUrl, Channels channels) {
        return new MessageTexts(
                // No text is asked for.
                null,
                new NotificationProperties(Locale.ENGLISH, null, null, null, null, "/"),
                new PublicAddress(publicUrl == null ? null : URI.create(publicUrl)),
                channels,
                Clock.systemUTC());
    }
}
