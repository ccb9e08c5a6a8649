package org.guiling.evidence.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.guiling.GuilingTest;
import org.guiling.People;
import org.guiling.TestClock;
import org.guiling.audit.AuditEvent;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.guiling.engine.LifeCycle;
import org.guiling.evidence.Evidence;
import org.guiling.evidence.EvidenceChanges;
import org.guiling.evidence.EvidenceFiles;
import org.guiling.evidence.SampleFiles;
import org.guiling.evidence.format.EvidenceProperties;
import org.guiling.item.ItemStatus;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Tests the treatment of content that nothing names, and of names whose content is gone. */
@GuilingTest
class ContentSweepTest {

    @Autowired
    ContentSweep sweep;

    @Autowired
    Contents contents;

    @Autowired
    ContentStore store;

    @Autowired
    StoredContents stored;

    @Autowired
    HashSweep hashes;

    @Autowired
    AuditTrail trail;

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
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestClock clock;

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
        people.as("handler", () -> evidenceChanges.withdraw(itemNo, withdrawn.id(), "传错了"));

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
    void whatIsNotWhatItsHashSaysIsFoundByTheNightsShareAndToldOnce() throws IOException {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        byte[] content = SampleFiles.pdf();
        String sha256 = add(itemNo, content).current().sha256();
        tamper(sha256);

        // Nights enough for all, from wherever the sweep stands.
        List<String> wrong = new ArrayList<>();
        for (int night = 0; night < properties.hashDays(); night++) {
            clock.advance(Duration.ofDays(1));
            wrong.addAll(hashes.hashShare());
        }

        assertThat(wrong).contains(sha256);
        assertThat(evidence(itemNo).get(0).current().available()).isFalse();
        assertThat(hashes.progress().changed()).isPositive();
        assertThat(events(itemNo)).singleElement().satisfies(event -> assertThat(event.details())
                .containsEntry("sha256", sha256)
                .containsEntry("state", "CHANGED"));
        assertThat(notices(itemNo)).containsExactly("CONTENT_DAMAGED");

        // when somebody hands in the right file anew, then it is whole again
        add(itemNo, content);
        assertThat(store.size(sha256)).hasValue(content.length);
        assertThat(stored.stateOf(sha256)).isEqualTo(StoredContents.State.SOUND);
        assertThat(evidence(itemNo).get(0).current().available()).isTrue();
    }

    @Test
    void theSweepGoesOnWhereItStoppedAndComesToEveryContent() throws IOException {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        add(itemNo, SampleFiles.pdf());
        add(itemNo, SampleFiles.pdf());
        clock.advance(Duration.ofDays(1));

        for (int night = 0; night < properties.hashDays(); night++) {
            hashes.hashShare();
        }

        assertThat(hashes.progress().unhashed()).isZero();
        assertThat(hashes.progress().oldest().toInstant()).isCloseTo(clock.instant(), within(1, ChronoUnit.MINUTES));
    }

    @Test
    void whatIsNotWhatItsHashSaysIsNotServedAndThatIsToldOnce() throws IOException {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        Evidence added = add(itemNo, SampleFiles.pdf());
        tamper(added.current().sha256());

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> people.as("handler", () -> evidence.open(itemNo, added.id(), null)))
                    .isInstanceOfSatisfying(RefusedException.class, refused -> {
                        assertThat(refused.kind()).isEqualTo(RefusedException.Kind.CONFLICT);
                        assertThat(refused.problems())
                                .extracting(Problem::code)
                                .containsExactly("refusal.evidence.changed");
                    });
        }

        assertThat(events(itemNo)).hasSize(1);
        assertThat(notices(itemNo)).hasSize(1);
    }

    @Test
    void whatIsReplacedWhileItIsServedDoesNotReachItsEnd() throws IOException {
        byte[] content = SampleFiles.pdf();
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        EvidenceVersion version = add(itemNo, content).current();
        byte[] other = content.clone();
        other[content.length - 1] ^= 1;
        AtomicInteger told = new AtomicInteger();

        store.put(version.sha256(), Files.write(properties.incoming().resolve("other-" + version.sha256()), other));
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        try (InputStream served = stored.open(version.sha256(), version.bytes(), told::incrementAndGet)) {
            assertThatThrownBy(() -> {
                        byte[] buffer = new byte[7];
                        for (int n = served.read(buffer); n >= 0; n = served.read(buffer)) {
                            sent.write(buffer, 0, n);
                        }
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no longer matches");
        }

        assertThat(sent.size()).isLessThan(content.length);
        assertThat(told).hasValue(1);
    }

    private void tamper(String sha256) throws IOException {
        byte[] content;
        try (InputStream stream = store.open(sha256)) {
            content = stream.readAllBytes();
        }
        content[content.length / 2] ^= 1;
        store.put(sha256, Files.write(properties.incoming().resolve("tampered-" + sha256), content));
    }

    private List<AuditEvent> events(String itemNo) {
        return trail.newest(Set.of(AuditEventKind.CONTENT_DAMAGED), itemNo, null, 10);
    }

    /** Notices to administrators about the item. */
    private List<String> notices(String itemNo) {
        return jdbc.sql("""
                        select distinct kind || occasion, kind from notice
                        where item_no = ? and kind = 'CONTENT_DAMAGED'""")
                .param(itemNo)
                .query((row, index) -> row.getString("kind"))
                .list();
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
        return people.as("handler", () -> evidenceChanges.add(itemNo, null, null, List.of(upload(content))))
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
