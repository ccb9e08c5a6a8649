package org.guiling.signon.factor;

/** Hash function of one-time codes (RFC 6238, 1.2), and the length of secret that suits it (RFC 2104, 3). */
public enum TotpAlgorithm {
    /** Known to every authenticator. */
    SHA1(20),
    SHA256(32),
    SHA512(64);

    private final int secretBytes;

    TotpAlgorithm(int secretBytes) {
        this.secretBytes = secretBytes;
    }

    int secretBytes() {
        return secretBytes;
    }

    /** Name of the algorithm in Java's cryptography. */
    String mac() {
        return "Hmac" + name();
    }
}
