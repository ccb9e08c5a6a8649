package org.guiling.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.guiling.GuilingTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** A migration must not do this to the tables whose rows are in the digests of the record, or every record is found changed. */
@GuilingTest
class RecordColumnsTest {

    /** As V32__state_digests.sql found them: columns that every row has a value in. */
    private static final List<String> FILLED = List.of(
            "decline: item_id seq unit declined_by declined_at reason basis",
            "defect: item_id round seq origin content",
            "evidence: id item_id purpose round",
            "evidence_version: evidence_id version name sha256 uploaded_by uploaded_at",
            "institution: item_id seq name doc_no issued_on",
            "item: id version item_no status step round source_type source_doc_no found_date found_by title fact_text category"
                    + " level urgency systemic visibility registered_by registered_at lead_unit co_units fast_lane",
            "item_request: id item_id kind round requested_by requested_at reason",
            "joint_finding: id item_id round first_verifier others method verified_on criteria opinion recorded_at",
            "look_back: item_id round looked_by looked_at method looked_on rebounded falsified opinion",
            "measure: item_id seq content track owner due expected_result evidence_type done",
            "merged_source: item_id from_item source_type doc_no",
            "progress: id item_id round reported_by reported_at content",
            "request_approval: request_id approver approved_at",
            "sign_off: id item_id round approver approved opinion signed_at",
            "spot_check_visit: spot_check_id item_no eligible excluded",
            "supervision_card: id item_id round rung cause task_key reference unit issuers objection_decided_by proposed_at",
            "verification: id item_id round method verifiers verified_on criteria result opinion recorded_at");

    @Autowired
    JdbcTemplate jdbc;

    @Test
    void noColumnIsFilledInRowsThatHaveTheirDigest() {
        assertThat(jdbc.queryForList("""
                        select table_name || ': ' || string_agg(column_name, ' ' order by ordinal_position)
                        from information_schema.columns
                        where table_schema = current_schema() and (is_nullable = 'NO' or column_default is not null)
                          and table_name in (select tgrelid::regclass::text from pg_trigger
                                             where tgfoid = 'note_record_row'::regproc)
                        group by table_name order by table_name""", String.class))
                .as("a new column with a value in old rows: see the head of V32__state_digests.sql")
                .isEqualTo(FILLED);
    }

    @Test
    void everyTableThatNamesAnItemIsInTheDigestOrSaidNotToBe() {
        assertThat(jdbc.queryForList("""
                        select distinct conrelid::regclass::text from pg_constraint
                        where contype = 'f' and confrelid = 'item'::regclass
                          and conrelid not in (select tgrelid from pg_trigger where tgfoid = 'note_record_row'::regproc)
                        order by 1""", String.class))
                // Frozen by a trigger and named by its hash,
                // chained themselves, derived, what waits in the engine, how far supervision has looked, who was told,
                // and
                // the draw of a spot check, which is append-only.
                .containsExactly(
                        "issued_document",
                        "item_clock",
                        "item_text",
                        "record_digest",
                        "record_salt",
                        "spot_check_finding",
                        "spot_check_frame",
                        "supervision_climb",
                        "timeline",
                        "to_do");
    }
}
