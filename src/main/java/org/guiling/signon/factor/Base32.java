package org.guiling.signon.factor;

import java.util.Locale;

/** Base 32 without padding (RFC 4648): how authenticators take a secret, and people copy one. */
final class Base32 {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BITS = 5;

    private Base32() {}

    static String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        long buffer = 0;
        int bits = 0;
        for (byte each : bytes) {
            buffer = buffer << Byte.SIZE | each & 0xff;
            bits += Byte.SIZE;
            while (bits >= BITS) {
                bits -= BITS;
                text.append(ALPHABET.charAt((int) (buffer >> bits) & 0x1f));
            }
        }
        if (bits > 0) {
            text.append(ALPHABET.charAt((int) (buffer << BITS - bits) & 0x1f));
        }
        return text.toString();
    }

    /** In groups of four, easier to copy. */
    static String grouped(String text) {
        return text.replaceAll("(.{4})(?=.)", "$1 ");
    }

    /** Drops what people put between the characters that they typed. */
    static String typed(String text) {
        return text.replaceAll("[\\s\\p{Pd}]", "").toUpperCase(Locale.ROOT);
    }
}
