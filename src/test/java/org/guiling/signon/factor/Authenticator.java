package org.guiling.signon.factor;

import java.time.Clock;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A telephone that makes codes, as far as a test needs one. */
public final class Authenticator {

    private static final Pattern SECRET = Pattern.compile("id=\"factor-secret\">([A-Z2-7 ]+)<");
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final TotpAlgorithm algorithm;
    private final byte[] secret;
    private final Clock clock;

    private Authenticator(TotpAlgorithm algorithm, byte[] secret, Clock clock) {
        this.algorithm = algorithm;
        this.secret = secret;
        this.clock = clock;
    }

    /** Takes the secret from the page that shows it. */
    public static Authenticator of(String page, Clock clock) {
        Matcher secret = SECRET.matcher(page);
        if (!secret.find()) {
            throw new AssertionError("No secret in " + page);
        }
        return new Authenticator(TotpAlgorithm.SHA1, decoded(secret.group(1).replace(" ", "")), clock);
    }

    /** Of a device with this hash function, and the secret that it begins with. */
    public static Authenticator of(PendingFactor pending, Clock clock) {
        return new Authenticator(pending.algorithm(), pending.secret(), clock);
    }

    public static PendingFactor secretOf(TotpAlgorithm algorithm) {
        return PendingFactor.generate(algorithm);
    }

    public String code() {
        return Totp.code(algorithm, secret, Totp.step(clock.instant()));
    }

    /** Six digits that none of the steps around now has. */
    public String wrongCode() {
        return IntStream.range(0, 1000)
                .mapToObj(number -> String.format("%06d", number))
                .filter(code ->
                        Totp.stepOf(algorithm, secret, code, clock.instant(), 1).isEmpty())
                .findFirst()
                .orElseThrow();
    }

    private static byte[] decoded(String text) {
        byte[] bytes = new byte[text.length() * 5 / 8];
        int buffer = 0;
        int bits = 0;
        int next = 0;
        for (char each : text.toCharArray()) {
            buffer = buffer << 5 | ALPHABET.indexOf(each);
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes[next++] = (byte) (buffer >> bits);
            }
        }
        return Arrays.copyOf(bytes, next);
    }
}
