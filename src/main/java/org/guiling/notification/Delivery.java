package org.guiling.notification;

import java.time.Instant;
import java.util.List;

/**
 * One message to one person, or to the group of a robot, through one channel.
 *
 * @param person null for a group
 * @param notices what it tells, at least one
 */
record Delivery(long id, ChannelName channel, String person, DeliveryState state, List<Told> notices) {

    /** The content of a notice that goes into a message. */
    record Told(NoticeKind kind, String itemNo, Instant at) {}

    boolean isOpen() {
        return state == DeliveryState.WAITING || state == DeliveryState.FAILED;
    }
}
