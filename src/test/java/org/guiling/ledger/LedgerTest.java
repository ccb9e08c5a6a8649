package org.guiling.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.guiling.GuilingTest;
import org.guiling.People;
import org.guiling.item.ItemStatus;
import org.guiling.item.Light;
import org.guiling.item.RefusedException;
import org.guiling.item.SourceType;
import org.guiling.item.Step;
import org.guiling.process.LifeCycle;
import org.guiling.process.Samples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

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
        String itemNo = register(Map.of(
                "level", "3",
                "sourceType", "PETITION",
                "category", "ECOLOGY",
                "leadUnit", Samples.VILLAGE_UNIT,
                "originalDue", lifeCycle.today().minusDays(1),
                "dueBasis", "示例文件"));
        register(Map.of());

        for (LedgerFilter hit : List.of(
                new LedgerFilter(null, null, null, null, 3, null, null, mark, null, null),
                new LedgerFilter(null, null, null, null, null, SourceType.PETITION, null, mark, null, null),
                new LedgerFilter(null, null, null, null, null, null, "ECOLOGY", mark, null, null),
                new LedgerFilter(null, null, null, Samples.VILLAGE_UNIT, null, null, null, mark, null, null),
                new LedgerFilter(null, null, Light.RED, null, null, null, null, mark, null, null),
                new LedgerFilter(null, null, null, null, null, null, null, mark, true, null),
                new LedgerFilter(
                        ItemStatus.REVIEW,
                        Step.INTAKE,
                        Light.RED,
                        null,
                        3,
                        null,
                        null,
                        mark.toUpperCase(),
                        true,
                        null))) {
            assertThat(found(hit))
                    .as(hit.toString())
                    .extracting(LedgerEntry::itemNo)
                    .containsExactly(itemNo);
        }
        for (LedgerFilter miss : List.of(
                new LedgerFilter(ItemStatus.CLOSED, null, null, null, null, null, null, mark, null, null),
                new LedgerFilter(null, Step.CLOSURE, null, null, null, null, null, mark, null, null),
                new LedgerFilter(null, null, Light.BLUE, null, null, null, null, mark, null, null),
                new LedgerFilter(null, null, null, "no-unit", null, null, null, mark, null, null),
                with("%" + mark.substring(1)),
                with("_" + mark.substring(1)),
                with(mark + "\0"))) {
            assertThat(found(miss)).as(miss.toString()).isEmpty();
        }
        assertThat(found(new LedgerFilter(null, null, null, null, null, null, null, mark, false, null)))
                .hasSize(1);
        assertThat(found(with(itemNo))).extracting(LedgerEntry::itemNo).containsExactly(itemNo);
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
        do {
            Ledger.Page page = ledger.page(people.everything(), with(null), sort, cursor, 2);
            assertThat(page.items()).hasSizeBetween(1, 2);
            seen.addAll(page.items());
            cursor = page.next();
            if (seen.size() == 2) {
                // due before, newer than everything that was seen: must not shift the pages
                register(Map.of("originalDue", lifeCycle.today().minusDays(1), "dueBasis", "示例文件"));
            }
        } while (cursor != null);

        List<String> expected = new ArrayList<>(registered);
        if (sort == Ledger.Sort.NEWEST) {
            Collections.reverse(expected);
        }
        assertThat(seen).extracting(LedgerEntry::itemNo).containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "%%%", "REVF", "REVFfDIwMjYtMTMtNDV8MQ", "TkVXRVNUfGluZmluaXR5fDE"})
    void aCursorOfNobodyIsRefused(String cursor) {
        assertThatThrownBy(() -> ledger.page(people.everything(), LedgerFilter.ALL, Ledger.Sort.DUE, cursor, 10))
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
        return new LedgerFilter(null, null, null, null, null, null, null, text == null ? mark : text, null, null);
    }

    private List<LedgerEntry> found(LedgerFilter filter) {
        return ledger.page(people.everything(), filter, Ledger.Sort.DUE, null, 50)
                .items();
    }
}
