package org.guiling.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.guiling.GuilingTest;
import org.guiling.TestClock;
import org.guiling.audit.AuditEvent;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.guiling.inspection.SpotCheck;
import org.guiling.inspection.SpotChecks;
import org.guiling.item.Handovers;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.Timeline;
import org.guiling.organization.Substitutions;
import org.guiling.process.LifeCycle;
import org.guiling.signon.LockOuts;
import org.guiling.signon.factor.FactorRecoveries;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/** Of a long list the database reads the page that is shown: all pages together are the list, in its order. */
@GuilingTest
class LongListsTest {

    private static final int SIZE = 7;
    private static final int ROWS = 20;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    Handovers handovers;

    @Autowired
    Timeline timeline;

    @Autowired
    Substitutions substitutions;

    @Autowired
    SpotChecks spotChecks;

    @Autowired
    LockOuts lockOuts;

    @Autowired
    FactorRecoveries recoveries;

    @Autowired
    AuditTrail trail;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    TestClock clock;

    @Autowired
    PlatformTransactionManager transactions;

    private String pattern;
    private TransactionStatus transaction;

    @BeforeEach
    void begin() {
        pattern = lifeCycle.itemAt(ItemStatus.DISPATCHED, Map.of());
        transaction = transactions.getTransaction(new DefaultTransactionDefinition());
    }

    @AfterEach
    void leaveNothing() {
        transactions.rollback(transaction);
    }

    @Test
    void whatIsOpenAtAUnitOrWithSomebody() {
        List<String> handlers = jdbc.queryForList(
                "select id from person where 'HANDLER' = any (roles) and enabled order by id limit 2", String.class);
        String unit = jdbc.queryForObject("select unit_code from person where id = ?", String.class, handlers.get(0));
        copies(pattern, 1, unit, "{}", handlers.get(0));
        copies(pattern, 2, "leading-group-office", "{" + unit + "}", handlers.get(1));
        copies(pattern, 4, unit, "{}", handlers.get(0));

        assertPaged(
                handovers.countOpenAt(unit),
                handovers.openAt(unit),
                (offset, limit) -> handovers.openAt(unit, offset, limit));
        assertPaged(
                handovers.countOpenOf(handlers.get(1)),
                handovers.openOf(handlers.get(1)),
                (offset, limit) -> handovers.openOf(handlers.get(1), offset, limit));
        assertThat(handovers.leadUnitsOf(handlers.get(1))).contains("leading-group-office");

        jdbc.update("update person set enabled = false where id in (?, ?)", handlers.get(0), handlers.get(1));
        List<Handovers.OpenItem> left = handovers.openOfThoseWhoLeft(0, 10_000);
        assertThat(left).containsExactlyInAnyOrderElementsOf(handovers.openOfThoseWhoLeft());
        assertPaged(handovers.countOpenOfThoseWhoLeft(), left, handovers::openOfThoseWhoLeft);
        List<String> inTurn = left.stream().map(Handovers.OpenItem::handler).toList();
        long turns = 1;
        for (int i = 1; i < inTurn.size(); i++) {
            turns += inTurn.get(i).equals(inTurn.get(i - 1)) ? 0 : 1;
        }
        assertThat(turns).isEqualTo(handovers.countThoseWhoLeft()).isGreaterThanOrEqualTo(2);
    }

    private void copies(String itemNo, int run, String unit, String coUnits, String handler) {
        jdbc.update("""
                insert into item overriding system value
                select (jsonb_populate_record(item, jsonb_build_object(
                    'id', nextval(pg_get_serial_sequence('item', 'id')), 'item_no', 'ZG-LONG-' || ? || '-' || n,
                    'lead_unit', ?, 'handler', ?, 'co_units', cast(? as text[])))).*
                from item, generate_series(1, ?) n where item_no = ?""", run, unit, handler, coUnits, ROWS, itemNo);
    }

    @Test
    void anItemsHistory() {
        Item item = lifeCycle.item(pattern);
        jdbc.update("""
                        insert into timeline (item_id, at, action, step, round, status, note)
                        select item_id, at, 'DUE_MOVED', step, round, status, cast(n as text)
                        from (select * from timeline where item_id = ? limit 1) one, generate_series(1, ?) n""", item.id(), ROWS);

        assertPaged(timeline.count(item), timeline.of(item), (offset, limit) -> timeline.of(item, offset, limit));
    }

    @Test
    void whoActsForWhom() {
        jdbc.update("""
                        insert into substitution (absent, substitute, from_on, until_on, state, entered_by, entered_at)
                        select 'handler', 'supervisor', cast(? as date) + 1000 + n % 3, cast(? as date) + 1010, 'PLANNED', 'administrator', ?
                        from generate_series(1, ?) n""", today(), today(), now(), ROWS);

        assertPaged(substitutions.countCurrent(), substitutions.current(), substitutions::current);
        assertThat(substitutions.currentOf("supervisor")).hasSizeGreaterThanOrEqualTo(ROWS);
    }

