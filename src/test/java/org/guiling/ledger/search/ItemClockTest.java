package org.guiling.ledger.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.guiling.GuilingTest;
import org.guiling.engine.LifeCycle;
import org.guiling.item.ItemStatus;
import org.guiling.ledger.search.ItemCounts.Count;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What is kept of items beside their record: the dates of their lights, and how many there are. */
@GuilingTest
class ItemClockTest {

    private static final String COUNTED = "select clock.status, clock.step, " + LedgerSql.LIGHT
            + " as light, count(*) as items from item_clock clock group by 1, 2, 3";

    @Autowired
    JdbcClient jdbc;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    ItemCounts counts;

    @Autowired
    PlatformTransactionManager transactions;

    @BeforeEach
    void itemsOfEveryStep() {
        Stream.of(
                        ItemStatus.REVIEW,
                        ItemStatus.DISPATCHED,
                        ItemStatus.PLANNING,
                        ItemStatus.RECTIFYING,
                        ItemStatus.VERIFYING,
                        ItemStatus.CLOSED)
                .forEach(lifeCycle::itemAt);
    }

    @Test
    void countsAreThoseOfTheItemsOnEveryDay() {
        everyDayIsCounted();
        counts.fold();
        assertThat(number("select count(*) from item_count_change")).isZero();
        everyDayIsCounted();
    }

    private void everyDayIsCounted() {
        for (int ahead : new int[] {-400, -30, -1, 0, 1, 5, 30, 90, 1000}) {
            LocalDate day = lifeCycle.today().plusDays(ahead);
            assertThat(counts.of(day))
                    .as("on %s", day)
                    .containsExactlyInAnyOrderElementsOf(counted(day))
                    .isNotEmpty();
        }
    }

    private List<Count> counted(LocalDate day) {
        return jdbc.sql(COUNTED).param("today", day).query(Count.class).list();
    }

    @Test
    void whatWasChangedByHandIsFoundAndMended() {
        undone(() -> {
            assertThat(number("select rebuild_item_clock()")).isZero();
            assertThat(number("select rebuild_item_counts()")).isZero();

            jdbc.sql(
                            "update item_clock set own_red_from = own_red_from + 1, red_from = red_from + 1 where status = 'RECTIFYING'")
                    .update();
            jdbc.sql("update item_count set items = items + 1 where status = 'CLOSED' and turn = 'ALL'")
                    .update();

            assertThat(number("select rebuild_item_clock()")).isPositive();
            assertThat(number("select rebuild_item_counts()")).isEqualTo(1);
            assertThat(number("select rebuild_item_clock()")).isZero();
            assertThat(number("select rebuild_item_counts()")).isZero();
            everyDayIsCounted();
        });
    }

    /** A holiday in the last week makes the light yellow earlier, and one that is dropped makes it so later again. */
    @Test
    void aYearOfTheCalendarMovesTheDayOnWhichALightTurns() {
        undone(() -> {
            String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
            jdbc.sql(
                            "update item set current_due = date '2091-05-11', term_began = date '2091-05-01' where item_no = ?")
                    .param(itemNo)
                    .update();
            // 11 May 2091 is a Friday
            assertThat(yellowFrom(itemNo)).isEqualTo("2091-05-08");

            jdbc.sql("""
                            insert into calendar_year (year, notice_number, notice_title, notice_date)
                            values (2091, '示例', '示例', date '2090-11-01')""").update();
            jdbc.sql("""
                            insert into calendar_exception (day, year, working, name)
                            values (date '2091-05-09', 2091, false, '示例'), (date '2091-05-10', 2091, false, '示例')""").update();
            assertThat(yellowFrom(itemNo)).isEqualTo("2091-05-04");
            assertThat(number("select rebuild_item_clock()")).isZero();

            jdbc.sql("delete from calendar_exception where year = 2091").update();
            assertThat(yellowFrom(itemNo)).isEqualTo("2091-05-08");
        });
    }

    private String yellowFrom(String itemNo) {
        return jdbc.sql(
                        "select yellow_from::text from item_clock where item_id = (select id from item where item_no = ?)")
                .param(itemNo)
                .query(String.class)
                .single();
    }

    private long number(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }

    private void undone(Runnable changes) {
        new TransactionTemplate(transactions).executeWithoutResult(transaction -> {
            transaction.setRollbackOnly();
            changes.run();
        });
    }
}
