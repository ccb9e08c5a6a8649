package org.guiling.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.guiling.GuilingTest;
import org.guiling.People;
import org.guiling.TestClock;
import org.guiling.item.ItemStatus;
import org.guiling.process.LifeCycle;
import org.guiling.scan.UploadScan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who makes small pictures, how many at once, and what becomes of images that cannot be made small. */
@GuilingTest
class ThumbnailsTest {

    @Autowired
    ContentStore store;

    @Autowired
    EvidenceFiles evidence;

    @Autowired
    EvidenceProperties properties;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    People people;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    UploadScan scan;

    @Autowired
    DamagedContents damaged;

    @Autowired
    TestClock clock;

    private final ExecutorService readers = Executors.newCachedThreadPool();
    private HeldStore held;
    private Thumbnails thumbnails;
    private String itemNo;

    @BeforeEach
    void oneAtOnceAndOneInTheQueue() {
        held = new HeldStore(store);
        EvidenceProperties narrow = new EvidenceProperties(
                properties.store(),
                properties.directory(),
                properties.types(),
                properties.largestFile(),
                properties.largestUpload(),
                properties.mostFiles(),
                new EvidenceProperties.Thumbnail(100, 1_000_000, 20, Duration.ofMinutes(1), 1, 1),
                properties.grace(),
                properties.sweepAtMost(),
                properties.hashDays(),
                null);
        thumbnails = new Thumbnails(
                jdbc,
                held,
                new Contents(jdbc, held, new StoredContents(jdbc, held), damaged, narrow, scan, clock),
                narrow,
                clock);
        itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
    }

    @AfterEach
    void stop() {
        held.letGo();
        thumbnails.stop();
        readers.shutdownNow();
        clock.reset();
    }

    @Test
    void whatIsDamagedIsTriedOnce() {
        EvidenceVersion image = added(Arrays.copyOf(SampleFiles.jpg(300, 200), 400));
        held.letGo();

        assertThat(thumbnails.open(image)).isEmpty();
        assertThat(thumbnails.open(image)).isEmpty();

        assertThat(held.opened()).isEqualTo(1);
        assertThat(current().thumbnail()).isFalse();
    }

    @Test
    void whatCostsTooMuchIsTriedOnce() {
        EvidenceVersion image = added(SampleFiles.progressiveJpg(300, 200, 300));
        held.letGo();

        assertThat(thumbnails.open(image)).isEmpty();
        assertThat(thumbnails.open(image)).isEmpty();

        assertThat(held.opened()).isEqualTo(1);
    }

    @Test
    void aFullQueueSendsAwayAndManyForOneImageWaitForOneWork() throws Exception {
        EvidenceVersion first = added(SampleFiles.jpg(300, 200));
        EvidenceVersion second = added(SampleFiles.jpg(300, 200));
        EvidenceVersion third = added(SampleFiles.jpg(300, 200));
        List<Future<Boolean>> answers = new ArrayList<>();
        answers.add(readers.submit(opening(first)));
        await().untilAsserted(() -> assertThat(held.opened()).isEqualTo(1));
        answers.add(readers.submit(opening(second)));
        await().untilAsserted(() -> assertThat(thumbnails.underWay()).isEqualTo(2));

        assertThatExceptionOfType(BusyException.class).isThrownBy(() -> thumbnails.open(third));

        held.letGo();
        for (Future<Boolean> answer : answers) {
            assertThat(answer.get()).isTrue();
        }
        await().untilAsserted(() -> assertThat(thumbnails.underWay()).isZero());
        assertThat(thumbnails.open(third)).get().satisfies(ThumbnailsTest::close);
        assertThat(thumbnails.open(first)).get().satisfies(ThumbnailsTest::close);
        assertThat(held.opened()).isEqualTo(3);
    }

    /** As when the server was killed over it. */
    @Test
    void whatStoppedTheServerIsNotTriedAgain() {
        EvidenceVersion image = added(SampleFiles.jpg(300, 200));
        held.letGo();
        begun(image, OffsetDateTime.now(clock));

        assertThatExceptionOfType(BusyException.class)
                .as("another node may be at it")
                .isThrownBy(() -> thumbnails.open(image));
        clock.advance(Duration.ofMinutes(11));

        assertThat(thumbnails.open(image)).isEmpty();
        assertThat(held.opened()).isZero();
        assertThat(current().thumbnail()).isFalse();
    }

    @Test
    void aServerThatStopsInOrderLeavesTheImageToBeTriedAgain() {
        EvidenceVersion image = added(SampleFiles.jpg(300, 200));
        Future<Boolean> answer = readers.submit(opening(image));
        await().untilAsserted(() -> assertThat(held.opened()).isEqualTo(1));

        thumbnails.stop();
        held.letGo();

        await().until(answer::isDone);
        await().untilAsserted(() -> assertThat(thumbnails.underWay()).isZero());
        assertThat(current().thumbnail()).isTrue();
        assertThat(jdbc.sql("select thumbnail_begun_at is null from evidence_content where sha256 = ?")
                        .param(image.sha256())
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    private Callable<Boolean> opening(EvidenceVersion image) {
        return () -> {
            Optional<InputStream> picture = thumbnails.open(image);
            picture.ifPresent(ThumbnailsTest::close);
            return picture.isPresent();
        };
    }

    private void begun(EvidenceVersion image, OffsetDateTime at) {
        jdbc.sql("update evidence_content set thumbnail_begun_at = ? where sha256 = ?")
                .params(at, image.sha256())
                .update();
    }

    private EvidenceVersion added(byte[] content) {
        try {
            Path file =
                    Files.write(properties.incoming().resolve(UUID.randomUUID().toString()), content);
            return people.as(
                            "handler",
                            () -> evidence.add(itemNo, null, null, List.of(new UploadedFile("照片.jpg", file))))
                    .get(0)
                    .evidence()
                    .current();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private EvidenceVersion current() {
        return people.as("handler", () -> evidence.of(itemNo)).get(0).current();
    }

    private static void close(InputStream content) {
        try (content) {
            assertThat(content.read()).isNotNegative();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The application's store, which holds back every image until it is let go. */
    private static final class HeldStore implements ContentStore {

        private final ContentStore store;
        private final CountDownLatch gate = new CountDownLatch(1);
        private final AtomicInteger opened = new AtomicInteger();

        HeldStore(ContentStore store) {
            this.store = store;
        }

        void letGo() {
            gate.countDown();
        }

        /** How many images were asked for, without the small pictures. */
        int opened() {
            return opened.get();
        }

        @Override
        public void put(String key, Path file) throws IOException {
            store.put(key, file);
        }

        @Override
        public InputStream open(String key) throws IOException {
            if (!key.contains(".")) {
                opened.incrementAndGet();
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    throw new IOException("The server stops", e);
                }
            }
            return store.open(key);
        }

        @Override
        public OptionalLong size(String key) throws IOException {
            return store.size(key);
        }

        @Override
        public void delete(String key) throws IOException {
            store.delete(key);
        }
    }
}
