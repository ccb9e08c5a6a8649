package org.guiling.limits;

import java.util.concurrent.ThreadLocalRandom;

/** Counts the names that are not the same, by their hashes, in a fixed space. */
final class DistinctNames {

    private static final long PRIME = 0x100000001b3L;

    private final int limit;
    private final long[] known;
    /** Nobody can make names of one hash without it. */
    private final long seed = ThreadLocalRandom.current().nextLong();

    private int count;
    private boolean begun;
    private long hash = seed;

    /** @param limit how many there may be */
    DistinctNames(int limit) {
        this.limit = limit;
        this.known = new long[Integer.highestOneBit(limit) * 4];
    }

    /** The next byte of the name (FNV-1a). */
    void add(int next) {
        begun = true;
        hash = (hash ^ next) * PRIME;
    }

    /** Ends the name, if one was begun; false when it is one too many. */
    boolean end() {
        if (!begun) {
            return true;
        }
        int slot = (int) (hash ^ hash >>> 32) & known.length - 1;
        while (known[slot] != 0 && known[slot] != hash) {
            slot = slot + 1 & known.length - 1;
        }
        boolean isNew = known[slot] == 0;
        known[slot] = hash;
        count += isNew ? 1 : 0;
        begun = false;
        hash = seed;
        return count <= limit;
    }
}
