package org.guiling.evidence.content;

import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.guiling.evidence.format.EvidenceProperties;
import org.guiling.secret.SecretFiles;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.StandardEnvironment;
import software.amazon.awssdk.services.s3.S3Client;

/** The store on S3Proxy, a server that speaks S3 and checks signatures: {@code mvn -Ps3 verify}. */
@Tag("s3")
class S3StoreTest extends StoreContract {

    private static final String BUCKET = "guiling";
    private static final String IDENTITY = "evidence";
    private static final String SECRET = "secret-of-the-test";
    private static final SecretFiles SECRETS = new SecretFiles(new StandardEnvironment());

    @TempDir
    static Path folder;

    private static Process server;
    private static int port;

    @BeforeAll
    static void start() throws IOException {
        port = freePort();
        Path buckets = Files.createDirectory(folder.resolve("buckets"));
        Path settings = Files.write(
                folder.resolve("s3proxy.properties"),
                List.of(
                        "s3proxy.authorization=aws-v2-or-v4",
                        "s3proxy.endpoint=http://127.0.0.1:" + port,
                        "s3proxy.identity=" + IDENTITY,
                        "s3proxy.credential=" + SECRET,
                        "jclouds.provider=filesystem",
                        "jclouds.filesystem.basedir=" + buckets,
                        "jclouds.identity=none",
                        "jclouds.credential=none"));
        server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-jar",
                        System.getProperty("guiling.s3proxy"),
                        "--properties",
                        settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(new File("target/s3proxy.log"))
                .start();
        await().atMost(Duration.ofMinutes(3)).ignoreExceptions().until(() -> {
            try (Socket open = new Socket("127.0.0.1", port)) {
                return open.isConnected();
            }
        });
        try (S3Client client = StoreConfiguration.client(settings(SECRET), SECRETS)) {
            client.createBucket(request -> request.bucket(BUCKET));
        }
    }

    @AfterAll
    static void stop() {
        server.destroy();
    }

    @Override
    ContentStore store() {
        return store(SECRET);
    }

    @Test
    void whoHasNotTheSecretIsNotLetIn() throws IOException {
        Path file = Files.writeString(folder.resolve("upload"), "x");
        ContentStore stranger = store("another");

        assertThatIOException().isThrownBy(() -> stranger.put("ab".repeat(32), file));
        assertThatIOException().isThrownBy(() -> stranger.open("ab".repeat(32)));
        assertThatIOException().isThrownBy(() -> stranger.size("ab".repeat(32)));
    }

    private static ContentStore store(String secret) {
        EvidenceProperties.S3 settings = settings(secret);
        return new S3Store(StoreConfiguration.client(settings, SECRETS), settings.bucket(), settings.prefix());
    }

    private static EvidenceProperties.S3 settings(String secret) {
        return new EvidenceProperties.S3(
                URI.create("http://127.0.0.1:" + port), "us-east-1", BUCKET, "evidence/", IDENTITY, secret, true);
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
