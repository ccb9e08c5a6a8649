package org.guiling.audit.log;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A collector by TLS with octet counting (RFC 5425). Syslog has no receipts. So each batch has a connection of its own and ends with
 * our close_notify: the collector closes when it has read all of it (RFC 5425, 4.4), and only then has the batch arrived. What had
 * arrived of a batch that broke off comes again, with the same numbers.
 */
final class SyslogSink implements LogSink {

    private final LogProperties.Syslog settings;
    private final SyslogMessage message;
    private final Supplier<SSLContext> tls;
    private final ScheduledExecutorService watchdog;

    /** @param tls asked for each batch, so that a certificate that was exchanged counts */
    SyslogSink(
            LogProperties.Syslog settings,
            SyslogMessage message,
            Supplier<SSLContext> tls,
            ScheduledExecutorService watchdog) {
        this.settings = settings;
        this.message = message;
        this.tls = tls;
        this.watchdog = watchdog;
    }

    @Override
    public String name() {
        return "syslog";
    }

    @Override
    public String target() {
        return settings.host() + ":" + settings.port();
    }

    @Override
    public Content content(LoggedEvent event, long n, String before) {
        return message.of(event, n, before);
    }

    @Override
    public void send(List<Made> lines) throws IOException {
        byte[] frames = frames(lines);
        int timeout = Math.toIntExact(settings.timeout().toMillis());
        try (SyslogConnection plain = new SyslogConnection()) {
            // A write waits for as long as the other side does not read; nothing but closing ends that.
            ScheduledFuture<?> end = watchdog.schedule(() -> close(plain), timeout * 2L, TimeUnit.MILLISECONDS);
            try {
                plain.connect(new InetSocketAddress(settings.host(), settings.port()), timeout);
                plain.setSoTimeout(timeout);
                send(plain, frames);
            } finally {
                end.cancel(false);
            }
        }
    }

    private void send(SyslogConnection plain, byte[] frames) throws IOException {
        // Left open here: closing it would write, and wait; whoever opened the connection below closes that.
        SSLSocket socket =
                (SSLSocket) tls.get().getSocketFactory().createSocket(plain, settings.host(), settings.port(), false);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        socket.getOutputStream().write(frames);
        socket.getOutputStream().flush();
        socket.shutdownOutput();
        InputStream answer = socket.getInputStream();
        while (answer.read() >= 0) {
            // A collector says nothing; what it says all the same means nothing.
        }
        plain.requireWritten();
    }

    private static byte[] frames(List<Made> lines) throws IOException {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (Made line : lines) {
            byte[] content = line.text().getBytes(UTF_8);
            frames.write((content.length + " ").getBytes(US_ASCII));
            frames.write(content);
        }
        return frames.toByteArray();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed.
        }
    }
}
