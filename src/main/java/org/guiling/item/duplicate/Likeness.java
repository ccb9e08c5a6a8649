package org.guiling.item.duplicate;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Measures how alike two texts are, and finds their differences. */
final class Likeness {

    /** Characters that distinguish two places whose names have otherwise the same words: 三号楼, 东村, A 座. */
    private static final String ORDINALS = "零〇一二三四五六七八九十百千甲乙丙丁戊己庚辛壬癸东西南北中前后左右上下内外";

    private static final String NUMERALS = "零〇一二三四五六七八九十百千";

    private static final String STEMS = "甲乙丙丁戊己庚辛壬癸";
    private static final String NUMBER_AHEAD = "第";
    private static final String NUMBERED = "号栋幢座";

    /** Digits enough for the rows of a file. */
    private static final int LONGEST_COUNT = 5;

    /** Longer differing parts are compared by their pairs of characters only. */
    private static final int LONGEST_EDITED = 64;

    /** Around a difference in a long text. */
    private static final int CONTEXT = 12;

    private Likeness() {}

    /** 0 to 1: by two neighbouring characters each, or by single changes where these are few. Null is the empty text. */
    static double of(String one, String other) {
        int[] a = letters(one);
        int[] b = letters(other);
        int longer = Math.max(a.length, b.length);
        if (longer == 0) {
            return 1;
        }
        Core core = Core.of(a, b);
        double byPairs = pairs(a, b);
        return core.longest() > LONGEST_EDITED ? byPairs : Math.max(byPairs, 1 - (double) core.changes() / longer);
    }

    /** True where two places may be one: named alike, one within the other, or one of them not named. */
    static boolean isSamePlace(String one, String other, int percent) {
        int[] a = letters(one);
        int[] b = letters(other);
        if (a.length == 0 || b.length == 0) {
            return true;
        }
        Core core = Core.of(a, b).withWholeNumbers();
        if (core.firstLength() == 0 || core.secondLength() == 0) {
            return true;
        }
        return !core.differsBy(Likeness::isOrdinal) && 100 * of(one, other) >= percent;
    }

    /** True for texts of which a list has one for each of several: 第1校 and 第2校, 3号 and 12号, 甲校 and 乙校, otherwise the same. */
    static boolean isNumberedApart(String one, String other) {
        Core core = Core.of(letters(one), letters(other)).withWholeNumbers();
        if (core.firstLength() == 0 || core.secondLength() == 0) {
            return false;
        }
        return core.consistsOf(letter -> STEMS.indexOf(letter) >= 0)
                || core.consistsOf(Likeness::isNumeral) && (core.isBehind(NUMBER_AHEAD) || core.isAheadOf(NUMBERED));
    }

    /** The two texts with what differs in 【…】. */
    static String[] marked(String one, String other) {
        int[] a = one == null ? new int[0] : one.codePoints().toArray();
        int[] b = other == null ? new int[0] : other.codePoints().toArray();
        Core core = Core.of(a, b);
        return new String[] {marked(a, core.before(), core.after()), marked(b, core.before(), core.after())};
    }

    private static String marked(int[] text, int before, int after) {
        if (text.length == 0) {
            return "";
        }
        int from = Math.max(0, before - CONTEXT);
        int end = text.length - after;
        int to = Math.min(text.length, end + CONTEXT);
        return (from > 0 ? "…" : "") + part(text, from, before) + "【" + cut(text, before, end) + "】"
                + part(text, end, to) + (to < text.length ? "…" : "");
    }

    private static String cut(int[] text, int from, int end) {
        return end - from > 4 * CONTEXT
                ? part(text, from, from + 2 * CONTEXT) + "…" + part(text, end - CONTEXT, end)
                : part(text, from, end);
    }

    private static String part(int[] text, int from, int end) {
        return new String(text, from, end - from);
    }

    private static boolean isOrdinal(int letter) {
        return letter >= '0' && letter <= '9' || letter >= 'a' && letter <= 'z' || ORDINALS.indexOf(letter) >= 0;
    }

    /** True for a number that may count the lines of a list (序号), and no name for what it numbers. */
    static boolean isCount(String number) {
        int[] letters = letters(number);
        return letters.length <= LONGEST_COUNT && IntStream.of(letters).allMatch(Likeness::isNumeral);
    }

