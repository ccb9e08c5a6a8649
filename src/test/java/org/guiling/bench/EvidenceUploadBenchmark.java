package org.guiling.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.guiling.GuilingTest;
import org.guiling.engine.LifeCycle;
import org.guiling.evidence.format.EvidenceProperties;
import org.guiling.item.ItemStatus;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/**
 * Ten uploads of 100 MB at once into a heap of 512 MB, application and senders together. Alone in its JVM, which it says by
 * its heap: {@code mvn -Pbench test -Dtest=EvidenceUploadBenchmark -Dsurefire.heap=512m}.
 */
@Tag("benchmark")
@EnabledIf("heapIsSmall")
@GuilingTest
@TestPropertySource(properties = {"guiling.evidence.largest-file=100MB", "guiling.evidence.largest-upload=101MB"})
class EvidenceUploadBenchmark {

    private static final int UPLOADS = 10;
    private static final long BYTES = 100L * 1024 * 1024;
    private static final long MEGABYTE = 1024 * 1024;
    private static final String BOUNDARY = "boundary-of-the-benchmark";

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    EvidenceProperties properties;

    static boolean heapIsSmall() {
        return Runtime.getRuntime().maxMemory() <= 512 * MEGABYTE;
    }

    @Test
    void tenAtOnce() throws IOException {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        HttpClient client = HttpClient.newHttpClient();
        heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
        long start = System.nanoTime();

        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, UPLOADS)
                .mapToObj(i -> client.sendAsync(upload(itemNo, i), BodyHandlers.ofString()))
                .toList();
        List<HttpResponse<String>> all =
                answers.stream().map(CompletableFuture::join).toList();

        double seconds = (System.nanoTime() - start) / 1e9;
        assertThat(all)
                .allSatisfy(answer ->
                        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201));
        try (Stream<Path> left = Files.list(properties.incoming())) {
            assertThat(left).isEmpty();
        }
        System.out.printf(
                "Evidence: %d uploads of %d MB at once in %.1f s (%.0f MB/s); heap at most %d MB of %d, direct buffers %d MB; %s%n",
                UPLOADS,
                BYTES / MEGABYTE,
                seconds,
                UPLOADS * BYTES / MEGABYTE / seconds,
                heapPools().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() / MEGABYTE,
                Runtime.getRuntime().maxMemory() / MEGABYTE,
                ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                                .sum()
                        / MEGABYTE,
                Machine.describe());
    }

    private static Stream<MemoryPoolMXBean> heapPools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP);
    }

    private HttpRequest upload(String itemNo, int number) {
        String credentials =
                Base64.getEncoder().encodeToString("handler:guiling-demo".getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/items/" + itemNo + "/evidence"))
                .header("Authorization", "Basic " + credentials)
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofInputStream(() -> body(number)))
                .build();
    }

    private static InputStream body(int number) {
        String head = "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%d.pdf\"\r\n\r\n%%PDF-1.7"
                .formatted(BOUNDARY, number);
        String foot = "\r\n--" + BOUNDARY + "--\r\n";
        return new SequenceInputStream(Collections.enumeration(List.of(
                new ByteArrayInputStream(head.getBytes(StandardCharsets.US_ASCII)),
                new Noise(number, BYTES - "%PDF-1.7".length()),
                new ByteArrayInputStream(foot.getBytes(StandardCharsets.US_ASCII)))));
    }

    /** So many bytes that no other upload has. */
    private static final class Noise extends InputStream {

        private final byte[] block = new byte[64 * 1024];
        private long left;

        Noise(long seed, long bytes) {
            new Random(seed).nextBytes(block);
            left = bytes;
        }

        @Override
        public int read() {
            return left-- > 0 ? block[0] & 0xff : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int read = (int) Math.min(Math.min(length, block.length), left);
            System.arraycopy(block, 0, into, offset, read);
            left -= read;
            return read;
        }
    }
}
