package org.guiling.notification;

import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.guiling.notification.Deliveries.Envelope;
import org.guiling.organization.Addresses;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Tells people (通知). The one door for everybody who has something to tell. */
@Service
public class Notifications {

    private static final Logger log = LoggerFactory.getLogger(Notifications.class);
    private static final String NO_ADDRESS = "no address";
    private static final String COOL_DOWN = "cool-down";

    private final Inbox inbox;
    private final Deliveries deliveries;
    private final DeliveryProcess process;
    private final Channels channels;
    private final SendingHours hours;
    private final NotificationProperties properties;
    private final Organization organization;
    private final Clock clock;

    Notifications(
            Inbox inbox,
            Deliveries deliveries,
            DeliveryProcess process,
            Channels channels,
            SendingHours hours,
            NotificationProperties properties,
            Organization organization,
            Clock clock) {
        this.inbox = inbox;
        this.deliveries = deliveries;
        this.process = process;
        this.channels = channels;
        this.hours = hours;
        this.properties = properties;
        this.organization = organization;
        this.clock = clock;
    }

    /**
     * Writes a notice down for each recipient, and what is to leave the house for each channel that is on. Nothing is
     * sent here: what is told and why it is told are stored together or not at all, and no channel that is down can keep
     * the caller's work from being done. Told twice, people hear it once.
     *
     * <p>Recipients who left the organization are passed over.
     *
     * @return the ids of those who hear it now, in order; empty when everybody has heard it before
     * @throws org.springframework.transaction.IllegalTransactionStateException outside of a transaction
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Set<String> notify(Notice notice) {
        Map<Person, Long> told = writeDown(notice);
        if (!told.isEmpty() && !channels.areAllOff()) {
            send(told, notice);
        }
        return told.keySet().stream().map(Person::id).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private void send(Map<Person, Long> told, Notice notice) {
        // In one order: those of another item may wait for the same collected messages.
        told.entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().id()))
                .forEach(entry -> sendTo(entry.getKey(), notice, entry.getValue()));
        long anyOfThem = told.values().iterator().next();
        for (GroupChannel channel : channels.groups()) {
            send(envelope(channel, null, notice), notice, anyOfThem);
        }
    }

    private Map<Person, Long> writeDown(Notice notice) {
        Map<Person, Long> told = new LinkedHashMap<>();
        for (String recipient : notice.recipients()) {
            Optional<Person> person = organization.person(recipient);
            if (person.isEmpty()) {
                log.warn("{} of {}: {} is not in the organization", notice.kind(), notice.itemNo(), recipient);
            }
            person.ifPresent(found -> inbox.add(notice, found.id()).ifPresent(id -> told.put(found, id)));
        }
        return told;
    }

    private void sendTo(Person person, Notice notice, long noticeId) {
        if (channels.personal().isEmpty()) {
            return;
        }
        Addresses addresses = organization.addresses(person.id());
        for (PersonalChannel channel : channels.personal()) {
            Envelope envelope = envelope(channel, person.id(), notice);
            if (channel.addressOf(person, addresses).isEmpty()) {
                deliveries.suppress(envelope, noticeId, NO_ADDRESS);
            } else {
                send(envelope, notice, noticeId);
            }
        }
    }

    private void send(Envelope envelope, Notice notice, long noticeId) {
        if (deliveries.wentOut(envelope, notice, properties.coolDown())) {
            deliveries.suppress(envelope, noticeId, COOL_DOWN);
        } else if (notice.kind().isGathered()) {
            gather(envelope, notice, noticeId);
        } else {
            Instant now = clock.instant();
            Instant notBefore = hours.notBefore(now);
            start(envelope, noticeId, notBefore.equals(now) ? null : notBefore);
        }
    }

    /** Into the message of the day; alone where that has left early (an operator may fire its timer). */
    private void gather(Envelope envelope, Notice notice, long noticeId) {
        ZonedDateTime digest = hours.digest(clock.instant());
        Envelope gathered = new Envelope(
                envelope.channel(),
                envelope.person(),
                key(
                        envelope.channel(),
                        notice.kind(),
                        "*",
                        envelope.person(),
                        digest.toLocalDate().toString()));
        if (!start(gathered, noticeId, digest.toInstant()) && !deliveries.join(gathered, noticeId)) {
            start(envelope, noticeId, digest.toInstant());
        }
    }

    /** @return false when the key is known */
    private boolean start(Envelope envelope, long noticeId, Instant notBefore) {
        Optional<Long> delivery = deliveries.open(envelope, noticeId, notBefore);
        delivery.ifPresent(id -> process.start(id, notBefore));
        return delivery.isPresent();
    }

    private static Envelope envelope(Channel channel, String person, Notice notice) {
        return new Envelope(
                channel.name(), person, key(channel.name(), notice.kind(), notice.itemNo(), person, notice.occasion()));
    }

    /** The occasion comes last: it is the only part that may hold the separator. */
    private static String key(ChannelName channel, NoticeKind kind, String itemNo, String person, String occasion) {
        return String.join("|", channel.name(), kind.name(), itemNo, person == null ? "*" : person, occasion);
    }
}
