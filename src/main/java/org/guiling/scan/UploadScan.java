package org.guiling.scan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.io.InputStreamSource;
import org.springframework.stereotype.Service;

/** Has uploads scanned before they are stored. To be asked outside of transactions: the scanner takes its time. */
@Service
@EnableConfigurationProperties(ScanProperties.class)
public class UploadScan implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(UploadScan.class);

    private final ScanProperties properties;
    private final MalwareFindings findings;
    private final ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "scan-watchdog");
        thread.setDaemon(true);
        return thread;
    });
    private final Clamd clamd;

    UploadScan(ScanProperties properties, MalwareFindings findings) {
        this.properties = properties;
        this.findings = findings;
        this.clamd =
                new Clamd(properties.host(), properties.port(), properties.socket(), properties.timeout(), watchdog);
    }

    /** True where uploads are scanned at all. */
    public boolean isOn() {
        return properties.isOn();
    }

    /**
     * For what cannot be looked at again later: passes where the scan is off or finds nothing.
     *
     * @param bytes how large it is
     * @throws RefusedException when something is found, it is too large for the scanner, or the scanner gives no verdict
     */
    public void requireClean(String name, long bytes, InputStreamSource content) {
        if (isOn()) {
            try {
                scan(name, bytes, content);
            } catch (ScannerUnavailableException e) {
                log.warn("No verdict on an upload: {}", e.getMessage());
                throw unavailable();
            }
        }
    }

    /**
     * For what is kept and can be scanned later.
     *
     * @return whether it was scanned; false where the scan is off, and where the scanner gives no verdict and the settings accept
     *     that
     * @throws RefusedException as for {@link #requireClean}
     */
    public boolean isScanned(String name, long bytes, InputStreamSource content) {
        if (!isOn()) {
            return false;
        }
        try {
            scan(name, bytes, content);
            return true;
        } catch (ScannerUnavailableException e) {
            log.warn("No verdict on an upload: {}", e.getMessage());
            if (properties.whenUnavailable() == ScanProperties.WhenUnavailable.REFUSE) {
                throw unavailable();
            }
            return false;
        }
    }

    /**
     * Scans what is stored.
     *
     * @return the name of what was found; empty where nothing was
     * @throws ScannerUnavailableException when there is no verdict
     */
    public Optional<String> malwareIn(InputStream content) throws IOException {
        return clamd.scan(content);
    }

    /** Says that something was found in a file. */
    public static RefusedException infected(String name, String malware) {
        return refused(RefusedException.Kind.UNPROCESSABLE, "refusal.scan.infected", name, malware);
    }

    @Override
    public void destroy() {
        watchdog.shutdownNow();
    }

    private void scan(String name, long bytes, InputStreamSource content) throws ScannerUnavailableException {
        if (bytes > properties.largest().toBytes()) {
            throw refused(
                    RefusedException.Kind.UNPROCESSABLE,
                    "refusal.scan.large",
                    name,
                    properties.largest().toMegabytes());
        }
        Optional<String> malware;
        try (InputStream stream = content.getInputStream()) {
            malware = clamd.scan(stream);
        } catch (ScannerUnavailableException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the uploaded file", e);
        }
        if (malware.isPresent()) {
            findings.found(name, malware.get(), false, List.of());
            throw infected(name, malware.get());
        }
    }

    private static RefusedException unavailable() {
        return refused(RefusedException.Kind.UNAVAILABLE, "refusal.scan.unavailable");
    }

    private static RefusedException refused(RefusedException.Kind kind, String code, Object... arguments) {
        return new RefusedException(kind, List.of(Problem.of("file", code, arguments)));
    }
}
