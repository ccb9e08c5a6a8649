package org.guiling.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.guiling.calendar.LimitKind;
import org.guiling.calendar.WorkingCalendar;
import org.junit.jupiter.api.Test;

/** The rung that is due and the day of the next look (DOMAIN.md §3), without a table and without a database. */
class LadderRuleTest {

    private static final String TASK = "rectify";

    /** A Thursday. */
    private static final LocalDate DUE = LocalDate.of(2026, 11, 26);

    private static final List<LadderStep> STEPS = List.of(
            new LadderStep(Rung.REMINDER, -3, null, null),
            new LadderStep(Rung.REMINDER, -1, null, null),
            new LadderStep(Rung.URGE, 1, null, null),
            new LadderStep(Rung.YELLOW_CARD, 3, "supervisors", "leaders"));

    private static final Watch WATCH = Watch.due(TASK, LimitKind.RECTIFICATION, DUE, LocalDate.of(2026, 11, 2));

    @Test
    void nothingIsDueBeforeTheFirstRung() {
        LadderRule rule = on(LocalDate.of(2026, 11, 20));

        assertThat(rule.lowestDue(List.of(WATCH), Map.of())).isEmpty();
        assertThat(rule.nextLook(List.of(WATCH), Map.of())).isEqualTo(LocalDate.of(2026, 11, 23));
    }

    @Test
    void ofSeveralRemindersTheLastSaysItAll() {
        assertThat(on(LocalDate.of(2026, 11, 25)).lowestDue(List.of(WATCH), Map.of()))
                .hasValueSatisfying(rise -> assertThat(rise.step()).isEqualTo(STEPS.get(1)));
    }

    @Test
    void fromTheDateOnItGoesRungByRung() {
        LadderRule late = on(LocalDate.of(2026, 12, 4));

        assertThat(late.lowestDue(List.of(WATCH), Map.of()))
                .hasValueSatisfying(rise -> assertThat(rise.rung()).isEqualTo(Rung.URGE));
        assertThat(late.lowestDue(List.of(WATCH), climbed(DUE, 1)))
                .hasValueSatisfying(rise -> assertThat(rise.rung()).isEqualTo(Rung.YELLOW_CARD));
        assertThat(late.lowestDue(List.of(WATCH), climbed(DUE, 3))).isEmpty();
    }

    @Test
    void anotherDateIsAnotherClimb() {
        assertThat(on(LocalDate.of(2026, 11, 27)).lowestDue(List.of(WATCH), climbed(DUE.minusDays(7), 3)))
                .hasValueSatisfying(rise -> assertThat(rise.rung()).isEqualTo(Rung.URGE));
    }

    @Test
    void ofAllWatchesTheLowestRungIsClimbed() {
        Watch earlier = Watch.due("verify", LimitKind.VERIFICATION, DUE.minusDays(7), LocalDate.of(2026, 11, 2));
        Map<Climb.Key, Climb> climbed = Map.of(
                new Climb.Key(Cause.DUE, "verify"),
                new Climb(new Climb.Key(Cause.DUE, "verify"), DUE.minusDays(7), earlier.since(), 1));

        assertThat(on(LocalDate.of(2026, 11, 27)).lowestDue(List.of(earlier, WATCH), climbed))
                .hasValueSatisfying(rise -> assertThat(rise.watch()).isEqualTo(WATCH));
    }

    @Test
    void theNextLookIsOnTheNextWorkingDayAtTheEarliest() {
        LadderRule friday = on(LocalDate.of(2026, 12, 4));

        assertThat(friday.nextLook(List.of(WATCH), climbed(DUE, 1))).isEqualTo(LocalDate.of(2026, 12, 7));
        assertThat(friday.firstLook(WATCH)).isEqualTo(LocalDate.of(2026, 12, 4));
    }

    @Test
    void whereNothingIsDueItLooksAgainAfterThirtyDays() {
        assertThat(on(LocalDate.of(2026, 12, 7)).nextLook(List.of(WATCH), climbed(DUE, 3)))
                .isEqualTo(LocalDate.of(2027, 1, 6));
    }

    private static LadderRule on(LocalDate today) {
        return new LadderRule((cause, limit, level, rejections) -> STEPS, 1, WorkingCalendar.EMPTY, today);
    }

    private static Map<Climb.Key, Climb> climbed(LocalDate reference, int reached) {
        Climb.Key key = new Climb.Key(Cause.DUE, TASK);
        return Map.of(key, new Climb(key, reference, WATCH.since(), reached));
    }
}
