package org.guiling.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.guiling.GuilingTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Bodies that come a byte at a time, on real sockets: more of them than the server has threads. */
@GuilingTest
class SlowBodiesTest {

    private static final int MORE_THAN_THREADS = 220;

    @LocalServerPort
    int port;

    @ParameterizedTest(name = "220 bodies of {0}")
    @ValueSource(
            strings = {
                "/login",
                "/api/items",
                "/items/columns",
                "/engine-rest/task",
                "/camunda/api/engine",
                "/scim/v2/Users"
            })
    void whoSendsAByteAtATimeKeepsNobodyWaiting(String path) throws IOException {
        List<Socket> slow = new ArrayList<>();
        AtomicInteger sent = new AtomicInteger();
        ScheduledExecutorService dripping = Executors.newSingleThreadScheduledExecutor();
        try {
            for (int i = 0; i < MORE_THAN_THREADS; i++) {
                slow.add(begun(path, "Cookie: JSESSIONID=none\r\n".repeat(i % 2), 10_000));
            }
            dripping.scheduleAtFixedRate(
                    () -> slow.forEach(socket -> drip(socket, sent)), 0, 500, TimeUnit.MILLISECONDS);

            for (int i = 0; i < 5; i++) {
                RawHttp.Answer answer = RawHttp.send(port, "GET /login HTTP/1.1\r\nAccept: text/html", new byte[0]);
                assertThat(answer.status()).isEqualTo(200);
            }
            Caller.answer(Caller.script(port, "handler").get("/api/tasks"), 200);
        } finally {
            dripping.shutdownNow();
            for (Socket socket : slow) {
                socket.close();
            }
        }
        assertThat(sent).hasPositiveValue();
    }

    @Test
    void theBodyOfAStrangerIsNotWaitedFor() throws IOException {
        try (Socket socket = begun("/items/columns", "", 10_000)) {
            drip(socket, new AtomicInteger());
            socket.setSoTimeout(15_000);

            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 302");
        }
    }

    @Test
    void aLoginFormThatIsTooLargeSignsNobodyOn() {
        byte[] body = ("username=x&password=" + "x".repeat(100_000)).getBytes(UTF_8);

        RawHttp.Answer answer = RawHttp.send(
                port,
                "POST /login HTTP/1.1\r\nAccept: text/html\r\nContent-Type: application/x-www-form-urlencoded",
                body);

        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void aLoginFormThatComesInTwoPartsIsRead() throws IOException {
        Caller visitor = Caller.visitor(port);
        String token = visitor.csrf("/login");
        String form = "username=handler&password=guiling-demo&_csrf=" + token;
        try (Socket socket = begun(
                "/login", "Cookie: JSESSIONID=" + visitor.cookie("JSESSIONID").orElse("") + "\r\n", form.length())) {
            OutputStream out = socket.getOutputStream();
            out.write(form.substring(0, 5).getBytes(UTF_8));
            out.flush();
            // Long enough for the server to have begun to wait for the rest; the answer is the same if it has not.
            Caller.visitor(port).get("/login");
            out.write(form.substring(5).getBytes(UTF_8));
            out.flush();
            socket.setSoTimeout(15_000);
            byte[] first = socket.getInputStream().readNBytes(12);

            assertThat(new String(first, UTF_8)).isEqualTo("HTTP/1.1 302");
        }
    }

    @Test
    void aRefusedUploadOfSomebodySignedOnIsAnsweredThoughAllOfItIsSent() {
        byte[] content = new byte[25 * 1024 * 1024];

        assertThat(Caller.script(port, "registrar")
                        .upload("/api/imports", "l.csv", content, Map.of("profile", "ledger"))
                        .statusCode())
                .isEqualTo(413);
    }

    private Socket begun(String path, String headers, int length) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.getOutputStream()
                .write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n" + headers
                                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + length
                                + "\r\n\r\n")
                        .getBytes(UTF_8));
        socket.getOutputStream().flush();
        return socket;
    }

    private static void drip(Socket socket, AtomicInteger sent) {
        try {
            socket.getOutputStream().write('a');
            socket.getOutputStream().flush();
            sent.incrementAndGet();
        } catch (IOException e) {
            // The server has closed it: just what it should do.
        }
    }
}
