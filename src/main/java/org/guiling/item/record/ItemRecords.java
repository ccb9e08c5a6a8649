package org.guiling.item.record;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.Track;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows that belong to an item: measures, progress, institutions, verifications, signatures, defects. */
@Repository
public class ItemRecords {

    private final JdbcClient jdbc;
    private final JdbcOperations batch;

    ItemRecords(JdbcClient jdbc, JdbcOperations batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    public List<Measure> measures(Item item) {
        return jdbc.sql("select * from measure where item_id = ? order by seq")
                .param(item.id())
                .query((row, index) -> new Measure(
                        row.getInt("seq"),
                        row.getString("content"),
                        Track.valueOf(row.getString("track")),
                        row.getString("owner"),
                        row.getObject("due", LocalDate.class),
                        row.getString("expected_result"),
                        EvidenceType.valueOf(row.getString("evidence_type")),
                        row.getBoolean("done"),
                        row.getString("result"),
                        row.getString("evidence")))
                .list();
    }

    public List<Institution> institutions(Item item) {
        return jdbc.sql("select name, doc_no, issued_on from institution where item_id = ? order by seq")
                .param(item.id())
                .query((row, index) -> new Institution(
                        row.getString("name"), row.getString("doc_no"), row.getObject("issued_on", LocalDate.class)))
                .list();
    }

    /** The defects that the current round has to mend; empty in the first. */
    public List<Defect> defects(Item item) {
        return jdbc.sql("select * from defect where item_id = ? and round = ? order by seq")
                .params(item.id(), item.round())
                .query(ItemRecords::defect)
                .list();
    }

    /** The defects of every round, the first round's first: what was found wrong before, and again. */
    public List<Defect> defectsOfAllRounds(Item item) {
        return jdbc.sql("select * from defect where item_id = ? order by round, seq")
                .param(item.id())
                .query(ItemRecords::defect)
                .list();
    }

    /**
     * Number of times that the item was returned for rework (退回重改) since it was registered or, later, since it
     * rebounded.
     */
    public int rejections(Item item) {
        return jdbc.sql("""
                        select count(distinct round) from defect
                        where item_id = :item and origin in ('VERIFY', 'SIGN_OFF') and round > coalesce(
                            (select max(round) from defect
                             where item_id = :item and origin not in ('VERIFY', 'SIGN_OFF')), 0)""").param("item", item.id()).query(Integer.class).single();
    }

    public List<Verification> verifications(Item item) {
        return jdbc.sql("select * from verification where item_id = ? order by round")
                .param(item.id())
                .query(ItemRecords::verification)
                .list();
    }

    /** Findings of two verifiers on site in any round, the oldest first. */
    public List<JointFinding> jointFindings(Item item) {
        return jdbc.sql("select * from joint_finding where item_id = ? order by id")
                .param(item.id())
                .query(ItemRecords::jointFinding)
                .list();
    }

    /** The finding that waits for the second verifier; empty when there is none. */
    public Optional<JointFinding> findingToConfirm(Item item) {
        return lastFinding(item).filter(finding -> finding.answer() == null);
    }

    /**
     * The finding that the second verifier did not confirm, so that the first goes on with it; empty when there is
     * none.
     */
    public Optional<JointFinding> refusedFinding(Item item) {
        return lastFinding(item)
                .filter(finding -> finding.answer() != null && !finding.answer().confirmed());
    }

    private Optional<JointFinding> lastFinding(Item item) {
        return VerificationTeam.goesOnSite(item)
                ? jointFindings(item).stream()
                        .filter(finding -> finding.round() == item.round())
                        .reduce((before, after) -> after)
                : Optional.empty();
    }

    public List<SignOff> signOffs(Item item) {
        return jdbc.sql("select * from sign_off where item_id = ? order by id")
                .param(item.id())
                .query((row, index) -> new SignOff(
                        row.getInt("round"),
                        row.getString("approver"),
                        row.getBoolean("approved"),
                        row.getString("opinion"),
                        row.getTimestamp("signed_at").toInstant()))
                .list();
    }

    /** Number of people who have approved the closure in the current round. */
    public int approvals(Item item) {
        return jdbc.sql("select count(*) from sign_off where item_id = ? and round = ? and approved")
                .params(item.id(), item.round())
                .query(Integer.class)
                .single();
    }

    /** Those who signed for the item's closure in its present round. */
    Set<String> signers(Item item) {
        return Set.copyOf(jdbc.sql("select distinct approver from sign_off where item_id = ? and round = ?")
                .params(item.id(), item.round())
                .query(String.class)
                .list());
    }

    /** Those who approved of what is asked of the item and waits for further signatures. */
    Set<String> approversOfRequest(Item item) {
        return Set.copyOf(jdbc.sql("""
                        select distinct approver from request_approval join item_request on item_request.id = request_id
                        where item_id = ? and decided_at is null""").param(item.id()).query(String.class).list());
    }

    /**
     * True where the item passed its last verification though the people concerned are not satisfied (回访不满意), and nobody
     * has signed it since: who signs first decides on that.
     */
    public boolean awaitsDecisionOnCallBack(Item item) {
        return isPassedUnsatisfied(item) && approvals(item) == 0;
    }

    /** True where the item passed the verification of its present round though the people concerned are not satisfied. */
    public boolean isPassedUnsatisfied(Item item) {
        return item.registration().sourceType().isPublicFacing()
                && jdbc.sql("""
                                select exists (select from verification
                                               where item_id = ? and round = ? and result = 'PASS'
                                                 and call_back = 'UNSATISFIED')""")
                        .params(item.id(), item.round())
                        .query(Boolean.class)
                        .single();
    }

    /** Everybody who ever verified the item. */
    Set<String> verifierIds(Item item) {
        return verifications(item).stream()
                .flatMap(verification -> verification.verifiers().stream())
                .collect(Collectors.toSet());
    }

    /** True where the person passed, also as one of several, what was found to be 虚假整改 afterwards. */
    boolean passedFalsifiedWork(Item item, String person) {
        return jdbc.sql("""
                        select exists (
                            select from verification passed
                            where passed.item_id = :item and passed.result = 'PASS' and :person = any (passed.verifiers)
                              and (exists (select from look_back
                                           where item_id = :item and falsified and look_back.round >= passed.round)
                                   or exists (select from spot_check_visit visit
                                              where visit.item_no = :itemNo and visit.falsified
                                                and visit.round >= passed.round)))""")
                .param("item", item.id())
                .param("itemNo", item.itemNo())
                .param("person", person)
                .query(Boolean.class)
                .single();
    }

    public void replaceMeasures(Item item, List<Measure> measures) {
        jdbc.sql("delete from measure where item_id = ?").param(item.id()).update();
        batch.batchUpdate(
                """
                insert into measure (item_id, seq, content, track, owner, due, expected_result, evidence_type)
                values (?, ?, ?, ?, ?, ?, ?, ?)""",
                measures.stream()
                        .map(measure -> new Object[] {
                            item.id(),
                            measure.seq(),
                            measure.content(),
                            measure.track().name(),
                            measure.owner(),
                            measure.due(),
                            measure.expectedResult(),
                            measure.evidenceType().name()
                        })
                        .toList());
    }

    public void reportMeasures(Item item, List<Measure> measures) {
        batch.batchUpdate(
                "update measure set done = ?, result = ?, evidence = ? where item_id = ? and seq = ?",
                measures.stream()
                        .map(measure -> new Object[] {
                            measure.done(), measure.result(), measure.evidence(), item.id(), measure.seq()
                        })
                        .toList());
    }

    /** Marks all measures as not done, so that they have to be shown again. */
    public void reopenMeasures(Item item) {
        jdbc.sql("update measure set done = false where item_id = ?")
                .param(item.id())
                .update();
    }

    public void addProgress(Item item, String reportedBy, OffsetDateTime at, String content) {
        jdbc.sql("insert into progress (item_id, round, reported_by, reported_at, content) values (?, ?, ?, ?, ?)")
                .params(item.id(), item.round(), reportedBy, at, content)
                .update();
    }

    public void replaceInstitutions(Item item, List<Institution> institutions) {
        jdbc.sql("delete from institution where item_id = ?").param(item.id()).update();
        for (int i = 0; i < institutions.size(); i++) {
            Institution institution = institutions.get(i);
            jdbc.sql("insert into institution (item_id, seq, name, doc_no, issued_on) values (?, ?, ?, ?, ?)")
                    .params(item.id(), i + 1, institution.name(), institution.docNo(), institution.issuedOn())
                    .update();
        }
    }

    public void add(Item item, Verification verification, OffsetDateTime recordedAt) {
        jdbc.sql("""
                        insert into verification (item_id, round, method, verifiers, verified_on, criteria, result,
                            call_back, call_back_note, opinion, recorded_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        item.id(),
                        verification.round(),
                        verification.method().name(),
                        verification.verifiers().toArray(String[]::new),
                        verification.verifiedOn(),
                        verification.criteria().stream().map(Enum::name).toArray(String[]::new),
                        verification.result().name(),
                        verification.callBack() == null
                                ? null
                                : verification.callBack().name(),
                        verification.callBackNote(),
                        verification.opinion(),
                        recordedAt)
                .update();
    }

    public void add(Item item, JointFinding finding) {
        jdbc.sql("""
                        insert into joint_finding (item_id, round, first_verifier, others, method, verified_on, criteria,
                            call_back, call_back_note, opinion, recorded_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        item.id(),
                        finding.round(),
                        finding.first(),
                        finding.others().toArray(String[]::new),
                        finding.method().name(),
                        finding.verifiedOn(),
                        finding.criteria().stream().map(Enum::name).toArray(String[]::new),
                        finding.callBack() == null ? null : finding.callBack().name(),
                        finding.callBackNote(),
                        finding.opinion(),
                        finding.recordedAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    public void answerFinding(Item item, JointFinding.Answer answer) {
        jdbc.sql("""
                        update joint_finding set answered_by = ?, confirmed = ?, answer_opinion = ?, answered_at = ?
                        where item_id = ? and round = ? and answered_at is null""")
                .params(
                        answer.by(),
                        answer.confirmed(),
                        answer.opinion(),
                        answer.at().atOffset(ZoneOffset.UTC),
                        item.id(),
                        item.round())
                .update();
    }

    public void add(Item item, SignOff signOff) {
        jdbc.sql("""
                        insert into sign_off (item_id, round, approver, approved, opinion, signed_at)
                        values (?, ?, ?, ?, ?, ?)""")
                .params(
                        item.id(),
                        signOff.round(),
                        signOff.approver(),
                        signOff.approved(),
                        signOff.opinion(),
                        signOff.signedAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    public void addDefects(Item item, Action origin, List<String> contents) {
        for (int i = 0; i < contents.size(); i++) {
            jdbc.sql("insert into defect (item_id, round, seq, origin, content) values (?, ?, ?, ?, ?)")
                    .params(item.id(), item.round(), i + 1, origin.name(), contents.get(i))
                    .update();
        }
    }

    private static Defect defect(ResultSet row, int index) throws SQLException {
        return new Defect(
                row.getInt("round"),
                row.getInt("seq"),
                Action.valueOf(row.getString("origin")),
                row.getString("content"));
    }

    private static Verification verification(ResultSet row, int index) throws SQLException {
        String callBack = row.getString("call_back");
        return new Verification(
                row.getInt("round"),
                VerificationMethod.valueOf(row.getString("method")),
                texts(row.getArray("verifiers")),
                row.getObject("verified_on", LocalDate.class),
                texts(row.getArray("criteria")).stream().map(Criterion::valueOf).collect(Collectors.toSet()),
                VerificationResult.valueOf(row.getString("result")),
                callBack == null ? null : CallBack.valueOf(callBack),
                row.getString("call_back_note"),
                row.getString("opinion"));
    }

    private static JointFinding jointFinding(ResultSet row, int index) throws SQLException {
        String callBack = row.getString("call_back");
        String answeredBy = row.getString("answered_by");
        return new JointFinding(
                row.getLong("id"),
                row.getInt("round"),
                row.getString("first_verifier"),
                texts(row.getArray("others")),
                VerificationMethod.valueOf(row.getString("method")),
                row.getObject("verified_on", LocalDate.class),
                texts(row.getArray("criteria")).stream().map(Criterion::valueOf).collect(Collectors.toSet()),
                callBack == null ? null : CallBack.valueOf(callBack),
                row.getString("call_back_note"),
                row.getString("opinion"),
                row.getTimestamp("recorded_at").toInstant(),
                answeredBy == null
                        ? null
                        : new JointFinding.Answer(
                                answeredBy,
                                row.getBoolean("confirmed"),
                                row.getString("answer_opinion"),
                                row.getTimestamp("answered_at").toInstant()));
    }

    private static List<String> texts(Array array) throws SQLException {
        return Arrays.asList((String[]) array.getArray());
    }
}
