package org.guiling.evidence.content;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A content that is hashed as it is read. What does not match is never read to its end: the bytes that would complete it
 * come only once the hash of all of them is known, so that a transfer of known length breaks off.
 */
final class VerifiedStream extends FilterInputStream {

    private static final int PASSED_AT_ONCE = 8192;

    private final MessageDigest digest;
    private final byte[] expected;
    private final long bytes;
    private final Runnable changed;
    private long read;
    private boolean verified;

    /**
     * @param expected in hexadecimal digits
     * @param bytes how many there are to be
     * @param changed is told before the reader is, once
     */
    VerifiedStream(InputStream content, MessageDigest digest, String expected, long bytes, Runnable changed) {
        super(content);
        this.digest = digest;
        this.expected = HexFormat.of().parseHex(expected);
        this.bytes = bytes;
        this.changed = changed;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** @throws IOException where all that was read is not what it should be */
    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        if (count > 0) {
            digest.update(buffer, offset, count);
            read += count;
        }
        if (!verified && (count < 0 || read >= bytes)) {
            verified = true;
            if (read != bytes || !Arrays.equals(digest.digest(), expected)) {
                changed.run();
                throw new IOException("The content no longer matches its hash");
            }
        } else if (read > bytes) {
            throw new IOException("The content is longer than it was");
        }
        return count;
    }

    /** Hashes what is skipped as well. */
    @Override
    public long skip(long count) throws IOException {
        byte[] passed = new byte[(int) Math.max(0, Math.min(count, PASSED_AT_ONCE))];
        return Math.max(0, read(passed, 0, passed.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
