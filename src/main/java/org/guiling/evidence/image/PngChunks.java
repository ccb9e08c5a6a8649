package org.guiling.evidence.image;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The chunks of a PNG, one after the other; nothing is inflated. */
final class PngChunks {

    static final int SIGNATURE_BYTES = 8;
    /** Length and type before a chunk's data, check sum behind it. */
    static final int HEAD_BYTES = 8;

    static final int SUM_BYTES = 4;

    static final int HEADER_BYTES = 13;
    private static final String HEADER = "IHDR";
    private static final String END = "IEND";

    private final InputStream content;
    private long position;
    private long start;
    private long length;
    private String type = "";
    private long unread;

    /** @throws EOFException when there is not even a signature */
    PngChunks(InputStream content) throws IOException {
        this.content = content;
        content.skipNBytes(SIGNATURE_BYTES);
        position = SIGNATURE_BYTES;
    }

    /** Goes to the next chunk, whatever was read of this; false behind the last one, and where the stream ends. */
    boolean next() throws IOException {
        if (type.equals(END)) {
            return false;
        }
        try {
            content.skipNBytes(unread);
        } catch (EOFException e) {
            return false;
        }
        position += unread;
        byte[] head = content.readNBytes(HEAD_BYTES);
        if (head.length < HEAD_BYTES) {
            return false;
        }
        start = position;
        position += HEAD_BYTES;
        length = ByteBuffer.wrap(head).getInt() & 0xffff_ffffL;
        type = new String(head, 4, 4, StandardCharsets.ISO_8859_1);
        unread = length + SUM_BYTES;
        return length <= Integer.MAX_VALUE;
    }

    /** Offset of the chunk from the beginning of the file. */
    long start() {
        return start;
    }

    /** Of its data. */
    long length() {
        return length;
    }

    String type() {
        return type;
    }

    /** Critical chunks are those without which an image cannot be shown (PNG, 5.4). */
    boolean isCritical() {
        return Character.isUpperCase(type.charAt(0));
    }

    boolean isHeader() {
        return type.equals(HEADER) && length == HEADER_BYTES;
    }

    boolean isEnd() {
        return type.equals(END);
    }

    /** Its data; fewer bytes where the stream ends. To be asked for once, of a chunk that is known to be small. */
    byte[] data() throws IOException {
        byte[] data = content.readNBytes((int) length);
        unread -= data.length;
        position += data.length;
        return data;
    }

    /** Writes the chunk as it is read. */
    void copyTo(OutputStream to, byte[] buffer) throws IOException {
        to.write(ByteBuffer.allocate(HEAD_BYTES)
                .putInt((int) length)
                .put(type.getBytes(StandardCharsets.ISO_8859_1))
                .array());
        copyRest(to, buffer);
    }

    /** Writes what was not read of the chunk yet, with its check sum. */
    void copyRest(OutputStream to, byte[] buffer) throws IOException {
        while (unread > 0) {
            int read = content.read(buffer, 0, (int) Math.min(buffer.length, unread));
            if (read < 0) {
                throw new UnreadableImageException("It breaks off");
            }
            to.write(buffer, 0, read);
            unread -= read;
            position += read;
        }
    }
}
