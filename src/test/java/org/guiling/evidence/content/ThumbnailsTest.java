package org.guiling.evidence.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
import org.guiling.engine.LifeCycle;
import org.guiling.evidence.EvidenceChanges;
import org.guiling.evidence.EvidenceFiles;
import org.guiling.evidence.SampleFiles;
import org.guiling.evidence.format.EvidenceProperties;
import org.guiling.item.ItemStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tests by whom and how many at once thumbnails are made, and the treatment of images of which none can be made. */
@GuilingTest
class ThumbnailsTest {

    @Autowired
    ContentStore store;

    @Autowired
    Contents contents;

    @Autowired
    EvidenceFiles evidence;

    @Autowired
    EvidenceChanges evidenceChanges;

    @Autowired
    EvidenceProperties properties;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    People people;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestClock clock;

    private final ExecutorService readers = Executors.newCachedThreadPool();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicInteger opened = new AtomicInteger();
    private Thumbnails thumbnails;
    private String itemNo;

    @BeforeEach
    void oneAtOnceAndOneInTheQueue() {
        EvidenceProperties.Thumbnail narrow =
                new EvidenceProperties.Thumbnail(100, 1_000_000, 20, Duration.ofMinutes(1), 1, 1);
        thumbnails = new Thumbnails(jdbc, store, this::openHeld, narrow, properties.incoming(), clock);
        itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
    }

    @AfterEach
    void stop() {
        gate.countDown();
        thumbnails.stop();
        readers.shutdownNow();
        clock.reset();
    }

    @Test
    void whatIsDamagedIsTriedOnce() {
        EvidenceVersion image = added(Arrays.copyOf(SampleFiles.jpg(300, 200), 400));
        gate.countDown();

        assertThat(thumbnails.open(image)).isEmpty();
        assertThat(thumbnails.open(image)).isEmpty();

        assertThat(opened).hasValue(1);
        assertThat(current().thumbnail()).isFalse();
    }

    @Test
    void whatCostsTooMuchIsTriedOnce() {
        EvidenceVersion image = added(SampleFiles.progressiveJpg(310, 210, 300));
        gate.countDown();

        assertThat(thumbnails.open(image)).isEmpty();
        assertThat(thumbnails.open(image)).isEmpty();

        assertThat(opened).hasValue(1);
    }

    @Test
    void aFullQueueSendsAwayAndManyForOneImageWaitForOneWork() throws Exception {
        EvidenceVersion first = added(SampleFiles.jpg(300, 200));
        EvidenceVersion second = added(SampleFiles.jpg(300, 200));
        EvidenceVersion third = added(SampleFiles.jpg(300, 200));
        List<Future<Boolean>> answers = new ArrayList<>();
        answers.add(readers.submit(opening(first)));
        await().untilAsserted(() -> assertThat(opened).hasValue(1));
        answers.add(readers.submit(opening(second)));
        await().untilAsserted(() -> assertThat(thumbnails.underWay()).isEqualTo(2));

        assertThatExceptionOfType(BusyException.class).isThrownBy(() -> thumbnails.open(third));

        gate.countDown();
        for (Future<Boolean> answer : answers) {
            assertThat(answer.get()).isTrue();
        }
        await().untilAsserted(() -> assertThat(thumbnails.underWay()).isZero());
        assertThat(thumbnails.open(third)).get().satisfies(ThumbnailsTest::close);
        assertThat(thumbnails.open(first)).get().satisfies(ThumbnailsTest::close);
        assertThat(opened).hasValue(3);
    }

    /** As when the server was killed over it. */
    @Test
    void whatStoppedTheServerIsNotTriedAgain() {
        EvidenceVersion image = added(SampleFiles.jpg(300, 200));
        gate.countDown();
        begun(image, OffsetDateTime.now(clock));

        assertThatExceptionOfType(BusyException.class)
                .as("another node may be at it")
                .isThrownBy(() -> thumbnails.open(image));
        clock.advance(Duration.ofMinutes(11));

        assertThat(thumbnails.open(image)).isEmpty();
        assertThat(opened).hasValue(0);
        assertThat(current().thumbnail()).isFalse();
    }

    @Test
    void aServerThatStopsInOrderLeavesTheImageToBeTriedAgain() {
        EvidenceVersion image = added(SampleFiles.jpg(300, 200));
        Future<Boolean> answer = readers.submit(opening(image));
        await().untilAsserted(() -> assertThat(opened).hasValue(1));

        thumbnails.stop();
        gate.countDown();

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
                            () -> evidenceChanges.add(itemNo, null, null, List.of(new UploadedFile("照片.jpg", file))))
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

    /** Holds every image back until it is let go. */
    private InputStream openHeld(EvidenceVersion image) {
        opened.incrementAndGet();
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new UncheckedIOException(new InterruptedIOException("The server stops"));
        }
        return contents.open(image);
    }
}
