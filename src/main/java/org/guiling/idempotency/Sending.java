package org.guiling.idempotency;

import java.util.Arrays;

/**
 * One request with a key.
 *
 * @param person who sends it; a key means nothing in another's hands
 * @param fingerprint SHA-256 over what is asked for, 32 bytes
 */
public record Sending(String person, String key, byte[] fingerprint) {

    boolean asksFor(byte[] other) {
        return Arrays.equals(fingerprint, other);
    }

    /** By which PostgreSQL knows it among its advisory locks. */
    String lock() {
        return "idempotency " + person + " " + key;
    }
}
