package org.guiling.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import org.guiling.refusal.RefusedException;
import org.guiling.scan.ScanProperties.WhenUnavailable;
import org.guiling.scan.ScannerServer.Mood;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.unit.DataSize;

/** Uploads while the scanner gives no verdict, setting by setting. */
class UploadScanWithoutVerdictTest {

    private static final ByteArrayResource CONTENT = new ByteArrayResource(new byte[10]);

    private final ScannerServer server = new ScannerServer();

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void evidenceIsRefusedUnlessTheSettingsAcceptIt() {
        server.be(Mood.CLOSES);
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> scan(WhenUnavailable.REFUSE).isScanned("a.pdf", 10, CONTENT))
                .matches(refused -> refused.kind() == RefusedException.Kind.UNAVAILABLE);
        assertThat(scan(WhenUnavailable.ACCEPT_AND_MARK).isScanned("a.pdf", 10, CONTENT))
                .isFalse();
        server.be(Mood.WORKS);
        assertThat(scan(WhenUnavailable.REFUSE).isScanned("a.pdf", 10, CONTENT)).isTrue();
    }

    @Test
    void whatCannotBeScannedLaterIsRefusedWithEither() {
        server.be(Mood.CLOSES);
        for (WhenUnavailable setting : WhenUnavailable.values()) {
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> scan(setting).requireClean("a.xlsx", 10, CONTENT))
                    .matches(refused -> refused.kind() == RefusedException.Kind.UNAVAILABLE);
        }
    }

    @Test
    void whatIsLargerThanTheScannerSeesIsRefusedWithEither() {
        for (WhenUnavailable setting : WhenUnavailable.values()) {
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> scan(setting).isScanned("a.pdf", 1024 * 1024 + 1, CONTENT))
                    .matches(refused -> refused.kind() == RefusedException.Kind.UNPROCESSABLE);
        }
        assertThat(server.sizes()).isEmpty();
    }

    private UploadScan scan(WhenUnavailable setting) {
        return new UploadScan(
                new ScanProperties(
                        "127.0.0.1", server.port(), null, Duration.ofMinutes(1), DataSize.ofMegabytes(1), setting),
                null);
    }
}
