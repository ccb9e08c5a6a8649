package org.guiling.scan;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The scanner of uploads. Off where neither a host nor a socket is named.
 *
 * @param host of clamd; null for none
 * @param socket clamd's Unix socket, before the host; null for none
 * @param timeout of one scan, from connecting to the answer
 * @param largest what is larger is refused: nothing that the scanner does not see whole is taken
 * @param whenUnavailable what becomes of evidence while the scanner does not answer; other uploads are refused
 */
@Validated
@ConfigurationProperties("guiling.evidence.scan")
record ScanProperties(
        String host,
        @Min(1) @Max(65535) @DefaultValue("3310") int port,
        Path socket,
        @NotNull @DefaultValue("PT60S") Duration timeout,
        @NotNull @DefaultValue("200MB") DataSize largest,
        @NotNull @DefaultValue("REFUSE") WhenUnavailable whenUnavailable) {

    enum WhenUnavailable {
        REFUSE,
        ACCEPT_AND_MARK
    }

    boolean isOn() {
        return socket != null || host != null && !host.isBlank();
    }
}
