package org.guiling.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.guiling.GuilingTest;
import org.guiling.audit.AuditVerification;
import org.guiling.engine.property.Invariants;
import org.guiling.engine.property.WholeRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;

/** What the benchmark measures is a ledger as this application would have written it, by the schema of today. */
@GuilingTest
@ActiveProfiles({"demo", "test"})
@Tag("own-context")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScaleLedgerTest {

    private static final int FIRST = 600;
    private static final int ITEMS = 1_000;

    @Autowired
    JdbcConnectionDetails database;

    @Autowired
    AuditVerification verification;

    @Autowired
    JdbcClient client;

    @Autowired
    JdbcTemplate jdbc;

    /** In two goes, as from one size to the next. */
    @BeforeAll
    void grow() throws Exception {
        ScaleLedger ledger = new ScaleLedger(database);
        ledger.growTo(FIRST);
        ledger.growTo(ITEMS);
    }

    @Test
    void itIsAsLargeAsItWasToBeAndHalfOfItIsOpen() {
        assertThat(number("select count(*) from item")).isEqualTo(ITEMS);
        assertThat(number(
                        "select count(*) from item join item_clock clock on clock.item_id = item.id where clock.open"))
                .isBetween(ITEMS * 4L / 10, ITEMS * 6L / 10);
        assertThat(number("select count(distinct item_no) from item")).isEqualTo(ITEMS);
        assertThat(number("select count(distinct lead_unit) from item")).isGreaterThan(2);
    }

    @Test
    void theTrailIsSound() {
        assertThat(verification.verify().findings()).isEmpty();
    }

    @Test
    void recordToDoListAndEngineAgree() {
        WholeRecord record = new WholeRecord(client);

        Invariants.check(record.numbersAfter(0).stream().map(record::of).toList());
    }

    @Test
    void whatIsDerivedIsAsTheRecordSays() {
        assertThat(number("select count(*) from item where not exists (select from item_text where item_id = item.id"
                        + " and item_text = item_text_of(item))"))
                .isZero();
        List<String> rebuilds = jdbc.queryForList(
                "select oid::regprocedure::text from pg_proc where pronamespace = 'public'::regnamespace"
                        + " and pronargs = 0 and proname ~ '^rebuild_'",
                String.class);
        assertThat(rebuilds)
                .allSatisfy(rebuild ->
                        assertThat(number("select " + rebuild)).as(rebuild).isZero());
    }

    private long number(String query) {
        return jdbc.queryForObject(query, Long.class);
    }
}
