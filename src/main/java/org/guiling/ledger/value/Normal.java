package org.guiling.ledger.value;

import java.text.Normalizer;
import java.util.Locale;

/** Texts as they are compared: full-width and half-width are one, blanks and case do not count. */
public final class Normal {

    private Normal() {}

    public static String of(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .replaceAll("[\\s\\p{Z}]+", "")
                .toLowerCase(Locale.ROOT);
    }

    /** As {@link #of}, without the marks that say that a column must be filled. */
    public static String ofHeader(String text) {
        return of(text).replaceAll("[*★]|\\((必填|选填|必填项|选填项|required|optional)\\)", "");
    }
}