    @Test
    void spotChecksTheirVisitsAndStrata() {
        jdbc.update("""
                        insert into spot_check (check_no, title, scope, ordered_by, ordered_at)
                        select 'CC-LONG-' || n, '长列表', 'OPEN', 'supervisor', ? from generate_series(1, ?) n""", now(), ROWS);
        copies(pattern, 3, "leading-group-office", "{}", "handler");
        jdbc.update("""
                insert into spot_check_frame (spot_check_id, item_no, unit, level, status, rate, drawn, visitable)
                select spot_check.id, item.item_no, 'unit-' || split_part(item.item_no, '-', 4), 1, 'RECTIFYING', 10, true, true
                from spot_check, item where check_no = 'CC-LONG-7' and item.item_no like 'ZG-LONG-3-%'""");
        jdbc.update("""
                insert into spot_check_visit (spot_check_id, item_no, eligible, excluded)
                select spot_check_id, item_no, '{}', '{}' from spot_check_frame frame
                join spot_check on spot_check.id = spot_check_id where check_no = 'CC-LONG-7'""");

        assertPaged(spotChecks.count(), spotChecks.all(), spotChecks::all);
        SpotCheck check = spotChecks.get("CC-LONG-7");
        assertPaged(
                check.drawn(), spotChecks.visits(check), (offset, limit) -> spotChecks.visits(check, offset, limit));
        assertPaged(
                spotChecks.countStrata(check),
                spotChecks.strata(check),
                (offset, limit) -> spotChecks.strata(check, offset, limit));
    }

    @Test
    void whoHasToWaitAfterWrongPasswords() {
        jdbc.update("""
                        insert into sign_on_count (account, source, failures, last_at, open_at)
                        select case n % 4 when 0 then '*' when 1 then '*known' when 2 then '?digest' || n else 'account-' || n end,
                               '192.0.2.' || n, 9, ?, cast(? as timestamptz) + n % 5 * interval '1 minute'
                        from generate_series(1, ?) n""", now(), now().plusDays(1), 4 * ROWS);

        List<LockOuts.LockedAccount> accounts = lockOuts.current(0, 10_000);
        assertThat(accounts)
                .extracting(LockOuts.LockedAccount::account)
                .contains("account-3", "account-79")
                .noneMatch(account -> account.startsWith("*") || account.startsWith("?"));
        assertPaged(lockOuts.countCurrent(), accounts, lockOuts::current);
        List<LockOuts.LockedSource> sources = lockOuts.sources(0, 10_000);
        assertThat(sources).extracting(LockOuts.LockedSource::source).contains("192.0.2.4", "192.0.2.5");
        assertPaged(lockOuts.countSources(), sources, lockOuts::sources);
        assertThat(lockOuts.lockedUntil("account-3"))
                .hasValue(accounts.stream()
                        .filter(each -> each.account().equals("account-3"))
                        .findFirst()
                        .orElseThrow()
                        .lockedUntil());
        assertThat(lockOuts.lockedUntil("nobody")).isEmpty();
    }

    @Test
    void whatChangedAboutSomebody() {
        trail.record(
                AuditEventKind.PERMISSION_CHANGED,
                null,
                "long-list",
                Map.of("thing", "PERSON", "before", "as it is", "after", "as it is", "changes", Map.of()));
        for (int i = 0; i < ROWS; i++) {
            trail.record(
                    AuditEventKind.PERMISSION_CHANGED,
                    null,
                    "long-list",
                    Map.of("thing", i % 5 == 0 ? "UNIT" : "PERSON", "after", "someone " + i));
        }
        Set<AuditEventKind> changes = Set.of(AuditEventKind.PERMISSION_CHANGED);
        Map.Entry<String, String> people = Map.entry("thing", "PERSON");

        List<AuditEvent> told = trail.newest(changes, "long-list", people, 10_000);
        assertThat(told).hasSize(16);
        assertPaged(
                trail.count(changes, "long-list", people),
                told,
                (offset, limit) -> trail.newest(changes, "long-list", people, offset, limit));
        Map.Entry<String, String> units = Map.entry("thing", "UNIT");
        assertPaged(
                trail.count(changes, null, units),
                trail.newest(changes, null, units, 10_000),
                (offset, limit) -> trail.newest(changes, null, units, offset, limit));
    }

    @Test
    void whoAskedForALostFactor() {
        jdbc.update("delete from second_factor where person_id in (select id from person order by id limit ?)", ROWS);
        jdbc.update("""
                        with factor as (
                            insert into second_factor (person_id, secret, enrolled_at, last_step)
                            select id, decode(repeat('00', 48), 'hex'), ?, 0 from person order by id limit ? returning id, person_id)
                        insert into factor_recovery (person_id, factor_id, asked_at, expires_at)
                        select person_id, id, ?, ? from factor
                        where not exists (select from factor_recovery r where r.person_id = factor.person_id and closed_at is null)""", now(), ROWS, now(), now().plusDays(1));

        assertPaged(recoveries.countOpen(), recoveries.open(0, 10_000), recoveries::open);
    }

    private static <T> void assertPaged(int count, List<T> all, Paging.PageReader<T> pages) {
        List<T> read = new ArrayList<>();
        List<T> page = pages.read(0, SIZE);
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(SIZE);
            read.addAll(page);
            page = pages.read(read.size(), SIZE);
        }
        assertThat(read).usingRecursiveFieldByFieldElementComparator().isEqualTo(all);
        assertThat(all).hasSize(count).hasSizeGreaterThan(SIZE);
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(clock);
    }

    private String today() {
        return now().toLocalDate().toString();
    }
}
