package org.guiling.web.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Requests whose bodies come a byte at a time, on real sockets. */
public final class DrippingSockets implements AutoCloseable {

    private static final int LENGTH = 10_000;

    private final List<Socket> sockets = new ArrayList<>();
    private final AtomicInteger sent = new AtomicInteger();
    private final ScheduledExecutorService dripping = Executors.newSingleThreadScheduledExecutor();

    private DrippingSockets() {}

    /** @param headers of each of them, whole lines */
    public static DrippingSockets open(int port, String path, int count, IntFunction<String> headers, Duration between)
            throws IOException {
        DrippingSockets all = new DrippingSockets();
        try {
            for (int i = 0; i < count; i++) {
                all.sockets.add(begun(port, path, headers.apply(i), LENGTH));
            }
        } catch (IOException e) {
            all.close();
            throw e;
        }
        all.dripping.scheduleAtFixedRate(
                () -> all.sockets.forEach(socket -> drip(socket, all.sent)),
                0,
                between.toMillis(),
                TimeUnit.MILLISECONDS);
        return all;
    }

    /** A request whose head is sent. */
    static Socket begun(int port, String path, String headers, int length) throws IOException {
        return begun("127.0.0.1", port, path, headers, length);
    }

    /** @param from an address of this machine */
    static Socket begun(String from, int port, String path, String headers, int length) throws IOException {
        Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port, InetAddress.getByName(from), 0);
        socket.getOutputStream()
                .write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n" + headers
                                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + length
                                + "\r\n\r\n")
                        .getBytes(UTF_8));
        socket.getOutputStream().flush();
        return socket;
    }

    static void drip(Socket socket, AtomicInteger sent) {
        try {
            socket.getOutputStream().write('a');
            socket.getOutputStream().flush();
            sent.incrementAndGet();
        } catch (IOException e) {
            // The server has closed it: just what it should do.
        }
    }

    public int sent() {
        return sent.get();
    }

    @Override
    public void close() throws IOException {
        dripping.shutdownNow();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
