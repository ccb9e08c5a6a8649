package org.guiling.notification;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Shows administrators which channels are on and how their recent deliveries ended, and tests a channel. */
@Service
public class ChannelStatuses {

    /** The period that is counted. */
    public static final Duration LATELY = Duration.ofDays(30);

    private final Channels channels;
    private final MessageTexts messageTexts;
    private final NotificationProperties properties;
    private final Organization organization;
    private final JdbcClient jdbc;
    private final Clock clock;

    ChannelStatuses(
            Channels channels,
            MessageTexts messageTexts,
            NotificationProperties properties,
            Organization organization,
            JdbcClient jdbc,
            Clock clock) {
        this.channels = channels;
        this.messageTexts = messageTexts;
        this.properties = properties;
        this.organization = organization;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * A channel.
     *
     * @param group whether it reaches a robot's group and no person
     * @param counts deliveries of late by state
     * @param lastSent null when nothing of late arrived
     */
    public record Status(
            ChannelName name, boolean on, boolean group, Map<DeliveryState, Long> counts, Instant lastSent) {

        public long count(DeliveryState state) {
            return counts.getOrDefault(state, 0L);
        }
    }

    /**
     * A delivery whose last attempt failed.
     *
     * @param person null for a group
     * @param error what the channel answered, without address or secret
     */
    public record Failure(ChannelName channel, String person, Instant createdAt, int attempts, String error) {}

    /** The outcome of a test. */
    public enum Trial {
        SENT,
        /** The channel is off. */
        OFF,
        /** The person is not known to the channel. */
        NO_ADDRESS
    }

    /** Every channel, whether it is on or not. */
    public List<Status> all() {
        Map<ChannelName, Map<DeliveryState, Long>> counts = new EnumMap<>(ChannelName.class);
        Map<ChannelName, Instant> sent = new EnumMap<>(ChannelName.class);
        jdbc.sql("""
                        select channel, state, count(*) as deliveries, max(sent_at) as last_sent from delivery
                        where created_at > ? group by channel, state""")
                .param(since())
                .query((row, index) -> {
                    ChannelName channel = ChannelName.valueOf(row.getString("channel"));
                    counts.computeIfAbsent(channel, any -> new EnumMap<>(DeliveryState.class))
                            .put(DeliveryState.valueOf(row.getString("state")), row.getLong("deliveries"));
                    if (row.getTimestamp("last_sent") != null) {
                        sent.put(channel, row.getTimestamp("last_sent").toInstant());
                    }
                    return channel;
                })
                .list();
        return Stream.of(ChannelName.values())
                .map(name -> new Status(
                        name,
                        channels.find(name).isPresent(),
                        isOfGroup(name),
                        counts.getOrDefault(name, Map.of()),
                        sent.get(name)))
                .toList();
    }

    /** The newest deliveries of late that have failed. */
    public List<Failure> failures(int limit) {
        return jdbc.sql("""
                        select channel, person, created_at, attempts, last_error from delivery
                        where created_at > ? and state = 'FAILED' order by id desc limit ?""")
                .params(since(), limit)
                .query((row, index) -> new Failure(
                        ChannelName.valueOf(row.getString("channel")),
                        row.getString("person"),
                        row.getTimestamp("created_at").toInstant(),
                        row.getInt("attempts"),
                        row.getString("last_error")))
                .list();
    }

    /**
     * Sends a test at once: to the person, or to the group where the channel reaches one.
     *
     * @throws UndeliverableException when it does not arrive
     */
    public Trial test(ChannelName name, Person person) {
        Optional<Channel> channel = channels.find(name);
        if (channel.isEmpty()) {
            return Trial.OFF;
        }
        Message message = messageTexts.test(channel.get().language());
        if (channel.get() instanceof GroupChannel group) {
            group.send(message);
            return Trial.SENT;
        }
        PersonalChannel personal = (PersonalChannel) channel.get();
        Optional<String> address = personal.addressOf(person, organization.addresses(person.id()));
        address.ifPresent(found -> personal.send(message, found));
        return address.isPresent() ? Trial.SENT : Trial.NO_ADDRESS;
    }

    /** The subject of a message of each kind, with an item's number filled in. */
    public Map<NoticeKind, String> subjects(String itemNo, Locale language) {
        Map<NoticeKind, String> subjects = new EnumMap<>(NoticeKind.class);
        Arrays.stream(NoticeKind.values())
                .filter(kind -> kind != NoticeKind.TEST)
                .forEach(kind -> subjects.put(kind, messageTexts.subject(kind, itemNo, language)));
        return subjects;
    }

    /** The settings that apply to every channel, such as the quiet hours. */
    public NotificationProperties properties() {
        return properties;
    }

    private OffsetDateTime since() {
        return OffsetDateTime.now(clock).minus(LATELY);
    }

    private static boolean isOfGroup(ChannelName name) {
        return name == ChannelName.WECOM_ROBOT || name == ChannelName.DINGTALK_ROBOT;
    }
}
