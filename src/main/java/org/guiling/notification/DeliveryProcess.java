package org.guiling.notification;

import java.time.Instant;

/** Carries deliveries out of the caller's transaction, tries again, and asks an operator for help: the engine does. */
public interface DeliveryProcess {

    /**
     * Starts carrying a delivery, in the caller's transaction.
     *
     * @param notBefore when it may go, or null for at once
     */
    void start(long deliveryId, Instant notBefore);

    /**
     * Has every delivery tried again whose last attempt failed.
     *
     * @return how many there are
     */
    int retryFailed();
}
