package org.guiling.ledger.search;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Cuts a search text into words as the search index knows them ({@code searchable}, {@code word_pairs}). */
public final class Words {

    /** Longer requests are cut: whoever looks for eleven words finds what ten of them find. */
    private static final int LIMIT = 10;

    private Words() {}

    /**
     * A word.
     *
     * @param pattern for {@code like}
     * @param pairs every two neighbouring characters; none of a single character
     */
    record Word(String pattern, String[] pairs) {}

    /** @param text null or blank for none */
    static List<Word> in(String text) {
        if (text == null || text.isBlank()) {
            return List.of();
        }
        String normal =
                Normalizer.normalize(storable(text), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return Arrays.stream(normal.strip().split("[\\s\\p{Z}]+"))
                .distinct()
                .limit(LIMIT)
                .map(Words::word)
                .toList();
    }

    private static Word word(String word) {
        int[] characters = word.codePoints().toArray();
        String[] pairs = IntStream.range(0, Math.max(0, characters.length - 1))
                .mapToObj(i -> new String(characters, i, 2))
                .distinct()
                .toArray(String[]::new);
        String literal = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        return new Word("%" + literal + "%", pairs);
    }

    /** The database refuses NUL in a text. */
    public static String storable(String text) {
        return text.replace('\0', '\ufffd');
    }
}
