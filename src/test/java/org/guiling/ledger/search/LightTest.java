package org.guiling.ledger.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.guiling.GuilingTest;
import org.guiling.TestClock;
import org.guiling.calendar.WorkingCalendar;
import org.guiling.calendar.WorkingCalendars;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.item.ItemStatus;
import org.guiling.item.Light;
import org.guiling.workflow.RequestProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The light (灯色) as the database tells it, against the calendar in memory. */
@GuilingTest
class LightTest {

    private static final LocalDate FIRST = LocalDate.parse("2025-01-01");
    /** Beyond the last shipped year. */
    private static final LocalDate LAST = LocalDate.parse("2027-01-20");

    @Autowired
    WorkingCalendars calendars;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    TestClock clock;

    TransactionTemplate transaction;

    @Autowired
    void transactions(PlatformTransactionManager transactions) {
        transaction = new TransactionTemplate(transactions);
    }

    private record Case(LocalDate today, LocalDate due, String light) {}

    private record Counted(LocalDate today, int n, LocalDate day) {}

    @Test
    void yellowIsAtMostThreeWorkingDays() {
        WorkingCalendar calendar = calendars.current();

        // a period that begins with its own last day has no fifth to be in
        List<Case> cases = jdbc.sql("""
                        select today::date as today, today::date + ahead as due,
                               light(yellow_from(today::date + ahead, today::date + ahead), today::date + ahead + 1, 'GREEN',
                                   today::date) as light
                        from generate_series(cast(:first as date), cast(:last as date), interval '1 day') today,
                             generate_series(0, 16) ahead""")
                .param("first", FIRST)
                .param("last", LAST)
                .query((row, index) -> new Case(
                        row.getObject("today", LocalDate.class),
                        row.getObject("due", LocalDate.class),
                        row.getString("light")))
                .list();

        assertThat(cases).hasSize((int) FIRST.datesUntil(LAST.plusDays(1)).count() * 17);
        assertThat(cases).allSatisfy(each -> {
            boolean yellow = calendar.workingDaysBetween(each.today(), each.due()) <= 3;
            assertThat(each.light()).as(each.toString()).isEqualTo(yellow ? "YELLOW" : "GREEN");
        });
    }

    /** A round of rework, an extension and a reopening are terms of their own, however old the item is. */
    @Test
    void aFifthIsAFifthOfTheTermInForce() {
        // given an item that was planned on its first day
        String itemNo = lifeCycle.itemAt(ItemStatus.VERIFYING);
        LocalDate planned = lifeCycle.today();
        assertThat(started(itemNo)).isEqualTo(planned);

        // when it is returned forty days later, for thirty days
        clock.set(lifeCycle.workingDayFrom(planned.plusDays(40)));
        LocalDate returned = lifeCycle.today();
        LocalDate due = lifeCycle.workingDayFrom(returned.plusDays(30));
        Map<String, Object> failed = Samples.failedVerification(returned, "第二处未补");
        failed.put("reworkDue", due.toString());
        lifeCycle.complete("verifier", itemNo, failed);

        // then it is green until the last fifth of them
        assertThat(started(itemNo)).isEqualTo(returned);
        long days = ChronoUnit.DAYS.between(returned, due);
        assertThat(light(itemNo, returned)).isEqualTo("GREEN");
        assertThat(light(itemNo, due.minusDays(days / 5 + 1))).isEqualTo("GREEN");
        assertThat(light(itemNo, due.minusDays(days / 5))).isEqualTo("YELLOW");

        // and so it was in rows that are older than the column
        jdbc.sql("update item set term_began = null where item_no = ?")
                .param(itemNo)
                .update();
        assertThat(started(itemNo)).isEqualTo(returned);
        jdbc.sql("update item set term_began = ? where item_no = ?")
                .params(returned, itemNo)
                .update();

        // when it is extended, then another term begins
        clock.set(lifeCycle.workingDays(1));
        LocalDate extended = lifeCycle.today();
        lifeCycle.raise("handler", RequestProcess.EXTENSION, itemNo, Samples.extension(due.plusDays(10)));
        lifeCycle.complete("leader", itemNo, "decide-on-extension", Samples.fields("decision", "APPROVE"));
        assertThat(started(itemNo)).isEqualTo(extended);
    }

    /** A suspension neither begins a term nor takes from one. */
    @Test
    void aSuspensionMovesTheTermAsAWhole() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        LocalDate planned = lifeCycle.today();
        LocalDate due = lifeCycle.item(itemNo).currentDue();
        clock.set(lifeCycle.workingDays(3));
        lifeCycle.raise("handler", RequestProcess.SUSPENSION, itemNo, Samples.suspension(lifeCycle.workingDays(10)));
        lifeCycle.complete("supervisor", itemNo, "decide-on-suspension", Samples.fields("decision", "APPROVE"));
        clock.set(lifeCycle.workingDays(5));
        lifeCycle.complete("supervisor", itemNo, "resume-item", Samples.fields("opinion", "复议已撤回。"));

