package org.guiling.ledger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.guiling.item.Registration;

/** What makes a row the same row when it comes again, under whatever file name. */
final class Fingerprint {

    private static final char BETWEEN = '\u001f';

    private Fingerprint() {}

    static String of(Registration facts) {
        String content = Normal.of(facts.sourceDocNo())
                + BETWEEN
                + (facts.sourceSeq() == null ? "" : Normal.of(facts.sourceSeq()))
                + BETWEEN
                + Normal.of(facts.title())
                + BETWEEN
                + Normal.of(facts.factText())
                + BETWEEN
                + facts.foundDate();
        return HexFormat.of().formatHex(sha256().digest(content.getBytes(StandardCharsets.UTF_8)));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
