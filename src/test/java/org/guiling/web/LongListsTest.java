package org.guiling.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.guiling.GuilingTest;
import org.guiling.People;
import org.guiling.TestClock;
import org.guiling.audit.AuditEvent;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.guiling.engine.LifeCycle;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.access.DataScope;
import org.guiling.item.request.ItemRequests;
import org.guiling.item.step.Handovers;
import org.guiling.item.timeline.Timeline;
import org.guiling.ledger.imports.ImportReviews;
import org.guiling.ledger.search.Ledger;
import org.guiling.ledger.search.LedgerEntry;
import org.guiling.ledger.value.UnitAliases;
import org.guiling.notification.Inbox;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.organization.substitution.Substitutions;
import org.guiling.signon.factor.FactorRecoveries;
import org.guiling.signon.throttle.LockOuts;
import org.guiling.spotcheck.SpotCheck;
import org.guiling.spotcheck.SpotCheckVisit;
import org.guiling.spotcheck.SpotChecks;
import org.guiling.supervision.Card;
import org.guiling.supervision.CardState;
import org.guiling.supervision.Cards;
import org.guiling.web.support.Paging;
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
    Ledger ledger;

    @Autowired
    ImportReviews importReviews;

    @Autowired
    UnitAliases aliases;

    @Autowired
    ItemRequests requests;

    @Autowired
    Cards cards;

    @Autowired
    Organization organization;

    @Autowired
    Inbox inbox;

    @Autowired
    People people;

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
    void partsOfAnItemAsFarAsTheReaderSeesThem() {
        copies(pattern, 5, "leading-group-office", "{}", "handler");
        jdbc.update("update item set parent_no = ? where item_no like 'ZG-LONG-5-%'", pattern);
        DataScope all = people.everything();
        List<LedgerEntry> parts = ledger.parts(all, pattern, 0, 10_000);

        assertThat(parts).hasSize(ROWS).extracting(LedgerEntry::itemNo).allMatch(no -> no.startsWith("ZG-LONG-5-"));
        assertPaged(
                ledger.countParts(all, pattern), parts, (offset, limit) -> ledger.parts(all, pattern, offset, limit));

        DataScope own = people.scopeOf("village-handler");
        assertThat(ledger.countParts(own, pattern)).isZero();
        assertThat(ledger.parts(own, pattern, 0, 10_000)).isEmpty();
    }

    @Test
    void whatWasAskedOfAnItemAndItsCards() {
        Item item = lifeCycle.item(pattern);
        jdbc.update("""
                        insert into item_request (item_id, kind, round, requested_by, requested_at, reason, decided_by, decided_at, granted)
                        select ?, 'EXTENSION', 1, 'handler', ?, 'reason ' || n, 'leader', ?, n % 2 = 0
                        from generate_series(1, ?) n""", item.id(), now(), now(), ROWS);
        jdbc.update("""
                        insert into supervision_card (item_id, round, rung, cause, task_key, reference, unit, issuers,
                            objection_decided_by, proposed_at, decision, decided_by, decided_at)
                        select ?, 1, 'YELLOW_CARD', 'DUE', 'rectify', cast(? as date) + n, 'housing-urban-bureau', 'leader', 'leader', ?,
                            decision, case when n % 2 = 0 or decision <> 'VOID' then 'leader' end, ?
                        from (select n, case n % 3 when 0 then 'DROPPED' when 1 then 'VOID' else 'ISSUED' end
                              as decision from generate_series(1, ?) n) made""", item.id(), today(), now(), now(), 4 * ROWS);

        assertPaged(requests.count(item), requests.of(item), (offset, limit) -> requests.of(item, offset, limit));
        List<Card> all = cards.of(item);
        assertThat(all).hasSize(4 * ROWS);
        assertPaged(cards.count(item), all, (offset, limit) -> cards.of(item, offset, limit));
        List<Card> known = cards.known(item, 0, 10_000);
        assertThat(known)
                .containsExactlyElementsOf(all.stream()
                        .filter(card -> card.decidedBy() != null
                                && card.state() != CardState.DROPPED
                                && card.state() != CardState.VOID)
                        .toList());
        assertPaged(cards.countKnown(item), known, (offset, limit) -> cards.known(item, offset, limit));
    }

    @Test
    void whoIsWhereAndWhatEachUnitHasOpen() {
        jdbc.update("""
                        insert into person (id, name, unit_code, password_hash, roles)
                        select 'long-' || n, '长' || n, 'education-bureau', '-',
                               cast(case n % 5 when 0 then '{UNIT_LEADER}' else '{HANDLER}' end as text[])
                        from generate_series(1, ?) n""", ROWS);
        jdbc.update("""
                        insert into post (person, unit_code, roles)
                        select 'long-' || n, 'housing-urban-bureau', '{UNIT_LEADER}' from generate_series(1, 3) n""");
        jdbc.update("update person set enabled = false where id = 'long-1'");
        copies(pattern, 6, "education-bureau", "{housing-urban-bureau}", "handler");

        List<Person> everybody = organization.people();
        assertPaged(organization.countPeople(), everybody, organization::people);
        assertPaged(
                organization.countAt("education-bureau"),
                organization.peopleAt("education-bureau"),
                (offset, limit) -> organization.peopleAt("education-bureau", offset, limit));

        List<String> units = List.of("education-bureau", "housing-urban-bureau", "nowhere");
        Map<String, Organization.Staff> staff = organization.staffOf(units);
        assertThat(staff).containsOnlyKeys("education-bureau", "housing-urban-bureau");
        for (String unit : List.of("education-bureau", "housing-urban-bureau")) {
            assertThat(staff.get(unit).people()).as(unit).isEqualTo(organization.countAt(unit));
            assertThat(staff.get(unit).heads())
                    .as(unit)
                    .containsExactlyElementsOf(everybody.stream()
                            .filter(person -> person.isAppointed(Role.UNIT_LEADER, unit))
                            .map(Person::name)
                            .toList());
        }
        assertThat(handovers.countOpen(units))
                .isEqualTo(Map.of(
                        "education-bureau", handovers.countOpenAt("education-bureau"),
                        "housing-urban-bureau", handovers.countOpenAt("housing-urban-bureau")));
    }

    @Test
    void importsThatWaitAndNamesThatTheyKnow() {
        Item item = lifeCycle.item(pattern);
        jdbc.update("""
                        insert into import_batch (file_name, file_digest, profile, mode, row_count, created, duplicates, rejected,
                            imported_by, imported_at)
                        select 'long-' || n, 'long-' || n, 'ledger', 'VALID_ROWS', 2, 2, 0, 0, 'registrar', ?
                        from generate_series(1, ?) n""", now(), ROWS + 1);
        copies(pattern, 7, "education-bureau", "{}", "handler");
        copies(pattern, 8, "education-bureau", "{}", "handler");
        jdbc.update("""
                        update item set import_batch_id = (select id from import_batch
                            where file_digest = 'long-' || split_part(item_no, '-', 4))
                        where item_no like 'ZG-LONG-7-%' or item_no like 'ZG-LONG-8-%'""");
        jdbc.update("""
                        insert into to_do (task_id, item_id, task_key, created_at)
                        select 'long-' || id, id, case when item_no like 'ZG-LONG-7-%' then 'review-registration' else 'claim-item' end, ?
                        from item where item_no like 'ZG-LONG-7-%' or item_no like 'ZG-LONG-8-%'""", now());

        List<ImportReviews.Batch> waiting = importReviews.waiting(0, 10_000);
        assertThat(waiting)
                .filteredOn(batch -> batch.fileName().startsWith("long-"))
                .hasSize(ROWS)
                .allSatisfy(batch -> assertThat(batch.waiting()).isEqualTo(1))
                .extracting(ImportReviews.Batch::fileName)
                .doesNotContain("long-" + (ROWS + 1));
        assertPaged(importReviews.countWaiting(), waiting, importReviews::waiting);

        jdbc.update(
                "update item set import_batch_id = ? where item_no like 'ZG-LONG-7-%'",
                waiting.get(waiting.size() - 1).id());
        people.as("reviewer", () -> {
            assertReviewPaged(waiting.get(waiting.size() - 1).id());
            return null;
        });

        jdbc.update("""
                        insert into unit_alias (name_key, name, unit_code, confirmed_by, confirmed_at)
                        select 'long-' || n, '长名', 'education-bureau', 'registrar', ? from generate_series(1, ?) n""", now(), ROWS);
        people.as("registrar", () -> {
            assertPaged(aliases.count(), aliases.all(0, 10_000), aliases::all);
            return null;
        });
    }

    private void assertReviewPaged(long batch) {
        ImportReviews.ReviewList all = importReviews.toReview(batch, 0, 10_000);
        assertThat(all.total()).isEqualTo(ROWS);
        List<ImportReviews.ReviewRow> pages = new ArrayList<>();
        for (int page = 0; page * SIZE < ROWS; page++) {
            ImportReviews.ReviewList read = importReviews.toReview(batch, page, SIZE);
            assertThat(read.total()).isEqualTo(ROWS);
            pages.addAll(read.rows());
        }
        assertThat(pages).containsExactlyElementsOf(all.rows());
    }

    @Test
    void whatSomebodyWasTold() {
        jdbc.update("""
                        insert into notice (kind, item_no, person, occasion, created_at)
                        select 'URGED', ?, 'village-handler', 'long ' || n, ? from generate_series(1, ?) n""", pattern, now(), ROWS);

        assertPaged(
                (int) inbox.count("village-handler"),
                inbox.of("village-handler", 0, 10_000),
                (offset, limit) -> inbox.of("village-handler", offset, limit));
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
        assertThat(spotChecks.countFrame(check))
                .isEqualTo(spotChecks.frame(check).size())
                .isEqualTo(ROWS);
        jdbc.update("""
                update spot_check_visit set result = case when item_no like '%7' then 'DISCREPANT' else 'CONSISTENT' end, recorded_at = ?
                where spot_check_id = ? and item_no not like '%1'""", now(), check.id());
        assertThat(spotChecks.results(check))
                .isEqualTo(spotChecks.visits(check).stream()
                        .filter(visit -> visit.result() != null)
                        .collect(Collectors.groupingBy(SpotCheckVisit::result, Collectors.counting())))
                .hasSize(2);
        copies(pattern, 9, "leading-group-office", "{}", "handler");
        jdbc.update("""
                insert into spot_check_frame (spot_check_id, item_no, unit, level, status, rate, drawn, visitable)
                select spot_check.id, item.item_no, 'unit', 1, 'RECTIFYING', 10, false, false
                from spot_check, item where check_no = 'CC-LONG-7' and item.item_no like 'ZG-LONG-9-%'""");
        assertPaged(
                spotChecks.countUnvisitable(check),
                spotChecks.unvisitable(check),
                (offset, limit) -> spotChecks.unvisitable(check, offset, limit));
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
