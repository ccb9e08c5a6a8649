package org.guiling.idempotency;

import java.util.Objects;

/**
 * The answer to the first request with a key, and to every later one with it.
 *
 * @param location null, like contentType and body, where the answer had none
 * @param withheld true where the body tells a secret, so that it is told once and not kept
 */
public record FirstAnswer(int status, String location, String contentType, String body, boolean withheld) {

    private static final int FIRST_REFUSAL = 400;

    /** A page that a form leads to. */
    public static FirstAnswer page(String location) {
        return new FirstAnswer(303, Objects.requireNonNull(location), null, null, false);
    }

    boolean isRefusal() {
        return status >= FIRST_REFUSAL;
    }
}
