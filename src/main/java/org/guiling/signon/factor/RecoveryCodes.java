package org.guiling.signon.factor;

import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/** Codes for whoever has no device at hand: each once, shown once, kept as digests. 128 random bits need no salt. */
final class RecoveryCodes {

    static final int NUMBER = 10;

    private static final int BYTES = 16;
    private static final int LENGTH = 26;

    /** Of those that were made before, with 80 bits: they count until their owner makes new ones. */
    private static final int FORMER_LENGTH = 16;

    private static final SecureRandom RANDOM = new SecureRandom();

    private RecoveryCodes() {}

    /** As people read them. */
    static List<String> generate() {
        return Stream.generate(RecoveryCodes::one).limit(NUMBER).toList();
    }

    private static String one() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base32.grouped(Base32.encode(bytes)).replace(' ', '-');
    }

    static boolean looksLikeOne(String typed) {
        return typed.length() == LENGTH || typed.length() == FORMER_LENGTH;
    }

    static byte[] digest(String code) {
        return DigestUtils.sha256(Base32.typed(code));
    }
}
