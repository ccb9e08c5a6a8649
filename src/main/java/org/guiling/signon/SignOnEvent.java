package org.guiling.signon;

import java.time.Instant;

/** What happened to an account; published within the transaction that did it. */
public sealed interface SignOnEvent {

    /** Whose account it is about. */
    String personId();

    /** Too many wrong passwords. */
    record LockedOut(String personId, Instant until) implements SignOnEvent {}

    /** @param by the administrator who lifted it */
    record LockOutLifted(String personId, String by) implements SignOnEvent {}

    record PasswordChanged(String personId) implements SignOnEvent {}

    record TokenCreated(String personId, long tokenId, String name, Instant expiresAt) implements SignOnEvent {}

    record TokenRevoked(String personId, long tokenId) implements SignOnEvent {}
}
