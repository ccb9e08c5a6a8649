package org.guiling.audit.log;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/**
 * A connection that remembers a failed write. TLS is silent about a close_notify that it could not send, and where the other side
 * reset the connection, that write takes the only error which the system reports: the next read sees a quiet end.
 */
final class SyslogConnection extends Socket {

    private IOException failure;

    /** @throws IOException the first failure of a write, if there was one */
    void requireWritten() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(super.getOutputStream()) {

            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                try {
                    out.write(bytes, offset, length);
                } catch (IOException e) {
                    failure = failure == null ? e : failure;
                    throw e;
                }
            }
        };
    }
}
