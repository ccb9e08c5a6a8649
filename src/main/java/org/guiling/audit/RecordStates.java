package org.guiling.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Holds what each record says now against the digest that its last step left, and the items that are there against the
 * numbers that were issued (V32__state_digests.sql). Streaming, an item at a time; the digests are computed here.
 */
final class RecordStates {

    /** The tables of the record that name their item by its id, beside {@code item} itself. */
    private static final List<String> OF_ITEM = List.of(
            "measure",
            "progress",
            "institution",
            "verification",
            "joint_finding",
            "sign_off",
            "defect",
            "decline",
            "item_request",
            "merged_source",
            "look_back",
            "supervision_card",
            "evidence");

    private static final String LINES = Stream.concat(
                    OF_ITEM.stream()
                            .map(table ->
                                    "select '%1$s ' || jsonb_strip_nulls(to_jsonb(t))::text from %1$s t where t.item_id = item.id"
                                            .formatted(table)),
                    Stream.of("""
                            select 'item ' || jsonb_strip_nulls(
                                to_jsonb(item) - '{version,next_look,proposed_card}'::text[])::text""", """
                            select 'request_approval ' || jsonb_strip_nulls(to_jsonb(t))::text
                            from item_request r join request_approval t on t.request_id = r.id where r.item_id = item.id""", """
                            select 'evidence_version ' || jsonb_strip_nulls(
                                to_jsonb(t) || jsonb_build_object('bytes', content.bytes, 'type', content.type))::text
                            from evidence e join evidence_version t on t.evidence_id = e.id
                            left join evidence_content content on content.sha256 = t.sha256
                            where e.item_id = item.id""", """
                            select 'spot_check_visit ' || jsonb_strip_nulls(to_jsonb(t))::text
                            from spot_check_visit t where t.item_no = item.item_no and t.result is not null"""))
            .collect(Collectors.joining("\nunion all "));

    private final JdbcTemplate jdbc;

    /** @param jdbc fetches in portions, within a transaction whose time zone is UTC */
    RecordStates(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** @return how many records there are */
    long verify(Consumer<Finding> findings) {
        // Sixteen small reads for each item: compiled for all of them together they would cost more.
        jdbc.execute("set local jit = off");
        long[] records = {0};
        jdbc.query("""
                select item.item_no, record_salt.salt, last.digest, last.timeline_seq, head.rows,
                       array(%s) as lines
                from item
                left join record_salt on record_salt.item_id = item.id
                left join lateral (select digest, timeline_seq from record_digest
                                   where item_id = item.id order by seq desc limit 1) last on true
                left join chain_head head on head.chain = 'item ' || item.id
                order by item.id""".formatted(LINES), row -> {
            records[0]++;
            verify(row, findings);
        });
        verifyChangesBetweenSteps(findings);
        verifyNumbers(findings);
        return records[0];
    }

    private static void verify(ResultSet row, Consumer<Finding> findings) throws SQLException {
        String itemNo = row.getString("item_no");
        byte[] salt = row.getBytes("salt");
        byte[] expected = row.getBytes("digest");
        Long rows = row.getObject("rows", Long.class);
        if (salt == null || expected == null || rows != null && rows != row.getLong("timeline_seq")) {
            findings.accept(Finding.of(Fault.NO_DIGEST, itemNo));
        } else if (!Arrays.equals(digest(salt, (String[]) row.getArray("lines").getArray()), expected)) {
            findings.accept(Finding.of(Fault.RECORD_CHANGED, itemNo));
        }
    }

    /** @param lines the rows of the record as the database writes them, in any order */
    static byte[] digest(byte[] salt, String... lines) {
        MessageDigest digest = Digests.begin();
        digest.update(salt);
        Arrays.stream(lines)
                .map(line -> Digests.of(line.getBytes(UTF_8)))
                .sorted(Arrays::compareUnsigned)
                .forEach(digest::update);
        return digest.digest();
    }

    /**
     * Records that were not, when a step began, as the step before had left them, and digests that are no step's: behind
     * no newer row of the timeline, or as a migration takes them for records that have none yet.
     */
    private void verifyChangesBetweenSteps(Consumer<Finding> findings) {
        jdbc.query("""
                select coalesce(item.item_no, 'record ' || d.item_id) as subject, d.id, d.timeline_seq
                from record_digest d left join item on item.id = d.item_id
                where not d.continuous
                   or d.seq > 1 and (d.taken_by is not null or exists (
                       select from record_digest before
                       where before.item_id = d.item_id and before.seq < d.seq and before.timeline_seq >= d.timeline_seq))
                order by d.id""", row -> {
            long seq = row.getLong("timeline_seq");
            findings.accept(new Finding(
                    Fault.RECORD_CHANGED_BEFORE, row.getString("subject"), seq, seq, row.getLong("id"), null));
        });
    }

    private void verifyNumbers(Consumer<Finding> findings) {
        jdbc.query("""
                select number.id, number.item_no, number.seq from issued_number number
                where not exists (select from item where item.id = number.item_id and item.item_no = number.item_no)
                order by number.id""", row -> {
            long seq = row.getLong("seq");
            findings.accept(
                    new Finding(Fault.ITEM_MISSING, row.getString("item_no"), seq, seq, row.getLong("id"), null));
        });
        jdbc.query("""
                select item_no from item
                where not exists (select from issued_number number
                                  where number.item_id = item.id and number.item_no = item.item_no)
                order by id""", row -> {
            findings.accept(Finding.of(Fault.NO_NUMBER, row.getString("item_no")));
        });
    }
}
