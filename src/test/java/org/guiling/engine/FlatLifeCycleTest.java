package org.guiling.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.guiling.engine.Samples.fields;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.guiling.GuilingTest;
import org.guiling.item.ItemStatus;
import org.guiling.workflow.RequestProcess;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * With a million items each statement of a step has to find its rows by an index. The planner takes a table from end to
 * end, once that is made dear, only where no index serves; the server counts such readings for each table.
 */
@GuilingTest
class FlatLifeCycleTest {

    /** One row, and none at all since no model has an external task. */
    private static final List<String> ALWAYS_SMALL = List.of("calendar_revision", "act_ru_ext_task");

    private enum Life {
        CLOSED,
        REWORKED,
        EXTENDED,
        SUSPENDED,
        WITH_CARD,
        LOOKED_BACK_AT
    }

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    TransactionTemplate transaction;

    @ParameterizedTest
    @EnumSource
    void noStepReadsATableOfItemsFromEndToEnd(Life life) {
        Map<String, Long> readWhole = transaction.execute(status -> {
            status.setRollbackOnly();
            jdbc.execute("discard plans");
            jdbc.execute("set local enable_seqscan = off");
            jdbc.execute("set local enable_indexonlyscan = off");
            Map<String, Long> before = readWhole();
            live(life);
            jdbc.execute("set constraints all immediate");
            Map<String, Long> after = readWhole();
            after.replaceAll((table, times) -> times - before.getOrDefault(table, 0L));
            after.values().removeIf(times -> times == 0);
            return after;
        });

        readWhole.keySet().removeAll(ALWAYS_SMALL);
        assertThat(readWhole).isEmpty();
    }

    private void live(Life life) {
        String itemNo = lifeCycle.itemAt(life == Life.REWORKED ? ItemStatus.VERIFYING : ItemStatus.RECTIFYING);
        switch (life) {
            case REWORKED ->
                lifeCycle.complete("verifier", itemNo, Samples.failedVerification(lifeCycle.today(), "井盖松动"));
            case EXTENDED -> {
                LocalDate later =
                        lifeCycle.workingDayAfter(lifeCycle.item(itemNo).currentDue(), 5);
                lifeCycle.raise("handler", RequestProcess.EXTENSION, itemNo, Samples.extension(later));
                lifeCycle.complete("leader", itemNo, "decide-on-extension", fields("decision", "APPROVE"));
            }
            case SUSPENDED -> {
                Map<String, Object> asked = Samples.suspension(lifeCycle.today().plusDays(40));
                lifeCycle.raise("handler", RequestProcess.SUSPENSION, itemNo, asked);
                lifeCycle.complete("supervisor", itemNo, "decide-on-suspension", fields("decision", "APPROVE"));
                lifeCycle.complete("supervisor", itemNo, "resume-item", fields("opinion", "具备条件。"));
            }
            case WITH_CARD -> lifeCycle.issueCard(itemNo);
            default -> lifeCycle.moveTo(ItemStatus.CLOSED, itemNo);
        }
        if (life == Life.LOOKED_BACK_AT) {
            lifeCycle.comeToLookBack(itemNo);
            lifeCycle.complete("verifier3", itemNo, "look-back-check", Samples.confirmation(lifeCycle.today()));
        }
    }

    private Map<String, Long> readWhole() {
        Map<String, Long> tables = new TreeMap<>();
        jdbc.query("select relname, seq_scan from pg_stat_xact_user_tables", row -> {
            tables.put(row.getString("relname"), row.getLong("seq_scan"));
        });
        return tables;
    }
}
