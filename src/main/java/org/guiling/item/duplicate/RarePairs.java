package org.guiling.item.duplicate;

import java.text.Normalizer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The pairs of neighbouring characters by which a text is looked for in the index of the ledger's search
 * ({@code word_pairs}): the rarest, since what every item says finds every item. How frequent a pair is, the statistics of
 * the planner tell; what they do not name is rare.
 */
@Component
class RarePairs {

    private static final int LIMIT = 12;
    /** Also where all are frequent; a changed character has made two that are nowhere else. */
    private static final int LEAST = 4;

    private static final double RARE = 0.005;
    private static final long KEPT_NANOS = 600_000_000_000L;

    private final JdbcClient jdbc;
    private volatile Known known;

    RarePairs(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Known(Map<String, Double> frequencies, long readAt) {}

    /** The rare pairs of a text; none of a single character. */
    String[] of(String text) {
        Map<String, Double> frequencies = frequencies();
        List<String> pairs = pairs(text).stream()
                .sorted(Comparator.comparing((String pair) -> frequencies.getOrDefault(pair, 0.0))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(LIMIT)
                .toList();
        return IntStream.range(0, pairs.size())
                .filter(place -> place < LEAST || frequencies.getOrDefault(pairs.get(place), 0.0) < RARE)
                .mapToObj(pairs::get)
                .toArray(String[]::new);
    }

    /** As {@code word_pairs(searchable(text))} has them. */
    static Set<String> pairs(String text) {
        int[] characters = Normalizer.normalize(text.replace('\0', '\ufffd'), Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .codePoints()
                .toArray();
        Set<String> pairs = new LinkedHashSet<>();
        for (int i = 1; i < characters.length; i++) {
            pairs.add(new String(characters, i - 1, 2));
        }
        return pairs;
    }

    private Map<String, Double> frequencies() {
        Known now = known;
        if (now == null || System.nanoTime() - now.readAt() > KEPT_NANOS) {
            now = new Known(read(), System.nanoTime());
            known = now;
        }
        return now.frequencies();
    }

    private Map<String, Double> read() {
        Map<String, Double> frequencies = new HashMap<>();
        jdbc.sql("""
                        select pair, frequency
                        from pg_stats,
                            unnest(most_common_elems::text::text[], most_common_elem_freqs) as known (pair, frequency)
                        where schemaname = current_schema() and tablename = 'item_text_words' and pair is not null""").query(row -> {
            frequencies.put(row.getString("pair"), row.getDouble("frequency"));
        });
        return frequencies;
    }
}
