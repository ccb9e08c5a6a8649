package org.guiling.notification;

import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The channels that are switched on. */
@Component
class Channels {

    private final List<PersonalChannel> personal;
    private final List<GroupChannel> groups;

    Channels(List<PersonalChannel> personal, List<GroupChannel> groups) {
        this.personal = personal;
        this.groups = groups;
    }

    List<PersonalChannel> personal() {
        return personal;
    }

    List<GroupChannel> groups() {
        return groups;
    }

    boolean areAllOff() {
        return personal.isEmpty() && groups.isEmpty();
    }

    /** Empty when it was switched off since the delivery was written down. */
    Optional<Channel> find(ChannelName name) {
        Optional<Channel> channel = personal.stream()
                .filter(candidate -> candidate.name() == name)
                .map(Channel.class::cast)
                .findFirst();
        return channel.or(() -> groups.stream()
                .filter(candidate -> candidate.name() == name)
                .map(Channel.class::cast)
                .findFirst());
    }
}
