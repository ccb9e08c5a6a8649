package org.guiling.notification;

import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.guiling.notification.Deliveries.Envelope;
import org.guiling.organization.Addresses;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Tells people (通知). The one door for everybody who has something to tell. */
@Service
public class Notifications {

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
        return notifyAll(List.of(notice));
    }

    /**
     * The same for several notices at once. Tasks among them are one notice for each person in the application.
     *
     * @return the ids of those who hear any of them now, in order
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Set<String> notifyAll(List<Notice> notices) {
        Map<Notice, SortedMap<String, Long>> told = inbox.addAll(notices);
        Set<String> people = new TreeSet<>();
        told.values().forEach(each -> people.addAll(each.keySet()));
        if (!people.isEmpty() && !channels.areAllOff()) {
            send(told, organization.people(people));
        }
        return people;
    }

    /**
     * A task of which people were told waits no longer, or somebody has it in hand: the others' notices count as read.
     *
     * @param task what the occasions of its notices begin with
     * @param inHandOf who keeps their notice; null for nobody
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void settle(String itemNo, String task, String inHandOf) {
        leaveTo(itemNo, task, inHandOf == null ? List.of() : List.of(inHandOf));
    }

    /** A task waits for these people alone from now on: the others' notices count as read. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void leaveTo(String itemNo, String task, Collection<String> people) {
        inbox.settle(itemNo, task, people);
    }

    private void send(Map<Notice, SortedMap<String, Long>> told, List<Person> people) {
        // In one order: those of another item may wait for the same collected messages.
        for (Person person : people) {
            told.forEach((notice, ids) -> {
                if (ids.containsKey(person.id())) {
                    sendTo(person, notice, ids.get(person.id()));
                }
            });
        }
        told.forEach((notice, ids) -> {
            if (!ids.isEmpty() && !notice.kind().isPersonal()) {
                long anyOfThem = ids.get(ids.firstKey());
                channels.groups().forEach(channel -> send(envelope(channel, null, notice), notice, anyOfThem));
            }
        });
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
            ZonedDateTime digest = hours.digest(clock.instant());
            gather(envelope, notice, noticeId, digest.toLocalDate().toString(), digest.toInstant());
        } else if (notice.kind().isBatched()) {
            Instant end = hours.batch(clock.instant());
            gather(envelope, notice, noticeId, end.toString(), end);
        } else {
            Instant now = clock.instant();
            Instant notBefore = hours.notBefore(now);
            start(envelope, noticeId, notBefore.equals(now) ? null : notBefore);
        }
    }

    /** Into the message of that time; alone where that has left early (an operator may fire its timer). */
    private void gather(Envelope envelope, Notice notice, long noticeId, String time, Instant notBefore) {
        Envelope gathered = new Envelope(
                envelope.channel(),
                envelope.person(),
                key(envelope.channel(), notice.kind(), "*", envelope.person(), time));
        if (!start(gathered, noticeId, notBefore) && !deliveries.join(gathered, noticeId)) {
            start(envelope, noticeId, notBefore);
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
