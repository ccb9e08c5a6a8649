package org.guiling.web.support;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** Sends what no client library would: every byte of head and body is the caller's. One request for each connection. */
public final class RawHttp {

    /** Longer than any answer may take: only what never ends gets there. */
    private static final Duration HANGS = Duration.ofSeconds(60);

    private static final int SO_MUCH_IS_LOOKED_AT = 64 * 1024;

    private RawHttp() {}

    /**
     * @param status 0 where the connection was closed without a word, -1 where no answer came
     * @param head the status line and the headers
     * @param body its first 64 kB
     */
    public record Answer(int status, String head, String body, Duration took) {}

    /** @param head request line and headers, without {@code Host}, {@code Content-Length} and the empty line */
    public static Answer send(int port, String head, byte[] body) {
        StringBuilder whole = new StringBuilder(head).append("\r\nConnection: close\r\n");
        if (!head.contains("\r\nHost:")) {
            whole.append("Host: localhost\r\n");
        }
        if (body.length > 0 && !head.contains("\r\nContent-Length:") && !head.contains("\r\nTransfer-Encoding:")) {
            whole.append("Content-Length: ").append(body.length).append("\r\n");
        }
        return exchange(port, whole.append("\r\n").toString().getBytes(UTF_8), body);
    }

    private static Answer exchange(int port, byte[] head, byte[] body) {
        long start = System.nanoTime();
        byte[] answer = {};
        int status = 0;
        try (Socket socket = new Socket()) {
            socket.setSoTimeout((int) HANGS.toMillis());
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            try {
                socket.getOutputStream().write(head);
                socket.getOutputStream().write(body);
                socket.getOutputStream().flush();
            } catch (SocketException e) {
                // It was refused before all of it was sent; the answer may be there all the same.
            }
            answer = read(socket.getInputStream());
        } catch (SocketTimeoutException e) {
            status = -1;
        } catch (SocketException e) {
            status = 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        String text = new String(answer, UTF_8);
        int end = text.indexOf("\r\n\r\n");
        return text.startsWith("HTTP/1.1 ") && end > 0
                ? new Answer(
                        Integer.parseInt(text.substring(9, 12)), text.substring(0, end), text.substring(end + 4), took)
                : new Answer(status, "", new String(answer, ISO_8859_1), took);
    }

    private static byte[] read(InputStream content) throws IOException {
        byte[] first = content.readNBytes(SO_MUCH_IS_LOOKED_AT);
        content.transferTo(java.io.OutputStream.nullOutputStream());
        return first;
    }
}
