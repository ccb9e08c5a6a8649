package org.guiling.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One chain held against itself, without a database; AuditVerificationTest has what tampering is found there. */
class ChainTest {

    private static final String NAME = "event SIGNED_ON";

    /** Sign-ons of an office in a few years; a pass over the rows before each of them would take an hour. */
    private static final int ROWS = 50_000;

    private static final Duration LONGEST = Duration.ofMinutes(2);

    @Test
    void aLongChainIsReadInOnePass() {
        List<ChainedRow> rows = sound(ROWS);

        assertThat(assertTimeoutPreemptively(LONGEST, () -> findings(rows, rows)))
                .isEmpty();
    }

    @Test
    void oneChangedRowIsFoundAndNoneBehindIt() {
        List<ChainedRow> rows = sound(1000);
        List<ChainedRow> changed = new ArrayList<>(rows);
        ChainedRow row = rows.get(499);
        changed.set(499, new ChainedRow(row.id(), row.seq(), row.hash(), "(somebody else)"));

        assertThat(findings(changed, rows))
                .extracting(Finding::fault, Finding::from)
                .containsExactly(tuple(Fault.CHANGED, 500L));
    }

    private static List<ChainedRow> sound(int count) {
        List<ChainedRow> rows = new ArrayList<>();
        byte[] before = Digests.beginning(NAME);
        for (int seq = 1; seq <= count; seq++) {
            String record = "(" + seq + ",handler)";
            before = Digests.row(before, record);
            rows.add(new ChainedRow(seq, seq, before, record));
        }
        return rows;
    }

    /** @param written the rows as they were when the head was */
    private static List<Finding> findings(List<ChainedRow> rows, List<ChainedRow> written) {
        List<Finding> findings = new ArrayList<>();
        byte[] head = written.get(written.size() - 1).hash();
        new Chain(NAME, NAME, (long) written.size(), head, rows).verify(findings::add);
        return findings;
    }
}
