package org.guiling.evidence.image;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;

/** A file as it is served: as long as it is, with some stretches covered. */
public final class BlottedStream extends FilterInputStream {

    private final List<Blot> blots;
    private long position;
    private int next;

    public BlottedStream(InputStream content, List<Blot> blots) {
        super(content);
        this.blots = blots.stream().sorted(Comparator.comparingLong(Blot::at)).toList();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        if (read > 0) {
            cover(bytes, offset, read);
            position += read;
        }
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = super.skip(count);
        position += skipped;
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void cover(byte[] bytes, int offset, int read) {
        long end = position + read;
        while (next < blots.size() && blots.get(next).end() <= position) {
            next++;
        }
        for (int i = next; i < blots.size() && blots.get(i).at() < end; i++) {
            Blot blot = blots.get(i);
            for (long place = Math.max(position, blot.at()); place < Math.min(end, blot.end()); place++) {
                bytes[offset + (int) (place - position)] = blot.byteAt(place);
            }
        }
    }
}
