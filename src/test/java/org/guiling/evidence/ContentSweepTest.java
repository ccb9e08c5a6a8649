package org.guiling.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.guiling.GuilingTest;
import org.guiling.People;
import org.guiling.TestClock;
import org.guiling.item.ItemStatus;
import org.guiling.process.LifeCycle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What becomes of content that nothing names, and of names whose content is gone. */
@GuilingTest
class ContentSweepTest {

    @Autowired
    ContentSweep sweep;

    @Autowired
    Contents contents;

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
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestClock clock;

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    @Test
    void whatARolledBackTransactionLeftIsRemovedAfterTheGraceTime() throws IOException {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        byte[] content = SampleFiles.pdf();
        String sha256 = contents.examine(upload(content)).sha256();

        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    add(itemNo, content);
                    throw new IllegalStateException("stopped");
                }))
                .hasMessage("stopped");
        // The row of the content rolled back with a caller's transaction; an upload has none.
        contents.keep(contents.examine(upload(content)));
        sweep.sweep();
        assertThat(store.size(sha256)).as("within the grace time").hasValue(content.length);

        clock.advance(properties.grace().plusHours(1));
        sweep.sweep();

        assertThat(store.size(sha256)).isEmpty();
        assertThat(rows(sha256)).isZero();
        assertThat(evidence(itemNo)).isEmpty();
    }

    @Test
    void whatIsNamedStaysHoweverOld() throws IOException {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        Evidence withdrawn = add(itemNo, SampleFiles.pdf());
        people.as("handler", () -> evidence.withdraw(itemNo, withdrawn.id(), "传错了"));

        clock.advance(Duration.ofDays(400));
        sweep.sweep();

        assertThat(store.size(withdrawn.current().sha256()))
                .hasValue(withdrawn.current().bytes());
    }

    @Test
    void whatIsWantedAnewIsNotRemovedAndComesBackWhenItWas() throws IOException {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        byte[] content = SampleFiles.pdf();
        contents.keep(contents.examine(upload(content)));
        clock.advance(properties.grace().plusHours(1));
        contents.keep(contents.examine(upload(content)));
        sweep.sweep();
        String sha256 = contents.examine(upload(content)).sha256();
        assertThat(store.size(sha256)).as("wanted anew").hasValue(content.length);

        // A sweep that was stopped between the store and the row.
        store.delete(sha256);
        Evidence added = add(itemNo, content);

        assertThat(store.size(added.current().sha256())).hasValue(content.length);
    }

    @Test
    void whatTheStoreHasLostIsReportedUntilItIsBack() throws IOException {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        byte[] content = SampleFiles.pdf();
        Evidence added = add(itemNo, content);
        String sha256 = added.current().sha256();
        store.delete(sha256);

        assertThat(sweep.sweep().missing()).contains(sha256);
        assertThat(evidence(itemNo).get(0).current().available()).isFalse();

        add(itemNo, content);
        assertThat(sweep.sweep().missing()).doesNotContain(sha256);
        assertThat(evidence(itemNo))
                .singleElement()
                .satisfies(one -> assertThat(one.current().available()).isTrue());
    }

    @Test
    void uploadsThatWereAbandonedAreRemoved() throws IOException {
        Path abandoned = Files.writeString(properties.incoming().resolve("abandoned"), "x");
        sweep.sweep();
        assertThat(abandoned).exists();

        clock.advance(properties.grace().plusHours(1));
        sweep.sweep();

        assertThat(abandoned).doesNotExist();
    }

    @Test
    void theSameFileFromManyAtOnceIsOnePiece() throws Exception {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        byte[] content = SampleFiles.pdf();
        ExecutorService senders = Executors.newFixedThreadPool(6);
        List<Future<Evidence>> answers = new ArrayList<>();
        try {
            for (int i = 0; i < 6; i++) {
                answers.add(senders.submit((Callable<Evidence>) () -> add(itemNo, content)));
            }
            for (Future<Evidence> answer : answers) {
                assertThat(answer.get().id()).isEqualTo(answers.get(0).get().id());
            }
        } finally {
            senders.shutdownNow();
        }

        assertThat(evidence(itemNo)).hasSize(1);
    }

    private Evidence add(String itemNo, byte[] content) {
        return people.as("handler", () -> evidence.add(itemNo, null, null, List.of(upload(content))))
                .get(0)
                .evidence();
    }

    private List<Evidence> evidence(String itemNo) {
        return people.as("handler", () -> evidence.of(itemNo));
    }

    private UploadedFile upload(byte[] content) {
        try {
            Path file = properties.incoming().resolve(UUID.randomUUID().toString());
            return new UploadedFile("说明.pdf", Files.write(file, content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int rows(String sha256) {
        return jdbc.sql("select count(*) from evidence_content where sha256 = ?")
                .param(sha256)
                .query(Integer.class)
                .single();
    }
}