    private static boolean isNumeral(int letter) {
        return letter >= '0' && letter <= '9' || NUMERALS.indexOf(letter) >= 0;
    }

    /** Letters and digits only; full and half width, upper and lower case are one. Null is the empty text. */
    static int[] letters(String text) {
        return text == null
                ? new int[0]
                : Normalizer.normalize(text, Normalizer.Form.NFKC)
                        .toLowerCase(Locale.ROOT)
                        .codePoints()
                        .filter(Character::isLetterOrDigit)
                        .toArray();
    }

    private static double pairs(int[] a, int[] b) {
        int all = Math.max(0, a.length - 1) + Math.max(0, b.length - 1);
        if (all == 0) {
            return a.length == b.length && (a.length == 0 || a[0] == b[0]) ? 1 : 0;
        }
        Map<Long, Integer> counted = new HashMap<>();
        for (int i = 1; i < a.length; i++) {
            counted.merge(pair(a, i), 1, Integer::sum);
        }
        int shared = 0;
        for (int i = 1; i < b.length; i++) {
            int left = counted.getOrDefault(pair(b, i), 0);
            if (left > 0) {
                shared++;
                counted.put(pair(b, i), left - 1);
            }
        }
        return 2.0 * shared / all;
    }

    private static long pair(int[] text, int at) {
        return (long) text[at - 1] << 32 | text[at];
    }

    /** The differing middle of two texts, without their common beginning and end. */
    private record Core(int[] a, int[] b, int before, int after) {

        static Core of(int[] a, int[] b) {
            int least = Math.min(a.length, b.length);
            int before = 0;
            while (before < least && a[before] == b[before]) {
                before++;
            }
            int after = 0;
            while (after < least - before && a[a.length - 1 - after] == b[b.length - 1 - after]) {
                after++;
            }
            return new Core(a, b, before, after);
        }

        /** With the rest of a number that only a part of differs: 1 and 11 are two numbers. */
        Core withWholeNumbers() {
            int from = before;
            int end = after;
            if (begins(a) || begins(b)) {
                while (from > 0 && isNumeral(a[from - 1])) {
                    from--;
                }
            }
            if (ends(a) || ends(b)) {
                while (end > 0 && isNumeral(a[a.length - end])) {
                    end--;
                }
            }
            return new Core(a, b, from, end);
        }

        private boolean begins(int[] text) {
            return text.length > before + after && isNumeral(text[before]);
        }

        private boolean ends(int[] text) {
            return text.length > before + after && isNumeral(text[text.length - after - 1]);
        }

        boolean isBehind(String letters) {
            return before > 0 && letters.indexOf(a[before - 1]) >= 0;
        }

        boolean isAheadOf(String letters) {
            return after > 0 && letters.indexOf(a[a.length - after]) >= 0;
        }

        boolean consistsOf(IntPredicate kind) {
            return IntStream.range(before, a.length - after).map(i -> a[i]).allMatch(kind)
                    && IntStream.range(before, b.length - after).map(i -> b[i]).allMatch(kind);
        }

        int firstLength() {
            return a.length - before - after;
        }

        int secondLength() {
            return b.length - before - after;
        }

        int longest() {
            return Math.max(firstLength(), secondLength());
        }

        boolean differsBy(IntPredicate kind) {
            for (int i = before; i < a.length - after; i++) {
                if (kind.test(a[i])) {
                    return true;
                }
            }
            for (int i = before; i < b.length - after; i++) {
                if (kind.test(b[i])) {
                    return true;
                }
            }
            return false;
        }

        /** The fewest letters to add, drop or replace (Levenshtein). */
        int changes() {
            int[] row = new int[secondLength() + 1];
            for (int j = 0; j < row.length; j++) {
                row[j] = j;
            }
            for (int i = 1; i <= firstLength(); i++) {
                int diagonal = row[0];
                row[0] = i;
                for (int j = 1; j < row.length; j++) {
                    int replaced = diagonal + (a[before + i - 1] == b[before + j - 1] ? 0 : 1);
                    diagonal = row[j];
                    row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
                }
            }
            return row[row.length - 1];
        }
    }
}
