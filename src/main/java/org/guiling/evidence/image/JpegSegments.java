package org.guiling.evidence.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;

/**
 * The segments of a JPEG (ITU-T T.81, annex B), one after the other, without decoding anything. What stands between
 * segments and is none is passed over, as decoders do.
 */
final class JpegSegments {

    static final int APP0 = 0xe0;
    static final int APP1 = 0xe1;
    static final int APP2 = 0xe2;
    static final int APP14 = 0xee;
    static final int START_OF_SCAN = 0xda;

    private static final int START_OF_IMAGE = 0xd8;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int RESTART_0 = 0xd0;
    private static final int RESTART_7 = 0xd7;
    private static final int TEMPORARY = 0x01;
    /** Baseline, extended and progressive: what decoders read. */
    private static final Set<Integer> FRAMES = Set.of(0xc0, 0xc1, 0xc2);

    private static final int END = -1;

    private final InputStream content;
    private final byte[] buffer = new byte[65_536];
    private int filled;
    private int at;
    private long before;

    private int marker;
    private long start;
    private byte[] payload;
    private int found = END;
    private boolean over;

    JpegSegments(InputStream content) {
        this.content = content;
    }

    /** Goes to the next segment; false behind the end of the image, and where the stream ends. */
    boolean next() throws IOException {
        int following = found == END ? findMarker() : found;
        found = END;
        while (following == START_OF_IMAGE || following == TEMPORARY || isRestart(following)) {
            following = findMarker();
        }
        if (following == END || following == END_OF_IMAGE) {
            over = following == END_OF_IMAGE;
            return false;
        }
        start = position() - 2;
        marker = following;
        payload = readPayload();
        return payload != null;
    }

    /** True where the end of the image was reached. */
    boolean isOver() {
        return over;
    }

    int marker() {
        return marker;
    }

    /** Offset of the segment's marker from the beginning of the file. */
    long start() {
        return start;
    }

    /** The content of the segment, without its length; at most 65,533 bytes. */
    byte[] payload() {
        return payload;
    }

    /** Offset from the beginning of the file up to which it was read. */
    long position() {
        return before + at;
    }

    /** True where the segment says how large the image is. */
    boolean isFrame() {
        return FRAMES.contains(marker) && payload.length >= 6;
    }

    int height() {
        return unsigned(1);
    }

    int width() {
        return unsigned(3);
    }

    int components() {
        return payload[5] & 0xff;
    }

    boolean isStartOfScan() {
        return marker == START_OF_SCAN;
    }

    /**
     * Passes over what is compressed behind the start of a scan, up to the next segment.
     *
     * @return where it ends, from the beginning of the file
     */
    long copyScan(OutputStream to) throws IOException {
        for (int value = read(); value != END; value = read()) {
            if (value != 0xff) {
                to.write(value);
                continue;
            }
            int next = read();
            while (next == 0xff) {
                next = read();
            }
            if (next == END) {
                break;
            }
            if (next != 0 && !isRestart(next)) {
                found = next;
                return position() - 2;
            }
            to.write(value);
            to.write(next);
        }
        return position();
    }

    /** Writes the segment as it was read. */
    void copyTo(OutputStream to) throws IOException {
        to.write(0xff);
        to.write(marker);
        to.write(payload.length + 2 >> 8);
        to.write(payload.length + 2);
        to.write(payload);
    }

    private int findMarker() throws IOException {
        int value = read();
        while (value != END) {
            if (value != 0xff) {
                value = read();
                continue;
            }
            value = read();
            if (value != 0 && value != 0xff) {
                return value;
            }
        }
        return END;
    }

    /** Null where the stream ends before the segment does, or its length is none. */
    private byte[] readPayload() throws IOException {
        int high = read();
        int low = read();
        int length = (high << 8 | low) - 2;
        if (high == END || low == END || length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            int value = read();
            if (value == END) {
                return null;
            }
            bytes[i] = (byte) value;
        }
        return bytes;
    }

    private int unsigned(int index) {
        return (payload[index] & 0xff) << 8 | payload[index + 1] & 0xff;
    }

    private static boolean isRestart(int marker) {
        return marker >= RESTART_0 && marker <= RESTART_7;
    }

    private int read() throws IOException {
        if (at == filled) {
            before += filled;
            at = 0;
            filled = Math.max(0, content.read(buffer));
            if (filled == 0) {
                return END;
            }
        }
        return buffer[at++] & 0xff;
    }
}
