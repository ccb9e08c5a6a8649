package org.guiling.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.guiling.GuilingTest;
import org.guiling.People;
import org.guiling.TestClock;
import org.guiling.engine.LifeCycle;
import org.guiling.evidence.Evidence;
import org.guiling.evidence.EvidenceChanges;
import org.guiling.evidence.EvidenceFiles;
import org.guiling.evidence.SampleFiles;
import org.guiling.evidence.content.UploadedFile;
import org.guiling.evidence.format.EvidenceProperties;
import org.guiling.item.Action;
import org.guiling.item.ItemStatus;
import org.guiling.item.timeline.FactSamples;
import org.guiling.item.timeline.RefusedAttempt;
import org.guiling.item.timeline.RefusedAttempts;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineEntry;
import org.guiling.refusal.Problem;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Changes made behind the application's back are found and named, whichever they are. Each of many tamperings reads the
 * whole trail, so this test has a database of its own without what other tests have left.
 */
@GuilingTest
@Tag("own-context")
class AuditVerificationTest {

    private static final int TAMPERINGS = 200;
    private static final int RECORD_TAMPERINGS = 300;
    private static final int MANY_ROWS = 100_000;
    private static final Duration LONGEST_FOR_MANY_ROWS = Duration.ofMinutes(1);

    @Autowired
    AuditVerification verification;

    @Autowired
    AuditTrail trail;

    @Autowired
    Anchors anchors;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    RefusedAttempts refusedAttempts;

    @Autowired
    Timeline timeline;

    @Autowired
    EvidenceFiles evidence;

    @Autowired
    EvidenceChanges evidenceChanges;

    @Autowired
    EvidenceProperties evidenceProperties;

    @Autowired
    AuditProperties auditProperties;

    @Autowired
    People people;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    TestClock clock;

