package org.guiling.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import org.apache.commons.codec.digest.DigestUtils;

/** The hashes of V15__audit.sql and V32__state_digests.sql, computed here, so that the verification rests on no function of the database. */
public final class Digests {

    private Digests() {}

    /** The hash that precedes the first row of a chain. */
    public static byte[] beginning(String chain) {
        return of(chain.getBytes(UTF_8));
    }

    /** @param record the row as the database writes it as text, its hash left empty */
    public static byte[] row(byte[] previous, String record) {
        int end = record.length() - 1;
        while (record.charAt(end - 1) == ',') {
            end--;
        }
        MessageDigest digest = begin();
        digest.update(previous);
        return digest.digest(record.substring(0, end).getBytes(UTF_8));
    }

    public static byte[] of(byte[] content) {
        return DigestUtils.sha256(content);
    }

    /** A new SHA-256. */
    public static MessageDigest begin() {
        return DigestUtils.getSha256Digest();
    }
}