        long moved = ChronoUnit.DAYS.between(due, lifeCycle.item(itemNo).currentDue());
        assertThat(moved).isPositive();
        assertThat(started(itemNo)).isEqualTo(planned.plusDays(moved));
    }

    /** Before there is a date of its own, the task that waits has one, and it began to count with the task. */
    @Test
    void theTermOfAWaitingTaskBeganWithTheTask() {
        String itemNo = lifeCycle.itemAt(ItemStatus.DISPATCHED);
        clock.set(lifeCycle.workingDays(2));
        lifeCycle.complete("handler", itemNo, Samples.claim("handler"));

        assertThat(started(itemNo)).isEqualTo(lifeCycle.today());
    }

    private LocalDate started(String itemNo) {
        return jdbc.sql("select started from item_clock where item_id = (select id from item where item_no = ?)")
                .param(itemNo)
                .query(LocalDate.class)
                .single();
    }

    private boolean under(Light light, String itemNo, LocalDate today) {
        return jdbc.sql("select exists (select" + LedgerSql.FROM + "where item.item_no = :itemNo and "
                        + LedgerSql.under(light) + ")")
                .param("itemNo", itemNo)
                .param("today", today)
                .query(Boolean.class)
                .single();
    }

    private String light(String itemNo, LocalDate today) {
        return jdbc.sql("select light from (" + LedgerSql.ENTRIES + "where item.item_no = :itemNo) entry")
                .param("itemNo", itemNo)
                .param("today", today)
                .query(String.class)
                .single();
    }

    @Test
    void theDatabaseCountsAsTheCalendarDoes() {
        WorkingCalendar calendar = calendars.current();

        List<Counted> counted = jdbc.sql("""
                        select today::date as today, n, working_day_until(today::date, n) as day
                        from generate_series(cast(:first as date), cast(:last as date), interval '1 day') today,
                             unnest(array[1, 2, 5, 10, 60]) n""")
                .param("first", FIRST)
                .param("last", LAST)
                .query(Counted.class)
                .list();

        assertThat(counted).allSatisfy(each -> assertThat(each.day())
                .as(each.toString())
                .isEqualTo(calendar.workingDayBefore(each.today().plusDays(1), each.n())));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // three working days before and after the Spring Festival: 13, 14 and 24 February
                "RECTIFYING, 2026-02-01, 2026-02-24, 2026-02-12, YELLOW",
                "RECTIFYING, 2026-02-01, 2026-02-25, 2026-02-12, GREEN",
                // a fifth of the time left: 60 days of 300
                "RECTIFYING, 2026-01-01, 2026-10-28, 2026-08-29, YELLOW",
                "RECTIFYING, 2026-01-01, 2026-10-28, 2026-08-28, GREEN",
                "RECTIFYING, 2026-01-01, 2026-02-24, 2026-02-25, RED",
                "RECTIFYING, 2026-01-01, -,          2026-02-25, GREEN",
                "SUSPENDED,  2026-01-01, 2026-02-24, 2026-02-25, GREY",
                "DISPUTED,   2026-01-01, 2026-02-24, 2026-02-25, GREY",
                "CLOSED,     2026-01-01, 2026-02-24, 2026-02-25, BLUE",
            })
    void everyLight(String status, LocalDate started, LocalDate due, LocalDate today, String light) {
        transaction.executeWithoutResult(changed -> {
            changed.setRollbackOnly();
            String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
            jdbc.sql("update to_do set due = null where item_id = (select id from item where item_no = ?)")
                    .param(itemNo)
                    .update();
            jdbc.sql("update item set status = ?, term_began = ?, current_due = ? where item_no = ?")
                    .params(status, started, due, itemNo)
                    .update();

            assertThat(light(itemNo, today)).isEqualTo(light);
            assertThat(under(Light.valueOf(light), itemNo, today)).isTrue();
            for (Light other : EnumSet.complementOf(EnumSet.of(Light.valueOf(light)))) {
                assertThat(under(other, itemNo, today)).as(other.name()).isFalse();
            }
        });
    }

    /** The ended and the unrated states are the same in the database and in Java. */
    @ParameterizedTest
    @EnumSource
    void theDatabaseKnowsWhatIsOpenAndWhatIsRated(ItemStatus status) {
        transaction.executeWithoutResult(changed -> {
            changed.setRollbackOnly();
            String itemNo = lifeCycle.itemAt(ItemStatus.REVIEW);
            jdbc.sql("update item set status = ? where item_no = ?")
                    .params(status.name(), itemNo)
                    .update();

            Map<String, Object> counted = jdbc.sql("select clock.open, " + CountedSet.RATED.condition() + " as rated,"
                            + LedgerSql.LIGHT + " as light" + LedgerSql.FROM + "where item.item_no = :itemNo")
                    .param("itemNo", itemNo)
                    .param("today", lifeCycle.today())
                    .query()
                    .singleRow();

            assertThat(counted.get("open")).isEqualTo(status.isOpen());
            assertThat(counted.get("rated")).isEqualTo(!status.isEndedOtherwise());
            assertThat(counted.get("light").equals("BLUE")).isEqualTo(!status.isOpen() && !status.isEndedOtherwise());
        });
    }
}
