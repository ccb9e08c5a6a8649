package org.guiling.item.duplicate;

import java.util.Arrays;

/**
 * Keys by which texts that are alike find each other without being compared: the minima of hash functions over their pairs
 * of neighbouring letters (MinHash, Broder 1997), which two texts share as often as they share pairs. Several minima
 * joined make a key that is rare even where every single pair is frequent. The same text has the same keys always.
 */
final class Sketch {

    /** Of few minima: for texts that are half alike. */
    private static final int WIDE_KEYS = 12;

    private static final int WIDE = 2;

    /** Of more minima: few by chance, so that they find what is nearly equal also in a long list of the same words. */
    private static final int NARROW_KEYS = 8;

    private static final int NARROW = 4;

    /** Of a long text these say enough. */
    private static final int MAX_PAIRS = 400;

    private static final long[] FUNCTIONS = functions(WIDE_KEYS * WIDE + NARROW_KEYS * NARROW);

    private Sketch() {}

    /** The keys of a text, those that are rarest first; of a text of one letter or none too. */
    static int[] keys(int[] letters) {
        int[] minima = minima(pairs(letters));
        int[] keys = new int[NARROW_KEYS + WIDE_KEYS];
        int from = 0;
        for (int key = 0; key < keys.length; key++) {
            int end = from + (key < NARROW_KEYS ? NARROW : WIDE);
            keys[key] = key(key, Arrays.hashCode(Arrays.copyOfRange(minima, from, end)));
            from = end;
        }
        return keys;
    }

    /** One key of another kind of what is compared as a whole. */
    static int key(int kind, int hash) {
        return (int) (mixed((long) kind << 32 | hash & 0xffffffffL) >>> 32);
    }

    private static long[] pairs(int[] letters) {
        long[] pairs = new long[Math.max(1, letters.length - 1)];
        for (int i = 1; i < letters.length; i++) {
            pairs[i - 1] = mixed((long) letters[i - 1] << 32 | letters[i]);
        }
        if (pairs.length <= MAX_PAIRS) {
            return pairs;
        }
        Arrays.sort(pairs);
        return Arrays.copyOf(pairs, MAX_PAIRS);
    }

    private static int[] minima(long[] pairs) {
        int[] minima = new int[FUNCTIONS.length];
        Arrays.fill(minima, Integer.MAX_VALUE);
        for (long pair : pairs) {
            for (int i = 0; i < minima.length; i++) {
                minima[i] = Math.min(minima[i], (int) (pair * FUNCTIONS[i] >>> 33));
            }
        }
        return minima;
    }

    private static long[] functions(int count) {
        long[] functions = new long[count];
        for (int i = 0; i < count; i++) {
            functions[i] = mixed(i + 1) | 1;
        }
        return functions;
    }

    /** SplitMix64 (Steele, Lea, Flood 2014): neighbouring numbers become numbers that have nothing in common. */
    private static long mixed(long number) {
        long z = number + 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
