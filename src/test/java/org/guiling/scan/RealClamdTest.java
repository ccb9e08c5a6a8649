package org.guiling.scan;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real clamd with a signature of our own for the test file of EICAR, over its Unix socket and over TCP. Skipped, and says so,
 * where clamd is not installed: {@code apt-get install clamav-daemon}.
 */
@Tag("integration")
class RealClamdTest {

    private static final int STREAM_MAX_LENGTH = 1024 * 1024;

    @TempDir
    static Path folder;

    private static final ScheduledExecutorService WATCHDOG = Executors.newSingleThreadScheduledExecutor();
    private static Process process;
    private static Path socket;
    private static int port;

    @BeforeAll
    static void start() throws IOException {
        Optional<Path> clamd = Stream.of("/usr/sbin/clamd", "/usr/bin/clamd", "/usr/local/sbin/clamd")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(clamd.isPresent(), "clamd is not installed: the scan was tried against the protocol alone");
        Path signatures = Files.createDirectory(folder.resolve("signatures"));
        // Extended signature: name, any type of file, any place, the string in hexadecimal digits.
        Files.writeString(
                signatures.resolve("test.ndb"),
                "Guiling.Eicar.Test:0:*:" + HexFormat.of().formatHex(ScannerServer.EICAR.getBytes(US_ASCII)) + "\n");
        socket = folder.resolve("clamd.sock");
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path settings = Files.write(
                folder.resolve("clamd.conf"),
                List.of(
                        "Foreground yes",
                        "DatabaseDirectory " + signatures,
                        "LocalSocket " + socket,
                        "TCPSocket " + port,
                        "TCPAddr 127.0.0.1",
                        "StreamMaxLength " + STREAM_MAX_LENGTH,
                        "MaxThreads 2",
                        "User " + System.getProperty("user.name")));
        process = new ProcessBuilder(clamd.get().toString(), "--config-file=" + settings)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("clamd.log").toFile())
                .start();
        await().atMost(2, TimeUnit.MINUTES).until(() -> {
            assertThat(process.isAlive())
                    .as(() -> read(folder.resolve("clamd.log")))
                    .isTrue();
            return Files.exists(socket);
        });
    }

    @AfterAll
    static void stop() throws InterruptedException {
        WATCHDOG.shutdownNow();
        if (process != null) {
            process.destroy();
            process.waitFor(1, TimeUnit.MINUTES);
        }
    }

    @Test
    void findsOverBothSockets() throws IOException {
        for (Clamd clamd : List.of(
                new Clamd(null, 1, socket, Duration.ofMinutes(1), WATCHDOG),
                new Clamd("127.0.0.1", port, null, Duration.ofMinutes(1), WATCHDOG))) {
            assertThat(scan(clamd, ScannerServer.EICAR.getBytes(US_ASCII)))
                    .hasValueSatisfying(name -> assertThat(name).startsWith("Guiling.Eicar.Test"));
            assertThat(scan(clamd, "minutes of a meeting".getBytes(US_ASCII))).isEmpty();
            assertThat(scan(clamd, new byte[STREAM_MAX_LENGTH - 1])).isEmpty();
        }
    }

    @Test
    void findsWithinAnOfficeFile() throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(content)) {
            zip.putNextEntry(new ZipEntry("word/embeddings/object.bin"));
            zip.write(ScannerServer.EICAR.getBytes(US_ASCII));
        }
        Clamd clamd = new Clamd(null, 1, socket, Duration.ofMinutes(1), WATCHDOG);
        assertThat(scan(clamd, content.toByteArray())).isPresent();
    }

    @Test
    void whatIsTooLargeForItHasNoVerdict() {
        Clamd clamd = new Clamd("127.0.0.1", port, null, Duration.ofMinutes(1), WATCHDOG);
        assertThatExceptionOfType(ScannerUnavailableException.class)
                .isThrownBy(() -> scan(clamd, new byte[STREAM_MAX_LENGTH * 20]));
    }

    private static Optional<String> scan(Clamd clamd, byte[] content) throws IOException {
        return clamd.scan(new ByteArrayInputStream(content));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
