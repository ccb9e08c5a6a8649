package org.guiling.notification;

import java.util.Optional;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Sends what was written down. */
@Service
public class Deliverer {

    private static final String CHANNEL_OFF = "channel switched off";
    private static final String READ = "read meanwhile";
    private static final String NO_ADDRESS = "no address";

    private final Deliveries deliveries;
    private final Channels channels;
    private final MessageTexts messageTexts;
    private final Organization organization;
    private final TransactionTemplate afterwards;

    Deliverer(
            Deliveries deliveries,
            Channels channels,
            MessageTexts messageTexts,
            Organization organization,
            PlatformTransactionManager transactions) {
        this.deliveries = deliveries;
        this.channels = channels;
        this.messageTexts = messageTexts;
        this.organization = organization;
        this.afterwards = new TransactionTemplate(transactions);
        afterwards.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * Sends a delivery unless it was sent before. It is held while it is on its way, so that of two callers the second
     * finds it sent; sent and written down as sent are one transaction.
     *
     * @throws UndeliverableException when it did not arrive; the caller's transaction must roll back, and the failure is
     *     written down afterwards
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void deliver(long deliveryId) {
        deliveries.lock(deliveryId).filter(Delivery::isOpen).ifPresent(this::send);
    }

    private void send(Delivery delivery) {
        Optional<Channel> channel = channels.find(delivery.channel());
        if (channel.isEmpty()) {
            deliveries.suppress(delivery, CHANNEL_OFF);
            return;
        }
        if (delivery.notices().isEmpty()) {
            deliveries.suppress(delivery, READ);
            return;
        }
        try {
            Message message = messageTexts.of(delivery, channel.get().language());
            if (hand(message, delivery, channel.get())) {
                deliveries.sent(delivery);
            } else {
                deliveries.suppress(delivery, NO_ADDRESS);
            }
        } catch (UndeliverableException failure) {
            rememberAfterRollback(delivery, failure.getMessage());
            throw failure;
        }
    }

    /** @return false when the person is not reached by this channel any more */
    private boolean hand(Message message, Delivery delivery, Channel channel) {
        if (channel instanceof GroupChannel group) {
            group.send(message);
            return true;
        }
        PersonalChannel personal = (PersonalChannel) channel;
        Optional<Person> person = organization.person(delivery.person());
        Optional<String> address =
                person.flatMap(found -> personal.addressOf(found, organization.addresses(found.id())));
        address.ifPresent(found -> personal.send(message, found));
        return address.isPresent();
    }

    /** Not at once: the row is held by the transaction that is about to roll back. */
    private void rememberAfterRollback(Delivery delivery, String error) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                afterwards.executeWithoutResult(transaction -> deliveries.failed(delivery, error));
            }
        });
    }
}
