package org.guiling.web.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.guiling.GuilingTest;
import org.guiling.web.support.Caller;
import org.guiling.web.support.RawHttp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Bodies that come a byte at a time, on real sockets: more of them than the server has threads. */
@GuilingTest
class SlowBodiesTest {

    private static final int MORE_THAN_THREADS = 220;
    /** Of guiling.requests.proxies in application-test.yaml. */
    private static final String PROXY = "127.0.0.77";

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
        DrippingSockets slow = DrippingSockets.open(
                port,
                path,
                MORE_THAN_THREADS,
                i -> "Cookie: JSESSIONID=none\r\n".repeat(i % 2),
                Duration.ofMillis(500));
        try (slow) {
            for (int i = 0; i < 5; i++) {
                RawHttp.Answer answer = RawHttp.send(port, "GET /login HTTP/1.1\r\nAccept: text/html", new byte[0]);
                assertThat(answer.status()).isEqualTo(200);
            }
            Caller.answer(Caller.script(port, "handler").get("/api/tasks"), 200);
        }
        assertThat(slow.sent()).isPositive();
    }

    @Test
    void theBodyOfAStrangerIsNotWaitedFor() throws IOException {
        try (Socket socket = DrippingSockets.begun(port, "/items/columns", "", 10_000)) {
            DrippingSockets.drip(socket, new AtomicInteger());
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
        try (Socket socket = DrippingSockets.begun(
                port,
                "/login",
                "Cookie: JSESSIONID=" + visitor.cookie("JSESSIONID").orElse("") + "\r\n",
                form.length())) {
            sendInTwoParts(socket, form);
            byte[] first = socket.getInputStream().readNBytes(12);

            assertThat(new String(first, UTF_8)).isEqualTo("HTTP/1.1 302");
        }
    }

    /** Over a slow line the body comes after the head; nobody has signed on before they go to the provider. */
    @Test
    void theWayToTheProviderIsReadInTwoPartsAsWell() throws IOException {
        Caller visitor = Caller.visitor(port);
        String form = "_csrf=" + visitor.csrf("/login");
        try (Socket socket = DrippingSockets.begun(
                port,
                "/oauth2/authorization/provider",
                "Cookie: guiling-csrf=" + visitor.cookie("guiling-csrf").orElseThrow() + "\r\n",
                form.length())) {
            sendInTwoParts(socket, form);
            byte[] head = new byte[2_000];
            int read = socket.getInputStream().read(head);

            assertThat(new String(head, 0, read, UTF_8)).doesNotContain("expired");
        }
    }

    private void sendInTwoParts(Socket socket, String form) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(form.substring(0, 5).getBytes(UTF_8));
        out.flush();
        // Long enough for the server to have begun to wait for the rest; the answer is the same if it has not.
        Caller.visitor(port).get("/login");
        out.write(form.substring(5).getBytes(UTF_8));
        out.flush();
        socket.setSoTimeout(15_000);
    }

    /** All of them come from the proxy's address. */
    @Test
    void whoSignsOnBehindAProxyIsNoneOfThoseWhoDripThere() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 12; i++) {
                slow.add(begunBehindProxy("198.51.100." + i, 10_000));
                DrippingSockets.drip(slow.get(i), new AtomicInteger());
            }
            Caller.visitor(port).get("/login");
            String form = "username=handler&password=guiling-demo";
            try (Socket socket = begunBehindProxy("203.0.113.9", form.length())) {
                sendInTwoParts(socket, form);

                // Back to the form, which gives the token that this one lacks.
                assertThat(new String(socket.getInputStream().readNBytes(12), UTF_8))
                        .isEqualTo("HTTP/1.1 302");
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private Socket begunBehindProxy(String client, int length) throws IOException {
        return DrippingSockets.begun(PROXY, port, "/login", "X-Forwarded-For: " + client + "\r\n", length);
    }

    @Test
    void aRefusedUploadOfSomebodySignedOnIsAnsweredThoughAllOfItIsSent() {
        byte[] content = new byte[25 * 1024 * 1024];

        assertThat(Caller.script(port, "registrar")
                        .upload("/api/imports", "l.csv", content, Map.of("profile", "ledger"))
                        .statusCode())
                .isEqualTo(413);
    }
}
