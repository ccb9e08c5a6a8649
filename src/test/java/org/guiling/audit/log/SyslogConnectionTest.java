package org.guiling.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyslogConnectionTest {

    @TempDir
    private Path folder;

    @Test
    void aConnectionThatWasResetBeforeTheCloseNotifyDidNotTakeTheBatch() throws Exception {
        try (SyslogConnection connection = new SyslogConnection()) {
            SSLSocket socket = afterHandshake(connection, true);
            socket.shutdownOutput();

            assertThat(socket.getInputStream().read()).as("TLS sees an end").isNegative();
            assertThatThrownBy(connection::requireWritten).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aConnectionThatEndsInOrderTookTheBatch() throws Exception {
        try (SyslogConnection connection = new SyslogConnection()) {
            SSLSocket socket = afterHandshake(connection, false);
            socket.shutdownOutput();

            assertThat(socket.getInputStream().read()).isNegative();
            assertThatCode(connection::requireWritten).doesNotThrowAnyException();
        }
    }

    /** @param reset whether the other side has reset the connection by now */
    private SSLSocket afterHandshake(SyslogConnection connection, boolean reset) throws Exception {
        Path keys = Collector.keys(folder, "collector", "ip:127.0.0.1");
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            CompletableFuture<Socket> other = CompletableFuture.supplyAsync(() -> accept(server, keys));
            connection.connect(server.getLocalSocketAddress());
            SSLContext tls = Collector.tls(null, keys);
            SSLSocket socket = (SSLSocket)
                    tls.getSocketFactory().createSocket(connection, "127.0.0.1", server.getLocalPort(), false);
            // Whatever TLS 1.3 sends behind its handshake is not read here, and would be an end of another kind.
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.startHandshake();
            Socket accepted = other.get();
            accepted.setSoLinger(reset, 0);
            accepted.close();
            return socket;
        }
    }

    private static Socket accept(ServerSocket server, Path keys) {
        try {
            Socket plain = server.accept();
            SSLSocket socket =
                    (SSLSocket) Collector.tls(keys, keys).getSocketFactory().createSocket(plain, null, false);
            socket.setUseClientMode(false);
            socket.startHandshake();
            return plain;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
