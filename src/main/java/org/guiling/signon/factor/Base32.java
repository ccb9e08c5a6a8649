package org.guiling.signon.factor;

import java.util.Locale;

/** Base 32 without padding (RFC 4648): how authenticators take a secret, and people copy one. */
final class Base32 {

    private static final org.apache.commons.codec.binary.Base32 CODEC = new org.apache.commons.codec.binary.Base32();

    private Base32() {}

    static String encode(byte[] bytes) {
        return CODEC.encodeToString(bytes).replace("=", "");
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
