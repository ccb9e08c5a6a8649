package org.guiling.audit.log;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A syslog collector of RFC 5425: a TLS server that reads frames by their count, and drops the connection when it is told to. */
final class Collector implements AutoCloseable {

    private static final char[] PASSWORD = "collector".toCharArray();

    private final ServerSocket server;
    private final SSLContext tls;
    private final boolean wantsCertificate;
    private final List<String> messages = Collections.synchronizedList(new ArrayList<>());
    private volatile int dropAfter = -1;
    private volatile boolean deaf;

    /** @param trusted whose client certificate it wants; null for none */
    Collector(SSLContext tls, boolean wantsCertificate) throws IOException {
        this.tls = tls;
        this.wantsCertificate = wantsCertificate;
        server = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
        Thread thread = new Thread(this::serve, "collector");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    /** Messages that were received whole, in their order. */
    List<String> messages() {
        synchronized (messages) {
            return List.copyOf(messages);
        }
    }

    /** The next connection breaks after so many messages. */
    void dropAfter(int messages) {
        dropAfter = messages;
    }

    /** The next connection is accepted, and nothing is read. */
    void beDeaf() {
        deaf = true;
    }

    /** A key store with a key and a certificate for a name, made by the JDK's keytool. */
    static Path keys(Path folder, String alias, String subjectAlternativeName) {
        Path store = folder.resolve(alias + ".p12");
        try {
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            alias,
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=" + alias,
                            "-ext",
                            "san=" + subjectAlternativeName,
                            "-validity",
                            "3650",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            store.toString(),
                            "-storepass",
                            new String(PASSWORD))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("keytool.log").toFile())
                    .start();
            if (!keytool.waitFor(1, TimeUnit.MINUTES) || keytool.exitValue() != 0) {
                throw new IllegalStateException(Files.readString(folder.resolve("keytool.log")));
            }
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * @param own the key store to show; null for none
     * @param trusted the key store whose certificates are trusted
     */
    static SSLContext tls(Path own, Path trusted) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManagerFactory keys = null;
            if (own != null) {
                keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                keys.init(load(own), PASSWORD);
            }
            KeyStore trust = KeyStore.getInstance("PKCS12");
            trust.load(null, null);
            KeyStore others = load(trusted);
            for (String alias : Collections.list(others.aliases())) {
                trust.setCertificateEntry(alias, others.getCertificate(alias));
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trust);
            context.init(keys == null ? null : keys.getKeyManagers(), managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore load(Path store) throws GeneralSecurityException, IOException {
        try (InputStream content = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(content, PASSWORD);
            return keys;
        }
    }

    private void serve() {
        List<Socket> held = new ArrayList<>();
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                if (deaf) {
                    deaf = false;
                    held.add(socket);
                } else {
                    receive(socket);
                }
            } catch (IOException e) {
                // The other side does not trust us, or was told to go.
            }
        }
        held.forEach(Collector::close);
    }

    private void receive(Socket plain) throws IOException {
        try (plain;
                SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, null, false)) {
            socket.setUseClientMode(false);
            socket.setNeedClientAuth(wantsCertificate);
            InputStream in = socket.getInputStream();
            for (int length = length(in); length >= 0; length = length(in)) {
                if (dropAfter == 0) {
                    dropAfter = -1;
                    // Without a word of TLS: a collector that breaks down says no goodbye.
                    plain.setSoLinger(true, 0);
                    plain.close();
                    return;
                }
                dropAfter--;
                messages.add(new String(in.readNBytes(length), UTF_8));
            }
        }
    }

    /** MSG-LEN SP; -1 at the end. */
    private static int length(InputStream in) throws IOException {
        StringBuilder digits = new StringBuilder();
        for (int c = in.read(); c != ' '; c = in.read()) {
            if (c < 0) {
                return -1;
            }
            digits.append((char) c);
        }
        String length = new String(digits.toString().getBytes(US_ASCII), US_ASCII);
        if (!length.matches("[1-9][0-9]*")) {
            throw new IOException("No count: " + length);
        }
        return Integer.parseInt(length);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
