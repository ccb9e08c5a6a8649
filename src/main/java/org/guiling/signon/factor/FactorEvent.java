package org.guiling.signon.factor;

import java.time.Instant;

/** An event of a second factor; published within the transaction that did it. */
public sealed interface FactorEvent {

    /** The person whose factor it is. */
    String personId();

    /** @param replaced whether another one was there before */
    record Enrolled(String personId, boolean replaced) implements FactorEvent {}

    /** By the person, who has shown that they have it. */
    record Removed(String personId) implements FactorEvent {}

    record RecoveryCodesRenewed(String personId) implements FactorEvent {}

    /** @param left how many there still are */
    record RecoveryCodeUsed(String personId, int left) implements FactorEvent {}

    /** Too many wrong codes. */
    record Locked(String personId, Instant until) implements FactorEvent {}

    /** Somebody without device asks for the removal. */
    record RecoveryAsked(String personId, long request, Instant expiresAt) implements FactorEvent {}

    /** @param by the first administrator */
    record RecoveryApproved(String personId, long request, String by) implements FactorEvent {}

    /** @param by an administrator */
    record RecoveryRefused(String personId, long request, String by) implements FactorEvent {}

    /**
     * The factor is gone.
     *
     * @param approvedBy the first administrator
     * @param by the second
     */
    record RecoveryConfirmed(String personId, long request, String approvedBy, String by) implements FactorEvent {}
}
