package org.guiling.notification;

import java.util.Optional;
import org.guiling.organization.Addresses;
import org.guiling.organization.Person;

/** Reaches one person. */
public non-sealed interface PersonalChannel extends Channel {

    /** The address of the person; empty when the channel does not know them. */
    Optional<String> addressOf(Person person, Addresses addresses);

    /** @throws UndeliverableException when the message did not arrive; it may be tried again */
    void send(Message message, String address);
}
