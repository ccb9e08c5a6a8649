package org.guiling.ledger.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.guiling.GuilingTest;
import org.guiling.People;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.item.ItemStatus;
import org.guiling.item.Light;
import org.guiling.item.Step;
import org.guiling.ledger.board.Figures;
import org.guiling.refusal.RefusedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Search and figures. */
@GuilingTest
class LedgerTest {

    @Autowired
    Ledger ledger;

    @Autowired
    Figures figures;

    @Autowired
    People people;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    JdbcClient jdbc;

    /** Sets the items of one test apart from those of another. */
    private String mark;

    @BeforeEach
    void newMark() {
        mark = UUID.randomUUID().toString();
    }

    @Test
    void anItemIsDueWithItsTaskUntilItHasADateOfItsOwn() {
        String waiting = register(Map.of());
        String dated = register(Map.of("originalDue", lifeCycle.today().minusDays(1), "dueBasis", "示例文件"));

        assertThat(found(with(null)))
                .extracting(LedgerEntry::itemNo, LedgerEntry::due, LedgerEntry::light)
                .containsExactly(
                        tuple(dated, lifeCycle.today().minusDays(1), Light.RED),
                        tuple(waiting, lifeCycle.workingDays(2), Light.YELLOW));
    }

    @Test
    void everyFilterFindsAndHides() {
        String itemNo = register(Map.ofEntries(
                Map.entry("level", "3"),
                Map.entry("sourceType", "PETITION"),
                Map.entry("category", "ECOLOGY"),
                Map.entry("urgency", "CRITICAL"),
                Map.entry("systemic", "YES"),
                Map.entry("visibility", "PUBLIC"),
                Map.entry("foundDate", "2026-01-05"),
                Map.entry("leadUnit", Samples.VILLAGE_UNIT),
                Map.entry("originalDue", lifeCycle.today().minusDays(1)),
                Map.entry("dueBasis", "示例文件")));
        register(Map.of());

        for (LedgerFilter hit : List.of(
                filter("level", "3"),
                filter("sourceType", "PETITION"),
                filter("category", "ECOLOGY"),
                filter("leadUnit", Samples.VILLAGE_UNIT),
                filter("leadUnit", "jiaqiao-town", "withBelow", "true"),
                filter("tier", "VILLAGE"),
                filter("light", "RED"),
                filter("overdue", "true"),
                filter("open", "true", "urgency", "CRITICAL"),
                filter("systemic", "true"),
                filter("visibility", "PUBLIC"),
                filter("found.from", "2026-01-05", "found.to", "2026-01-05"),
                filter("due.to", lifeCycle.today().minusDays(1).toString()),
                filter("originalDue.from", lifeCycle.today().minusDays(1).toString(), "level", "3"),
                filter("itemNo", "ZG-1999-000001," + itemNo),
                filter(
                        "registered.from",
                        lifeCycle.today().toString(),
                        "registered.to",
                        lifeCycle.today().toString(),
                        "level",
                        "3"),
                filter("status", "REVIEW", "step", "INTAKE", "light", "RED", "text", mark.toUpperCase()))) {
            assertThat(found(hit))
                    .as(hit.toString())
                    .extracting(LedgerEntry::itemNo)
                    .containsExactly(itemNo);
        }
        for (LedgerFilter miss : List.of(
                filter("status", "CLOSED"),
                filter("step", "CLOSURE"),
                filter("light", "BLUE"),
                filter("leadUnit", "no-unit"),
                filter("leadUnit", "jiaqiao-town"),
                filter("coUnit", "jiaqiao-town"),
                filter("open", "false"),
                filter("urgency", "URGENT"),
                filter("visibility", "RESTRICTED"),
                filter("rectType", "PHASED"),
                filter("tier", "TOWNSHIP"),
                filter("campaignCode", "none"),
                filter("sourceDocNo", "none"),
                filter("parentNo", "ZG-1999-000001"),
                filter("fastLane", "true"),
                filter("reworked", "true"),
                filter("openRequest", "true"),
                filter("verifyMethod", "ON_SITE"),
                filter("verifyResult", "PASS"),
                filter("registered.to", lifeCycle.today().minusDays(1).toString()),
                filter("claimed.from", "2020-01-01"),
                filter("selfDone.from", "2020-01-01"),
                filter("verified.from", "2020-01-01"),
                filter("closed.from", "2020-01-01"),
                filter("lookBack.from", "2020-01-01"),
                with("%" + mark.substring(1)),
                with("_" + mark.substring(1)),
                with(mark + "\0"))) {
            assertThat(found(miss)).as(miss.toString()).isEmpty();
        }
        assertThat(found(filter("overdue", "false"))).hasSize(1);
        assertThat(found(with(itemNo))).extracting(LedgerEntry::itemNo).containsExactly(itemNo);
    }

