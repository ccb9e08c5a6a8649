package org.guiling.signon;

import java.time.Instant;

/** An event about an account; published within the transaction that caused it, where there is one. */
public sealed interface SignOnEvent {

    /** The person whose account it is about; null where nobody has it. */
    String personId();

    /**
     * @param address where the request came from
     * @param script whether it was one of the many requests of a script
     */
    record SignedOn(String personId, SignOnWay way, SignOnFactor factor, String address, boolean script)
            implements SignOnEvent {}

    /** The first of two factors was right; nobody is signed on yet. */
    record FirstFactorPassed(String personId, SignOnWay way, String address) implements SignOnEvent {}

    /** @param address where the request came from */
    record Refused(String personId, SignOnWay way, SignOnRefusal why, String address) implements SignOnEvent {}

    record SignedOff(String personId, SignOnWay way) implements SignOnEvent {}

    /** Their person ended sessions from another one. */
    record SessionsEnded(String personId, int sessions) implements SignOnEvent {}

    /** Too many wrong passwords. */
    record LockedOut(String personId, Instant until) implements SignOnEvent {}

    /** @param by the administrator who lifted it */
    record LockOutLifted(String personId, String by) implements SignOnEvent {}

    /** @param by the person, or the administrator who set an initial one */
    record PasswordChanged(String personId, String by) implements SignOnEvent {}

    record TokenCreated(String personId, long tokenId, String name, Instant expiresAt) implements SignOnEvent {}

    /** @param by the person, or an administrator */
    record TokenRevoked(String personId, long tokenId, String by) implements SignOnEvent {}
}
