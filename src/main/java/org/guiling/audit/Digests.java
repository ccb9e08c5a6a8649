package org.guiling.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hashes of V15__audit.sql and V32__state_digests.sql, computed here, so that the verification rests on no function of the database. */
public final class Digests {

    private static final MessageDigest SHA_256 = sha256();

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
        return begin().digest(content);
    }

    /** A new SHA-256. */
    public static MessageDigest begin() {
        try {
            return (MessageDigest) SHA_256.clone();
        } catch (CloneNotSupportedException e) {
            return sha256();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
