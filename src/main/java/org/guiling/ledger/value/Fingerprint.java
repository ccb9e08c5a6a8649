package org.guiling.ledger.value;

import org.apache.commons.codec.digest.DigestUtils;
import org.guiling.item.Registration;

/** Recognizes a row that comes again, under whatever file name: by its problem, its place and its lead unit. */
public final class Fingerprint {

    private static final char BETWEEN = '\u001f';

    private Fingerprint() {}

    public static String of(Registration facts) {
        return DigestUtils.sha256Hex(content(facts) + BETWEEN + normal(facts.location()) + BETWEEN + facts.leadUnit());
    }

    /** As it was before place and unit counted: items that were imported then have it. */
    public static String former(Registration facts) {
        return DigestUtils.sha256Hex(content(facts));
    }

    private static String content(Registration facts) {
        return Normal.of(facts.sourceDocNo())
                + BETWEEN
                + normal(facts.sourceSeq())
                + BETWEEN
                + Normal.of(facts.title())
                + BETWEEN
                + Normal.of(facts.factText())
                + BETWEEN
                + facts.foundDate();
    }

    private static String normal(String text) {
        return text == null ? "" : Normal.of(text);
    }
}
