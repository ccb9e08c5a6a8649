package org.guiling.evidence.image;

import java.util.Arrays;

/**
 * A stretch of a file that is served as other bytes, as many as there were: nothing that names places in the file has to
 * change.
 *
 * @param at from the beginning of the file
 * @param length how many bytes it covers; what {@code put} does not fill is zero
 */
public record Blot(long at, long length, byte[] put) {

    private static final byte[] NOTHING = {};

    static Blot zeros(long at, long length) {
        return new Blot(at, length, NOTHING);
    }

    static Blot bytes(long at, byte... put) {
        return new Blot(at, put.length, put);
    }

    long end() {
        return at + length;
    }

    /** The byte at a place within it. */
    byte byteAt(long place) {
        long index = place - at;
        return index < put.length ? put[(int) index] : 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Blot blot && at == blot.at && length == blot.length && Arrays.equals(put, blot.put);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(at);
    }

    @Override
    public String toString() {
        return at + "+" + length;
    }
}
