package org.guiling.scan;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.guiling.scan.ScannerServer.Mood;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol against a server that speaks it, and against one that does not keep to it. */
class ClamdTest {

    private final ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor();
    private ScannerServer server;

    @BeforeEach
    void start() {
        server = new ScannerServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        watchdog.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 65535, 65536, 65537, 1_000_000})
    void theScannerSeesTheWholeContent(int size) throws IOException {
        assertThat(clamd(Duration.ofMinutes(1)).scan(new ByteArrayInputStream(new byte[size])))
                .isEmpty();
        assertThat(server.sizes()).containsExactly(size);
    }

    @Test
    void whatIsFoundIsNamedWhereverItStands() throws IOException {
        byte[] content = new byte[200_000];
        byte[] eicar = ScannerServer.EICAR.getBytes(US_ASCII);
        System.arraycopy(eicar, 0, content, 65_500, eicar.length);
        assertThat(clamd(Duration.ofMinutes(1)).scan(new ByteArrayInputStream(content)))
                .isEqualTo(Optional.of(ScannerServer.NAME));
    }

    @ParameterizedTest
    @EnumSource(value = Mood.class, names = "WORKS", mode = EnumSource.Mode.EXCLUDE)
    void aScannerThatDoesNotAnswerAsItShouldGivesNoVerdict(Mood mood) {
        server.be(mood);
        Clamd clamd = clamd(mood == Mood.SILENT || mood == Mood.DEAF ? Duration.ofMillis(300) : Duration.ofMinutes(1));
        assertThatExceptionOfType(ScannerUnavailableException.class)
                .isThrownBy(() -> clamd.scan(new ByteArrayInputStream(new byte[20_000_000])));
    }

    @Test
    void neitherDoesOneThatIsNotThere() throws IOException {
        server.close();
        assertThatExceptionOfType(ScannerUnavailableException.class)
                .isThrownBy(() -> clamd(Duration.ofMinutes(1)).scan(InputStream.nullInputStream()));
        Clamd unnamed = new Clamd("no-such-host.invalid", 3310, null, Duration.ofMinutes(1), watchdog);
        assertThatExceptionOfType(ScannerUnavailableException.class)
                .isThrownBy(() -> unnamed.scan(InputStream.nullInputStream()));
        Clamd noSocket = new Clamd(null, 1, Path.of("no-such-socket"), Duration.ofMinutes(1), watchdog);
        assertThatExceptionOfType(ScannerUnavailableException.class)
                .isThrownBy(() -> noSocket.scan(InputStream.nullInputStream()));
    }

    private Clamd clamd(Duration timeout) {
        return new Clamd("127.0.0.1", server.port(), null, timeout, watchdog);
    }
}
