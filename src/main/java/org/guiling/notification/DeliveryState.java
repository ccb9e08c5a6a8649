package org.guiling.notification;

/** The states of a delivery. */
public enum DeliveryState {
    /** Written down, not tried yet. */
    WAITING,
    SENT,
    /** The last attempt failed; the engine tries again, or an incident waits for the operator. */
    FAILED,
    /** Not to be sent: cool-down, no address, or the channel was switched off. */
    SUPPRESSED
}
