package org.guiling.item.duplicate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.guiling.item.Registration;
import org.guiling.item.SourceType;
import org.guiling.item.duplicate.Duplicate.Difference;
import org.guiling.item.duplicate.DuplicateThresholds.Threshold;
import org.guiling.organization.Organization;

/**
 * The duplicate search (查重) within one list: each row is compared with the earlier ones by the rules for items. A number
 * that only counts the lines of the list says nothing about the problem, though; other numbers have the last word as they
 * have between items. Texts that differ in nothing but a number of what they are about (第1校, 第2校) are several. For one
 * thread.
 *
 * <p>Each row is compared with a few earlier rows that share most of its keys ({@link Sketch}), and each key knows a few
 * rows, so that time and memory grow with the list and not with its square, also where all rows say the same.
 */
public final class DuplicateRows {

    /** Rows that a key leads to: the first ones, whose duplicates are those of the later ones too. */
    private static final int ROWS_OF_A_KEY = 32;

    private static final int COMPARED = 16;
    /** Letters of the facts that a row is compared with: fewer rows where these are long. */
    private static final int LETTERS_COMPARED = 8_000;
    /** Letters of all rows that are kept, 32 MB; no list that people write has as many. */
    private static final int LETTERS_KEPT = 16_000_000;

    /** Keys that lead to a row at the same place, however many other places have the same text. */
    private static final int KEYS_OF_THE_PLACE = 4;
    /** A shared key of place or number counts more than all keys of the text. */
    private static final int MORE_THAN_ALL_TEXT = 100;

    private static final int SLOTS = 1 << 18;
    private static final int TITLE = -1;
    private static final int PLACE = -2;
    private static final int NUMBER = -3;

    private final DuplicateThresholds thresholds;
    private final Organization organization;
    private final Map<SourceType, Threshold> known = new EnumMap<>(SourceType.class);
    private final List<Row> rows = new ArrayList<>();
    private int letters;

    /** Chains of entries: by slot the latest, by entry the one before it, its key and its row. */
    private final int[] latest = new int[SLOTS];

    private int[] before = new int[64];
    private int[] keys = new int[64];
    private int[] rowOf = new int[64];
    /** The entry 0 is none. */
    private int entries = 1;

    /** By row what it shares with the one that is looked at; all 0 between two of them. */
    private int[] shared = new int[64];

    DuplicateRows(DuplicateThresholds thresholds, Organization organization) {
        this.thresholds = thresholds;
        this.organization = organization;
    }

    /**
     * An earlier row that may be the same problem.
     *
     * @param row what it was added as
     * @param differences where the two differ, in the order of the form, {@code here} in the later one
     */
    public record Match(int row, int percent, List<Difference> differences) {}

    /** @param others keys of place and number */
    private record Row(int number, Compared facts, int[] textKeys, int[] others) {

        static Row of(int number, Registration registration) {
            Compared facts = Compared.of(registration);
            boolean counted = facts.seq() == null || Likeness.isCount(facts.seq());
            int[] ofFact = Sketch.keys(Likeness.letters(facts.fact()));
            int title = Sketch.key(TITLE, Arrays.hashCode(Likeness.letters(facts.title())));
            int[] text = Arrays.copyOf(ofFact, ofFact.length + 1);
            text[ofFact.length] = title;
            return new Row(
                    number, counted ? facts.withoutNumber() : facts, text, others(facts, ofFact, title, counted));
        }

        private static int[] others(Compared facts, int[] ofFact, int title, boolean counted) {
            int[] keys = new int[KEYS_OF_THE_PLACE + 2];
            int count = 0;
            int[] place = Likeness.letters(facts.place());
            if (place.length > 0) {
                int here = Sketch.key(PLACE, Arrays.hashCode(place));
                keys[count++] = Sketch.key(here, title);
                for (int i = 0; i < KEYS_OF_THE_PLACE; i++) {
                    keys[count++] = Sketch.key(here, ofFact[i]);
                }
            }
            if (!counted) {
                keys[count++] = Sketch.key(
                        NUMBER, 31 * facts.docNo().hashCode() + facts.seq().hashCode());
            }
            return Arrays.copyOf(keys, count);
        }
    }

    private record Scored(Row row, int percent) {}

    /**
     * Has later rows compared with this one.
     *
     * @param number by which the caller knows it; later rows have greater ones
     */
    public void add(int number, Registration facts) {
        letters += facts.factText().length();
        if (letters > LETTERS_KEPT) {
            return;
        }
        Row row = Row.of(number, facts);
        int index = rows.size();
        rows.add(row);
        if (index == shared.length) {
            shared = Arrays.copyOf(shared, 2 * index);
        }
        append(row.textKeys(), index);
        append(row.others(), index);
    }

    /** The earlier row that is most like this one, the first of several; empty where none is like it. */
    public Optional<Match> like(Registration facts) {
        Threshold threshold = known.computeIfAbsent(facts.sourceType(), thresholds::of);
        Row row = Row.of(-1, facts);
        int left = LETTERS_COMPARED;
        List<Scored> alike = new ArrayList<>();
        for (Row earlier : candidates(row)) {
            int percent = row.facts().percent(earlier.facts(), threshold);
            if (percent >= threshold.percent() && !row.facts().isNumberedApart(earlier.facts())) {
                alike.add(new Scored(earlier, percent));
            }
            left -= earlier.facts().fact().length();
            if (left < 0) {
                break;
            }
        }
        return alike.stream()
                .max(Comparator.comparingInt(Scored::percent)
                        .thenComparing(scored -> -scored.row().number()))
                .map(scored -> new Match(
                        scored.row().number(),
                        scored.percent(),
                        row.facts().differences(scored.row().facts(), organization)));
    }

    /** The earlier rows that share most, the first of several first. */
    private List<Row> candidates(Row row) {
        List<Integer> found = new ArrayList<>();
        collect(row.textKeys(), 1, found);
        collect(row.others(), MORE_THAN_ALL_TEXT, found);
        List<Row> candidates = found.stream()
                .sorted(Comparator.comparingInt((Integer index) -> -shared[index])
                        .thenComparing(Comparator.naturalOrder()))
                .limit(COMPARED)
                .map(rows::get)
                .toList();
        found.forEach(index -> shared[index] = 0);
        return candidates;
    }

    private void collect(int[] wanted, int worth, List<Integer> found) {
        for (int key : wanted) {
            for (int entry = latest[slot(key)]; entry > 0; entry = before[entry]) {
                if (keys[entry] == key) {
                    if (shared[rowOf[entry]] == 0) {
                        found.add(rowOf[entry]);
                    }
                    shared[rowOf[entry]] += worth;
                }
            }
        }
    }

    private void append(int[] ofRow, int row) {
        for (int key : ofRow) {
            if (rowsOf(key) < ROWS_OF_A_KEY) {
                append(key, row);
            }
        }
    }

    private int rowsOf(int key) {
        int count = 0;
        for (int entry = latest[slot(key)]; entry > 0; entry = before[entry]) {
            count += keys[entry] == key ? 1 : 0;
        }
        return count;
    }

    private void append(int key, int row) {
        if (entries == before.length) {
            before = Arrays.copyOf(before, 2 * entries);
            keys = Arrays.copyOf(keys, 2 * entries);
            rowOf = Arrays.copyOf(rowOf, 2 * entries);
        }
        before[entries] = latest[slot(key)];
        keys[entries] = key;
        rowOf[entries] = row;
        latest[slot(key)] = entries++;
    }

    private static int slot(int key) {
        return key & SLOTS - 1;
    }
}
