package org.guiling.notification;

import java.time.Instant;

/** Delivers outside the caller's transaction, retries, and asks an operator for help; implemented by the engine. */
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