    @Test
    void whatWasDoneToAnItemIsFilteredToo() {
        String verified = lifeCycle.itemAt(ItemStatus.CLOSED);
        String today = lifeCycle.today().toString();

        for (LedgerFilter hit : List.of(
                Filters.of("itemNo", verified, "verifyResult", "PASS", "verified.from", "2020-01-01"),
                Filters.of("itemNo", verified, "claimed.from", today, "selfDone.to", today, "closed.from", today),
                Filters.of("itemNo", verified, "open", "false", "lookBack.from", today, "reworked", "false"))) {
            assertThat(found(hit)).as(hit.toString()).hasSize(1);
        }
        assertThat(found(Filters.of(
                        "itemNo",
                        verified,
                        "closed.to",
                        lifeCycle.today().minusDays(1).toString())))
                .isEmpty();
    }

    @Test
    void aRangeThatEndsBeforeItBeginsIsRefused() {
        assertThatThrownBy(() -> found(Filters.of("closed.from", "2026-03-05", "closed.to", "2026-03-04")))
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.problems())
                        .singleElement()
                        .satisfies(problem -> assertThat(problem.field()).isEqualTo("closed.to")));
    }

    @Test
    void aFilterTellsWhatItAsksFor() {
        assertThat(LedgerFilter.class.getRecordComponents()).isNotEmpty();
        assertThat(Filters.of("status", "REVIEW", "found.from", "2026-03-05", "text", " ", "itemNo", "a,b")
                        .values())
                .containsExactly(
                        Map.entry("status", "REVIEW"),
                        Map.entry("itemNo", "a,b"),
                        Map.entry("found.from", "2026-03-05"));
    }

    @Test
    void wordsOfTwoCharactersAreFoundInEveryText() {
        String itemNo = register(Map.of(
                "title", "涵洞积水 " + mark,
                "factText", "三月二日现场核实，麒麟闸口附近路面塌陷约二十平方米。",
                "location", "凤鸣巷尾",
                "subject", "鹏程商行（示例）",
                "sourceDocNo", "示督〔２０２６〕Ⅳ号"));
        register(Map.of("title", "涵管积水 " + mark));

        for (String words : List.of(
                "涵洞", "积水 塌陷", "麒麟", "巷尾", "鹏程 凤鸣", "〔2026〕iv", "iv号", "麒麟闸口附近", "麟", "涵洞　塌陷", itemNo.toLowerCase())) {
            assertThat(found(with(words + " " + mark)))
                    .as(words)
                    .extracting(LedgerEntry::itemNo)
                    .containsExactly(itemNo);
        }
        for (String words : List.of("涵水", "涵洞 干旱", "洞积路面", "麒麟口附", "尾鹏")) {
            assertThat(found(with(words + " " + mark))).as(words).isEmpty();
        }
    }

    @Test
    void whatAnItemSaysNowIsWhatIsFound() {
        String itemNo = register(Map.of("title", "鸳鸯桥栏杆松动 " + mark));
        jdbc.sql("update item set title = ? where item_no = ?")
                .params("鹭鸶桥栏杆松动 " + mark, itemNo)
                .update();

        assertThat(found(with("鹭鸶 " + mark))).hasSize(1);
        assertThat(found(with("鸳鸯 " + mark))).isEmpty();
    }

    @Test
    void aMaskedSubjectIsFoundByNobodyWhoMayNotReadIt() {
        String itemNo = register(Map.of("sourceType", "PETITION", "subject", "端木示例", "leadUnit", Samples.VILLAGE_UNIT));

        // the leading group and whoever registered it may read it
        for (String reader : List.of("reviewer", "leader", "registrar")) {
            assertThat(foundBy(reader, "端木 " + mark)).as(reader).containsExactly(itemNo);
        }
        // those who see the item with its subject masked find it by its title alone
        for (String reader : List.of("township-leader", "village-handler")) {
            assertThat(foundBy(reader, mark)).as(reader).containsExactly(itemNo);
            assertThat(foundBy(reader, "端木 " + mark)).as(reader).isEmpty();
            assertThat(foundBy(reader, "端 " + mark)).as(reader).isEmpty();
        }
        // and the ledger knows that it was found by the subject
        List<LedgerEntry> found = found(with("端木 " + mark));
        assertThat(ledger.foundBySubject(found, with("端木 " + mark))).containsExactly(itemNo);
        assertThat(ledger.foundBySubject(found, with(mark))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Ledger.Sort.class)
    void pagesShowEveryItemOnceThoughItemsComeInBetween(Ledger.Sort sort) {
        List<String> registered = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            // three items share a day, so that a page ends between two of them
            registered.add(register(Map.of("originalDue", lifeCycle.today().plusDays(i / 3), "dueBasis", "示例文件")));
        }
        List<LedgerEntry> seen = new ArrayList<>();
        String cursor = null;
        String between = null;
        do {
            Ledger.Page page = ledger.page(people.everything(), with(null), sort, cursor, 2);
            assertThat(page.items()).hasSizeBetween(1, 2);
            seen.addAll(page.items());
            cursor = page.next();
            if (seen.size() == 2) {
                // due before, newer than everything that was seen: must not shift the pages
                between = register(Map.of("originalDue", lifeCycle.today().minusDays(1), "dueBasis", "示例文件"));
            }
        } while (cursor != null);

        List<String> expected = new ArrayList<>(registered);
        if (sort == Ledger.Sort.NEWEST) {
            Collections.reverse(expected);
        }
        if (sort == Ledger.Sort.REGISTERED) {
            // the latest comes last, and is seen there
            expected.add(between);
        }
        assertThat(seen).extracting(LedgerEntry::itemNo).containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "%%%", "REVF", "REVFfDIwMjYtMTMtNDV8MQ", "TkVXRVNUfGluZmluaXR5fDE"})
    void aCursorOfNobodyIsRefused(String cursor) {
        assertThatThrownBy(() -> ledger.page(people.everything(), Filters.of(), Ledger.Sort.DUE, cursor, 10))
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.problems())
                        .singleElement()
                        .satisfies(problem -> assertThat(problem.code()).isEqualTo("ledger.cursor")));
    }

    @Test
    void figuresMoveWithTheItems() {
        Figures.Totals before = figures.totals(people.everything());
        long redBefore = count(Step.INTAKE, Light.RED);
        long claimsBefore = count(Step.OWNERSHIP, Light.YELLOW);

        register(Map.of("originalDue", lifeCycle.today().minusDays(1), "dueBasis", "示例文件"));
        lifeCycle.itemAt(ItemStatus.DISPATCHED);
        String closed = lifeCycle.itemAt(ItemStatus.CLOSED);

        assertThat(figures.totals(people.everything()))
                .isEqualTo(new Figures.Totals(
                        before.registered() + 3, before.closed() + 1, before.open() + 2, before.overdue() + 1));
        assertThat(count(Step.INTAKE, Light.RED)).isEqualTo(redBefore + 1);
        assertThat(count(Step.OWNERSHIP, Light.YELLOW)).isEqualTo(claimsBefore + 1);
        assertThat(found(with(closed))).singleElement().satisfies(entry -> {
            assertThat(entry.light()).isEqualTo(Light.BLUE);
            assertThat(entry.status()).isEqualTo(ItemStatus.CLOSED);
        });
        // a later day's lights are told as well: the claim is overdue by then
        assertThat(figures.openByStepAndLight(people.everything(), lifeCycle.workingDays(3))
                        .get(Step.OWNERSHIP)
                        .get(Light.RED))
                .isGreaterThan(count(Step.OWNERSHIP, Light.RED));
    }

    @Test
    void theMostUrgentComesFirst() {
        String itemNo = register(Map.of("foundDate", "1995-01-01", "originalDue", "1995-01-02", "dueBasis", "示例文件"));

        assertThat(figures.mostUrgent(people.everything(), 1))
                .extracting(LedgerEntry::itemNo)
                .containsExactly(itemNo);
        assertThat(figures.mostUrgent(people.everything(), 0)).isEmpty();
        assertThat(figures.mostUrgent(people.everything(), 200))
                .extracting(LedgerEntry::due)
                .isSorted();
        assertThat(figures.mostUrgent(people.everything(), 200))
                .extracting(LedgerEntry::light)
                .doesNotContain(Light.BLUE);
    }

    private long count(Step step, Light light) {
        return figures.openByStepAndLight(people.everything(), lifeCycle.today())
                .get(step)
                .getOrDefault(light, 0L);
    }

    private String register(Map<String, Object> changes) {
        Map<String, Object> fields = lifeCycle.registration();
        fields.put("title", "示例事项 " + mark);
        changes.forEach((field, value) -> fields.put(field, value.toString()));
        return lifeCycle.register(fields);
    }

    /** The items of this test, or those with another text. */
    private LedgerFilter with(String text) {
        return Filters.of("text", text == null ? mark : text);
    }

    /** The items of this test that these conditions admit, by parameter and value. */
    private LedgerFilter filter(String... conditions) {
        Map<String, String> asked = new LinkedHashMap<>(Map.of("text", mark));
        for (int i = 0; i < conditions.length; i += 2) {
            asked.put(conditions[i], conditions[i + 1]);
        }
        return Filters.of(asked);
    }

    private List<String> foundBy(String reader, String text) {
        return ledger.page(people.scopeOf(reader), with(text), Ledger.Sort.DUE, null, 50).items().stream()
                .map(LedgerEntry::itemNo)
                .toList();
    }

    private List<LedgerEntry> found(LedgerFilter filter) {
        return ledger.page(people.everything(), filter, Ledger.Sort.DUE, null, 50)
                .items();
    }
}
