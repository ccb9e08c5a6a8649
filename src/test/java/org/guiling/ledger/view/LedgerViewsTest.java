package org.guiling.ledger.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.guiling.GuilingTest;
import org.guiling.ledger.export.LedgerColumns;
import org.guiling.ledger.search.Ledger;
import org.guiling.refusal.RefusedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Tests each person's own columns and views of the ledger. */
@GuilingTest
class LedgerViewsTest {

    private static final String PERSON = "verifier2";
    private static final String OTHER = "verifier3";
    private static final LedgerView.Content RED =
            new LedgerView.Content("light=RED", Ledger.Sort.DUE, List.of("status", "level", "status"));

    @Autowired
    LedgerViews views;

    @AfterEach
    void removeViews() {
        for (String person : List.of(PERSON, OTHER)) {
            views.of(person).forEach(view -> views.delete(person, view.id()));
            views.forgetColumns(person);
        }
    }

    @Test
    void aViewIsKeptOpenedRenamedOverwrittenAndDeleted() {
        long id = views.save(PERSON, " 红灯 ", RED);
        assertThat(views.find(PERSON, id))
                .contains(new LedgerView(id, "红灯", "light=RED", Ledger.Sort.DUE, List.of("status", "level"), false));

        views.rename(PERSON, id, "红灯事项");
        views.overwrite(PERSON, id, new LedgerView.Content("light=YELLOW", Ledger.Sort.NEWEST, List.of("category")));
        views.setFirst(PERSON, id, true);
        assertThat(views.of(PERSON))
                .containsExactly(
                        new LedgerView(id, "红灯事项", "light=YELLOW", Ledger.Sort.NEWEST, List.of("category"), true));

        views.delete(PERSON, id);
        assertThat(views.of(PERSON)).isEmpty();
    }

    @Test
    void oneViewAtMostComesFirst() {
        long one = views.save(PERSON, "一", RED);
        long two = views.save(PERSON, "二", RED);
        views.setFirst(PERSON, one, true);
        views.setFirst(PERSON, two, true);
        assertThat(views.of(PERSON))
                .filteredOn(LedgerView::first)
                .extracting(LedgerView::id)
                .containsExactly(two);

        views.setFirst(PERSON, two, false);
        assertThat(views.of(PERSON)).noneMatch(LedgerView::first);
    }

    @Test
    void nobodySeesOrChangesAnothersView() {
        long id = views.save(PERSON, "我的", RED);

        assertThat(views.find(OTHER, id)).isEmpty();
        refused("ledger.view.unknown", () -> views.rename(OTHER, id, "你的"));
        refused("ledger.view.unknown", () -> views.overwrite(OTHER, id, RED));
        refused("ledger.view.unknown", () -> views.setFirst(OTHER, id, true));
        refused("ledger.view.unknown", () -> views.delete(OTHER, id));
        // the same name is free for somebody else
        views.save(OTHER, "我的", RED);
        assertThat(views.find(PERSON, id)).get().extracting(LedgerView::name).isEqualTo("我的");
    }

    @Test
    void namesAndNumbersHaveLimits() {
        refused("ledger.view.nameless", () -> views.save(PERSON, "　 ", RED));
        refused("ledger.view.name-long", () -> views.save(PERSON, "长".repeat(31), RED));
        refused(
                "ledger.view.filter-long",
                () -> views.save(
                        PERSON,
                        "长",
                        new LedgerView.Content("text=" + "x".repeat(2000), Ledger.Sort.DUE, RED.columns())));
        views.save(PERSON, "长".repeat(30), RED);
        refused("ledger.view.taken", () -> views.save(PERSON, "长".repeat(30), RED));
        for (int i = 1; i < LedgerViews.LIMIT; i++) {
            views.save(PERSON, "视图" + i, RED);
        }
        refused("ledger.view.most", () -> views.save(PERSON, "再一个", RED));
        refused(
                "ledger.view.taken",
                () -> views.rename(PERSON, views.of(PERSON).get(0).id(), "视图1"));
    }

    @Test
    void columnsAreRememberedAndForgotten() {
        assertThat(views.columnsOf(PERSON)).isEqualTo(LedgerColumns.USUAL);

        views.chooseColumns(PERSON, List.of("factText", "level"));
        assertThat(views.columnsOf(PERSON)).containsExactly("factText", "level");
        assertThat(views.columnsOf(OTHER)).isEqualTo(LedgerColumns.USUAL);
        refused("ledger.columns.unknown", () -> views.chooseColumns(PERSON, List.of("password_hash")));
        refused("ledger.columns.none", () -> views.chooseColumns(PERSON, List.of()));

        views.forgetColumns(PERSON);
        assertThat(views.columnsOf(PERSON)).isEqualTo(LedgerColumns.USUAL);
    }

    private static void refused(String code, ThrowingCallable work) {
        assertThatThrownBy(work)
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.problems())
                        .singleElement()
                        .satisfies(problem -> assertThat(problem.code()).isEqualTo(code)));
    }
}
