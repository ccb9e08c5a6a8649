package org.guiling.notification;

/** Reaches the group that a robot belongs to: once for each occasion, however many people are told. */
public non-sealed interface GroupChannel extends Channel {

    /** @throws UndeliverableException when the message did not arrive; it may be tried again */
    void send(Message message);
}
