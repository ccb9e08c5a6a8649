package org.guiling.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real Keycloak, unpacked by {@code -Pkeycloak}, with the realm of {@code keycloak/guiling-realm.json}. */
final class Keycloak implements AutoCloseable {

    private static final Path HOME = Path.of("target", "keycloak");
    private static final Path LOG = Path.of("target", "keycloak.log");
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final Process process;
    private final String issuer;

    Keycloak() {
        int port = freePort();
        issuer = "http://127.0.0.1:" + port + "/realms/guiling";
        try {
            Path imports = Files.createDirectories(home().resolve("data/import"));
            Files.copy(
                    Path.of("src/test/resources/keycloak/guiling-realm.json"),
                    imports.resolve("guiling-realm.json"),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            ProcessBuilder builder = new ProcessBuilder(List.of(
                    "sh",
                    home().resolve("bin/kc.sh").toString(),
                    "start-dev",
                    "--import-realm",
                    "--db=dev-mem",
                    "--http-host=127.0.0.1",
                    "--http-port=" + port));
            // Else it runs on the Java of the shell, whichever that is.
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().put("KC_CACHE", "local");
            process = builder.redirectErrorStream(true)
                    .redirectOutput(LOG.toFile())
                    .start();
            awaitRealm();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String issuer() {
        return issuer;
    }

    private static Path home() throws IOException {
        try (var unpacked = Files.list(HOME)) {
            return unpacked.filter(folder -> Files.isRegularFile(folder.resolve("bin/kc.sh")))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("No Keycloak in " + HOME + ": run with -Pkeycloak"))
                    .toAbsolutePath();
        }
    }

    private void awaitRealm() {
        Instant latest = Instant.now().plus(TIMEOUT);
        HttpRequest request = HttpRequest.newBuilder(URI.create(issuer + "/.well-known/openid-configuration"))
                .build();
        HttpClient client = HttpClient.newHttpClient();
        while (Instant.now().isBefore(latest) && process.isAlive()) {
            try {
                if (client.send(request, BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // It does not listen yet.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
            java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
        }
        close();
        throw new IllegalStateException("Keycloak does not answer; see " + LOG);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}
