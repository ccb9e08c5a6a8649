package org.guiling.item.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.guiling.calendar.WorkingCalendar;
import org.guiling.refusal.Gate;
import org.guiling.refusal.Problem;
import org.junit.jupiter.api.Test;

/** The limits to extending and suspending an item, in number and days (DOMAIN.md §3, §7). */
class RequestLimitsTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 26);

    @Test
    void anExtensionIsAskedInTimeAndOnce() {
        ExtensionLimits limits = new ExtensionLimits(1, TODAY.plusDays(7));

        assertThat(extension(limits, 0, TODAY.plusDays(7))).isEmpty();
        assertThat(extension(limits, 0, TODAY.plusDays(6))).containsExactly("refusal.extension.late");
        assertThat(extension(limits, 1, TODAY)).containsExactly("refusal.extension.used", "refusal.extension.late");
    }

    @Test
    void aSuspensionIsReviewedOnADayToComeWithinItsLimit() {
        SuspensionLimits limits = new SuspensionLimits(TODAY, TODAY.plusDays(90), 2, 180);

        assertThat(suspension(limits, List.of(), TODAY.plusDays(90))).isEmpty();
        assertThat(suspension(limits, List.of(), TODAY)).containsExactly("refusal.suspension.past");
        assertThat(suspension(limits, List.of(), TODAY.plusDays(91))).containsExactly("refusal.suspension.cap");
    }

    @Test
    void allSuspensionsOfAnItemCountTogether() {
        SuspensionLimits limits = new SuspensionLimits(TODAY, TODAY.plusDays(90), 2, 100);
        List<Pause> before = List.of(pause(60));

        assertThat(suspension(limits, before, TODAY.plusDays(40))).isEmpty();
        assertThat(suspension(limits, before, TODAY.plusDays(41))).containsExactly("refusal.suspension.total");
        assertThat(suspension(limits, List.of(pause(60), pause(60)), TODAY.plusDays(1)))
                .containsExactly("refusal.suspension.used", "refusal.suspension.total");
    }

    @Test
    void aPauseLastsNoLongerThanItsReviewDay() {
        LocalDate first = TODAY.minusDays(10);

        assertThat(Pause.endingOn(TODAY, first, TODAY.plusDays(5), WorkingCalendar.EMPTY)
                        .days())
                .isEqualTo(10);
        assertThat(Pause.endingOn(TODAY, first, TODAY.minusDays(3), WorkingCalendar.EMPTY)
                        .days())
                .isEqualTo(7);
    }

    private static Pause pause(int days) {
        return new Pause(TODAY.minusDays(200), TODAY.minusDays(200 - days), WorkingCalendar.EMPTY);
    }

    private static List<String> extension(ExtensionLimits limits, long granted, LocalDate due) {
        Gate gate = new Gate();
        limits.require(gate, granted, due);
        return codes(gate);
    }

    private static List<String> suspension(SuspensionLimits limits, List<Pause> before, LocalDate reviewOn) {
        Gate gate = new Gate();
        limits.require(gate, before, reviewOn);
        return codes(gate);
    }

    private static List<String> codes(Gate gate) {
        return gate.problems().stream().map(Problem::code).toList();
    }
}
