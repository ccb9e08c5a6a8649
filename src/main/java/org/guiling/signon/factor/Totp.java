package org.guiling.signon.factor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.OptionalLong;
import org.apache.commons.codec.digest.HmacUtils;

/** Time-based one-time passwords (RFC 6238): six digits, steps of 30 seconds, as every authenticator has them. */
final class Totp {

    static final int DIGITS = 6;
    static final int STEP_SECONDS = 30;

    private static final int MODULUS = 1_000_000;

    private Totp() {}

    static long step(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), STEP_SECONDS);
    }

    /** The code of a step (RFC 4226, 5.3). */
    static String code(TotpAlgorithm algorithm, byte[] secret, long step) {
        byte[] moment = ByteBuffer.allocate(Long.BYTES).putLong(step).array();
        byte[] hash = new HmacUtils(algorithm.mac(), secret).hmac(moment);
        int offset = hash[hash.length - 1] & 0xf;
        int number = ByteBuffer.wrap(hash, offset, Integer.BYTES).getInt() & 0x7fffffff;
        return String.format("%0" + DIGITS + "d", number % MODULUS);
    }

    /**
     * The step whose code it is; empty where it is none's. Takes as long for either.
     *
     * @param apart steps before and after the current one that count
     */
    static OptionalLong stepOf(TotpAlgorithm algorithm, byte[] secret, String code, Instant now, int apart) {
        byte[] given = code.getBytes(UTF_8);
        OptionalLong found = OptionalLong.empty();
        for (long step = step(now) - apart; step <= step(now) + apart; step++) {
            byte[] right = code(algorithm, secret, step).getBytes(UTF_8);
            if (MessageDigest.isEqual(right, given)) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }
}
