package org.guiling.scan;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.lang.Nullable;

/** Speaks clamd's {@code INSTREAM} (clamd(8)): chunks, each after its length, an empty one at the end, then one answer. */
final class Clamd {

    private static final byte[] COMMAND = "zINSTREAM\0".getBytes(US_ASCII);
    private static final int CHUNK = 64 * 1024;
    private static final int LONGEST_ANSWER = 4096;
    private static final Pattern FOUND = Pattern.compile("stream: (.+) FOUND");
    private static final String CLEAN = "stream: OK";

    private final String host;
    private final int port;
    private final Path socket;
    private final Duration timeout;
    private final ScheduledExecutorService watchdog;

    /**
     * @param socket before host and port; null for these
     * @param timeout of a whole scan
     * @param watchdog ends what takes longer, by closing the connection
     */
    Clamd(String host, int port, @Nullable Path socket, Duration timeout, ScheduledExecutorService watchdog) {
        this.host = host;
        this.port = port;
        this.socket = socket;
        this.timeout = timeout;
        this.watchdog = watchdog;
    }

    /**
     * Scans a content.
     *
     * @return the name of what was found; empty where nothing was
     * @throws ScannerUnavailableException when there is no verdict
     * @throws IOException when the content cannot be read
     */
    Optional<String> scan(InputStream content) throws IOException {
        String answer = answer(content);
        Matcher found = FOUND.matcher(answer);
        if (found.matches()) {
            return Optional.of(found.group(1));
        }
        if (!answer.equals(CLEAN)) {
            throw new ScannerUnavailableException(answer.isEmpty() ? "No answer" : "The answer is: " + answer);
        }
        return Optional.empty();
    }

    private String answer(InputStream content) throws IOException {
        try (SocketChannel channel =
                socket == null ? SocketChannel.open() : SocketChannel.open(StandardProtocolFamily.UNIX)) {
            ScheduledFuture<?> end = watchdog.schedule(() -> close(channel), timeout.toMillis(), TimeUnit.MILLISECONDS);
            try {
                connect(channel);
                send(channel, content);
                return read(channel);
            } finally {
                end.cancel(false);
            }
        }
    }

    private void connect(SocketChannel channel) throws ScannerUnavailableException {
        SocketAddress address = socket == null ? new InetSocketAddress(host, port) : UnixDomainSocketAddress.of(socket);
        try {
            channel.connect(address);
        } catch (UnresolvedAddressException e) {
            throw new ScannerUnavailableException("Unknown host " + host);
        } catch (IOException e) {
            throw new ScannerUnavailableException(e);
        }
    }

    /** A scanner that has heard enough answers and closes; its answer says why. */
    private static void send(SocketChannel channel, InputStream content) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(Integer.BYTES + CHUNK);
        boolean heard = write(channel, ByteBuffer.wrap(COMMAND));
        for (int length = 1; heard && length > 0; ) {
            length = content.readNBytes(chunk.array(), Integer.BYTES, CHUNK);
            chunk.clear().putInt(0, length).limit(Integer.BYTES + length);
            heard = write(channel, chunk);
        }
    }

    private static boolean write(SocketChannel channel, ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String read(SocketChannel channel) throws ScannerUnavailableException {
        ByteBuffer answer = ByteBuffer.allocate(LONGEST_ANSWER);
        try {
            while (answer.hasRemaining() && channel.read(answer) >= 0) {
                if (answer.position() > 0 && answer.get(answer.position() - 1) == 0) {
                    break;
                }
            }
        } catch (IOException e) {
            throw new ScannerUnavailableException(e);
        }
        // Cut off by the end of the connection, it is no verdict.
        boolean whole = answer.position() > 0 && answer.get(answer.position() - 1) == 0;
        return whole ? new String(answer.array(), 0, answer.position() - 1, UTF_8) : "";
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // It is closed.
        }
    }
}