    @Test
    void anUntouchedTrailVerifiesThoughManyWriteAtOnce() throws Exception {
        // given an item that many are refused at once, and events of many at once
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        ExecutorService writers = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Void>> work = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String task = "task-" + i;
                work.add(() -> {
                    refusedAttempts.append(new RefusedAttempt(
                            itemNo,
                            "handler",
                            Action.REQUEST,
                            task,
                            List.of(Problem.of(null, "refusal.request.other-unit"))));
                    trail.record(AuditEventKind.SIGNED_ON, "handler", task, Map.of("address", "127.0.0.1"));
                    return null;
                });
            }
            for (var done : writers.invokeAll(work)) {
                done.get();
            }
        } finally {
            writers.shutdownNow();
        }

        // then every one of them is in its chain
        assertThat(jdbc.queryForList(
                        "select t.seq from timeline t join item on item.id = item_id where item_no = ? order by t.seq",
                        Long.class,
                        itemNo))
                .hasSizeGreaterThan(40)
                .isEqualTo(jdbc.queryForList("""
                                select generate_series(1, rows) from chain_head
                                where chain = 'item ' || (select id from item where item_no = ?)""", Long.class, itemNo));
        VerificationReport report = verification.verify();
        assertThat(report.findings()).isEmpty();
        assertThat(report.isSound()).isTrue();
        assertThat(report.rows()).isEqualTo(jdbc.queryForObject("""
                        select (select count(*) from timeline) + (select count(*) from audit_event)
                            + (select count(*) from record_digest) + (select count(*) from issued_number)""", Long.class));
        assertThat(report.records()).isEqualTo(jdbc.queryForObject("select count(*) from item", Long.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update timeline set note = 'x' where id = (select min(id) from timeline)",
                "delete from timeline where id = (select min(id) from timeline)",
                "truncate timeline cascade",
                "update audit_event set actor = 'x'",
                "delete from audit_event",
                "truncate audit_event",
                "update chain_head set rows = rows - 1",
                "insert into chain_head values ('item 0', 1, '')",
                "delete from chain_head",
                "truncate chain_head",
                "update record_digest set continuous = true where id = (select min(id) from record_digest)",
                "delete from record_digest where id = (select min(id) from record_digest)",
                "truncate record_digest",
                "update issued_number set item_no = 'x'",
                "delete from issued_number",
                "truncate issued_number",
                "update anchor set digest = ''",
                "delete from anchor",
                "truncate anchor cascade",
                "update anchor_head set rows = rows + 1",
                "delete from anchor_head",
                "truncate anchor_head"
            })
    void theDatabaseRefusesToChangeWhatIsWritten(String change) {
        lifeCycle.register(lifeCycle.registration());
        trail.record(AuditEventKind.SIGNED_OFF, "handler", null, Map.of());
        clock.advance(Duration.ofDays(4000 + Math.floorMod(change.hashCode(), 4000)));
        anchors.takeIfDue();

        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    try {
                        jdbc.execute(change);
                    } finally {
                        status.setRollbackOnly();
                    }
                }))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("append-only");
    }

    @Test
    void twoHundredOfTwoHundredTamperingsAreFound() {
        // given items, events and two anchors, in a trail that is sound
        List<String> items = Stream.of(
                        ItemStatus.RECTIFYING, ItemStatus.VERIFYING, ItemStatus.CLOSED, ItemStatus.PLANNING)
                .map(lifeCycle::itemAt)
                .toList();
        for (int i = 0; i < 6; i++) {
            trail.record(AuditEventKind.EXPORTED, "leader", "ledger.xlsx", Map.of("rows", i));
        }
        clock.advance(Duration.ofDays(900));
        Anchor first = anchors.takeIfDue().orElseThrow();
        for (int i = 0; i < 3; i++) {
            trail.record(AuditEventKind.EXPORTED, "leader", "ledger.xlsx", Map.of("rows", -i));
        }
        lifeCycle.itemAt(ItemStatus.REVIEW);
        clock.advance(Duration.ofDays(1));
        Anchor second = anchors.takeIfDue().orElseThrow();
        assertThat(verification.verify().findings()).isEmpty();

        // when somebody with every right changes something, at random
        long seed = Long.getLong("guiling.audit.seed", System.nanoTime());
        System.out.println("Tamperings: seed " + seed);
        Tampering tampering = new Tampering(jdbc, anchors, new Random(seed), items, List.of(first, second));
        int found = 0;
        for (int i = 0; i < TAMPERINGS; i++) {
            int number = i;
            found += transaction.execute(status -> {
                status.setRollbackOnly();
                try (Tampering.Done done = tampering.perform(number)) {
                    VerificationReport report = verification.verify();
                    assertThat(report.findings())
                            .as("seed %d, tampering %d: %s", seed, number, done.description())
                            .anyMatch(done.names());
                    return 1;
                }
            });
        }

        // then it is found and named, each time, and gone with its transaction
        System.out.println("Tamperings: " + found + " of " + TAMPERINGS + " found and named " + tampering.kinds());
        assertThat(found).isEqualTo(TAMPERINGS);
        assertThat(verification.verify().findings()).isEmpty();
    }

    @Test
    void threeHundredOfThreeHundredTamperingsOfTheRecordAreFound() {
        // given items with rows in every table of the record and files with versions
        List<String> items = Stream.of(
                        ItemStatus.RECTIFYING, ItemStatus.RECTIFYING, ItemStatus.CLOSED, ItemStatus.VERIFYING)
                .map(lifeCycle::itemAt)
                .toList();
        items.subList(0, 2).forEach(this::addEvidence);
        items.forEach(this::stepThatFillsEveryTable);
        assertThat(verification.verifyWithContents().findings()).isEmpty();

        // when somebody changes something of it, at random
        long seed = Long.getLong("guiling.audit.seed", System.nanoTime());
        System.out.println("Tamperings of the record: seed " + seed);
        RecordTampering tampering = new RecordTampering(jdbc, new Random(seed), items, evidenceProperties.directory());
        List<String> missed = new ArrayList<>();
        for (int i = 0; i < RECORD_TAMPERINGS; i++) {
            int number = i;
            transaction.executeWithoutResult(status -> {
                status.setRollbackOnly();
                try (Tampering.Done done = tampering.perform(number)) {
                    List<Finding> findings = verification.verifyWithContents().findings();
                    if (findings.stream().noneMatch(done.names())) {
                        missed.add(number + " " + done.description() + " " + findings);
                    }
                }
            });
        }

        // then it is found and named, each time, and gone with its transaction
        System.out.println("Tamperings of the record: " + (RECORD_TAMPERINGS - missed.size()) + " of "
                + RECORD_TAMPERINGS + " found and named " + tampering.kinds());
        assertThat(missed).as("seed %d", seed).isEmpty();
        assertThat(verification.verifyWithContents().findings()).isEmpty();
    }

    @Test
    void rowsOfAFormerVersionKeepTheirHashesAndTellTheSame() {
        String itemNo = lifeCycle.itemAt(ItemStatus.CLOSED);
        List<FactSamples.Sample> samples = FactSamples.all().toList();
        transaction.executeWithoutResult(status -> {
            status.setRollbackOnly();
            // given notes in a table that has no facts; those of other rows are put aside
            jdbc.execute("create temporary table told on commit drop as select id, fact from timeline");
            jdbc.execute("alter table timeline drop column fact");
            samples.forEach(sample -> jdbc.update("""
                    insert into timeline (item_id, at, actor, action, step, round, status, note)
                    select id, now(), 'handler', ?, step, round, status, ? from item where item_no = ?""", sample.action().name(), sample.note(), itemNo));
            jdbc.execute("set constraints all immediate");
            List<String> hashes = hashesOfNotes();

            // when the database is migrated
            new ResourceDatabasePopulator(new ClassPathResource("db/migration/V73__timeline_facts.sql"))
                    .populate(DataSourceUtils.getConnection(jdbc.getDataSource()));
            jdbc.execute("set local session_replication_role = replica");
            jdbc.update("update timeline set fact = told.fact from told where told.id = timeline.id");

            // then every chain is what it was, and each note is the fact that it tells
            assertThat(hashesOfNotes()).isEqualTo(hashes).hasSize(samples.size());
            assertThat(verification.verify().findings()).isEmpty();
            List<TimelineEntry> entries = timeline.of(lifeCycle.item(itemNo));
            assertThat(entries.subList(entries.size() - samples.size(), entries.size()))
                    .extracting(TimelineEntry::fact, TimelineEntry::note)
                    .containsExactlyElementsOf(samples.stream()
                            .map(sample -> tuple(sample.fact(), sample.note()))
                            .toList());
        });
    }

    private List<String> hashesOfNotes() {
        return jdbc.queryForList(
                "select encode(hash, 'hex') from timeline where note is not null order by id", String.class);
    }

    /** As an operator starts it, in a context of its own. */
    @Test
    void theCommandReadsDatabaseAndContentsAndTellsByItsExitCode() throws Exception {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        addEvidence(itemNo);
        String sha256 =
                people.as("handler", () -> evidence.of(itemNo)).get(0).current().sha256();
        Path file =
                evidenceProperties.directory().resolve(sha256.substring(0, 2)).resolve(sha256);
        byte[] content = Files.readAllBytes(file);
        HikariDataSource source = jdbc.getDataSource().unwrap(HikariDataSource.class);
        String[] settings = {
            "--spring.datasource.url=" + source.getJdbcUrl(),
            "--spring.datasource.username=" + source.getUsername(),
            "--spring.datasource.password=" + source.getPassword(),
            "--guiling.audit.anchors=" + auditProperties.anchors(),
            "--guiling.evidence.directory=" + evidenceProperties.directory()
        };

        assertThat(VerifyAudit.run(settings)).as("sound").isZero();
        Files.write(file, new byte[] {1});
        assertThat(VerifyAudit.run(settings)).as("a content changed").isOne();
        Files.write(file, content);
    }

    private void addEvidence(String itemNo) {
        Evidence added = people.as("handler", () -> evidenceChanges.add(itemNo, null, "说明", List.of(upload())))
                .get(0)
                .evidence();
        people.as("handler", () -> evidenceChanges.replace(itemNo, added.id(), null, upload()));
    }

    private UploadedFile upload() {
        try {
            Path file = evidenceProperties.incoming().resolve(UUID.randomUUID().toString());
            return new UploadedFile("说明.pdf", Files.write(file, SampleFiles.pdf()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Rows in every table, written within a transaction that writes into the timeline, as every step's. */
    private void stepThatFillsEveryTable(String itemNo) {
        long check = jdbc.queryForObject("""
                insert into spot_check (check_no, title, scope, ordered_by, ordered_at)
                values ('CC-' || ?, '抽查', 'BOTH', 'leader', now()) returning id""", Long.class, itemNo);
        List<String> rows = List.of(
                "progress (item_id, round, reported_by, reported_at, content) select id, 1, 'handler', now(), '进展'",
                "institution (item_id, seq, name, doc_no, issued_on) select id, 9, '办法', '1号', '2026-01-01'",
                "verification (item_id, round, method, verifiers, verified_on, criteria, result, opinion, recorded_at)"
                        + " select id, 9, 'ON_SITE', '{verifier}', '2026-01-01', '{FACTS}', 'PASS', '属实', now()",
                "joint_finding (item_id, round, first_verifier, others, method, verified_on, criteria, opinion, recorded_at)"
                        + " select id, 9, 'verifier', '{verifier2}', 'ON_SITE', '2026-01-01', '{FACTS}', '属实', now()",
                "sign_off (item_id, round, approver, approved, opinion, signed_at) select id, 9, 'leader', true, '同意', now()",
                "defect (item_id, round, seq, origin, content) select id, 9, 1, 'VERIFY', '未完成'",
                "decline (item_id, seq, unit, declined_by, declined_at, reason, basis)"
                        + " select id, 1, lead_unit, 'handler', now(), '不属', '职责'",
                "item_request (item_id, kind, round, requested_by, requested_at, reason, decided_by, decided_at, granted)"
                        + " select id, 'EXTENSION', 1, 'handler', now(), '汛期', 'leader', now(), true",
                "request_approval (request_id, approver, approved_at) select (select max(r.id) from item_request r"
                        + " where r.item_id = item.id), 'leader', now()",
                "merged_source (item_id, from_item, source_type, doc_no) select id, item_no, source_type, '2号'",
                "look_back (item_id, round, looked_by, looked_at, method, looked_on, rebounded, falsified, opinion)"
                        + " select id, 9, 'verifier', now(), 'ON_SITE', '2026-01-01', false, false, '未反弹'",
                "supervision_card (item_id, round, rung, cause, task_key, reference, unit, issuers, objection_decided_by,"
                        + " proposed_at) select id, 1, 'YELLOW_CARD', 'DUE', 'x', '2026-01-01', lead_unit, 'x', 'x', now()",
                "evidence (item_id, purpose, round) select id, 'VERIFICATION', 1",
                "evidence_version (evidence_id, version, name, sha256, uploaded_by, uploaded_at) select (select max(e.id)"
                        + " from evidence e where e.item_id = item.id), 1, '照片.pdf', (select min(sha256) from evidence_content"
                        + " where stored_at is not null), 'verifier', now()",
                "spot_check_visit (spot_check_id, item_no, eligible, excluded, result, recorded_at)" + " select "
                        + check + ", item_no, '{}', '{}', 'CONSISTENT', now()",
                "timeline (item_id, at, actor, action, step, round, status)"
                        + " select id, now(), 'handler', 'CLAIM', step, round, status");
        transaction.executeWithoutResult(status -> rows.forEach(
                row -> assertThat(jdbc.update("insert into " + row + " from item where item_no = ?", itemNo))
                        .isOne()));
    }

    /** A ledger of the size of the "Done when", which is also where its minute is from. */
    @Test
    void aHundredThousandRowsVerifyWithinAMinute() {
        transaction.executeWithoutResult(status -> {
            status.setRollbackOnly();
            String itemNo = lifeCycle.register(lifeCycle.registration());
            long id = jdbc.queryForObject("select id from item where item_no = ?", Long.class, itemNo);
            List<Long> ids = copies(id, 5_000);
            String to = ids.get(0) + " and " + ids.get(ids.size() - 1);
            addRows(to, 1, 1);
            // Else the database goes on as if there were hardly any chains.
            jdbc.execute("analyze item, timeline, chain_head");
            addRows(to, 2, MANY_ROWS / ids.size());
            jdbc.execute("set constraints all immediate");
            jdbc.execute("analyze record_digest, record_salt, issued_number, chain_head");

            long began = System.nanoTime();
            VerificationReport report = verification.verify();
            Duration took = Duration.ofNanos(System.nanoTime() - began);

            System.out.println("Verified " + report.rows() + " rows in " + took.toMillis() + " ms");
            assertThat(report.findings()).isEmpty();
            assertThat(report.rows()).isGreaterThanOrEqualTo(MANY_ROWS);
            assertThat(took).isLessThan(LONGEST_FOR_MANY_ROWS);
        });
    }

    private void addRows(String ids, int first, int last) {
        jdbc.update("""
                insert into timeline (item_id, at, actor, action, step, round, status, note, reason)
                select item.id, now(), 'handler', 'CLAIM', 'OWNERSHIP', 1, 'DISPATCHED', '说明 ' || n, '理由，' || n
                from item, generate_series(?, ?) n where item.id between %s order by n, item.id""".formatted(ids), first, last);
    }

    private List<Long> copies(long id, int count) {
        String columns = String.join(", ", jdbc.queryForList("""
                        select quote_ident(column_name) from information_schema.columns
                        where table_name = 'item' and table_schema = current_schema()
                          and column_name not in ('id', 'item_no', 'fingerprint') and is_generated = 'NEVER'""", String.class));
        return IntStream.range(0, count)
                .mapToObj(n -> jdbc.queryForObject(
                        "insert into item (item_no, %1$s) select item_no || '-' || ?, %1$s from item where id = ? returning id"
                                .formatted(columns),
                        Long.class,
                        n,
                        id))
                .toList();
    }
}
