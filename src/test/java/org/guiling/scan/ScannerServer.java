package org.guiling.scan;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Speaks clamd's INSTREAM as clamd(8) describes it, and finds the test file of EICAR; or misbehaves as it is told to. */
public final class ScannerServer implements AutoCloseable {

    /** Every scanner finds this: the test file of EICAR, which harms nobody. In two parts, so that no scanner finds it here. */
    public static final String EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*";

    static final String NAME = "Eicar-Test-Signature";

    /** Its way of answering. */
    public enum Mood {
        WORKS,
        /** Closes every connection at once. */
        CLOSES,
        /** Reads and never answers. */
        SILENT,
        /** Stops reading. */
        DEAF,
        /** Refuses in the middle, as clamd does behind its StreamMaxLength. */
        FULL,
        /** Ends its answer in the middle. */
        CUT
    }

    private final ServerSocket server;
    private final List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
    private final List<Socket> held = Collections.synchronizedList(new ArrayList<>());
    private volatile Mood mood = Mood.WORKS;

    public ScannerServer() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "scanner");
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return server.getLocalPort();
    }

    public void be(Mood other) {
        mood = other;
    }

    /** The sizes of what was scanned, in its order. */
    public List<Integer> sizes() {
        synchronized (sizes) {
            return List.copyOf(sizes);
        }
    }

    /** Number of connections so far. */
    public int connections() {
        return held.size();
    }

    /** Closes every connection. */
    public void hangUp() throws IOException {
        for (Socket socket : List.copyOf(held)) {
            socket.close();
        }
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                held.add(socket);
                Thread thread = new Thread(() -> answer(socket), "scan");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    private void answer(Socket socket) {
        try {
            if (mood == Mood.DEAF) {
                return;
            }
            if (mood != Mood.CLOSES) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                byte[] command = in.readNBytes(10);
                if (!new String(command, US_ASCII).equals("zINSTREAM\0")) {
                    socket.getOutputStream().write("UNKNOWN COMMAND\0".getBytes(US_ASCII));
                } else {
                    socket.getOutputStream().write(verdict(in).getBytes(UTF_8));
                }
            }
            if (mood != Mood.SILENT) {
                socket.close();
            }
        } catch (IOException e) {
            // The other side has gone.
        }
    }

    private String verdict(DataInputStream in) throws IOException {
        if (mood == Mood.FULL) {
            in.readNBytes(in.readInt());
            return "INSTREAM size limit exceeded. ERROR\0";
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (int length = in.readInt(); length != 0; length = in.readInt()) {
            content.write(in.readNBytes(length));
        }
        if (mood == Mood.SILENT) {
            return "";
        }
        sizes.add(content.size());
        boolean found = content.toString(US_ASCII).contains(EICAR);
        if (mood == Mood.CUT) {
            return "stream: OK";
        }
        return found ? "stream: " + NAME + " FOUND\0" : "stream: OK\0";
    }

    @Override
    public void close() throws IOException {
        server.close();
        hangUp();
    }
}
