package org.guiling.signon.factor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.security.SecureRandom;

/**
 * A secret that was shown and is not yet confirmed by a code. Waits in the person's session, in no table.
 *
 * @param secret as long as the algorithm's hash
 */
public record PendingFactor(TotpAlgorithm algorithm, byte[] secret) {

    private static final SecureRandom RANDOM = new SecureRandom();

    static PendingFactor generate(TotpAlgorithm algorithm) {
        byte[] secret = new byte[algorithm.secretBytes()];
        RANDOM.nextBytes(secret);
        return new PendingFactor(algorithm, secret);
    }

    /** The secret for whoever types it into the device. */
    public String text() {
        return Base32.grouped(Base32.encode(secret));
    }

    /** Content of the picture: the key URI that authenticators read. */
    public String uri(String issuer, String account) {
        return "otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=%s&digits=%d&period=%d"
                .formatted(
                        encoded(issuer),
                        encoded(account),
                        Base32.encode(secret),
                        encoded(issuer),
                        algorithm,
                        Totp.DIGITS,
                        Totp.STEP_SECONDS);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return "PendingFactor";
    }
}
