package org.guiling.item.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import org.guiling.GuilingTest;
import org.guiling.TestClock;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.item.ItemStatus;
import org.guiling.item.RectificationType;
import org.guiling.workflow.RequestProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The limits of DOMAIN.md §4 and §7 that depend on the item: its source, its class and its level. */
@GuilingTest
class ItemLimitsTest {

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    DueDateRule dueDateRule;

    @Autowired
    TestClock clock;

    @Test
    void aPetitionIsAcceptedWithinFifteenDays() {
        assertThat(due(lifeCycle.itemAt(ItemStatus.REVIEW, Map.of("sourceType", "PETITION"))))
                .isEqualTo(lifeCycle.workingDayFrom(lifeCycle.today().plusDays(15)));
        assertThat(due(lifeCycle.itemAt(ItemStatus.REVIEW))).isEqualTo(lifeCycle.workingDays(2));
    }

    @ParameterizedTest
    @CsvSource({"CRITICAL, 0", "URGENT, 3", "NORMAL, 13"})
    void aWorkOrderOfTheHotlineHasTheDaysOfItsClass(String urgency, int days) {
        // given a work order that is claimed on the day of its dispatch
        String itemNo = lifeCycle.itemAt(ItemStatus.DISPATCHED, Map.of("sourceType", "HOTLINE", "urgency", urgency));
        LocalDate today = lifeCycle.workingDayFrom(lifeCycle.today());
        assertThat(due(itemNo)).isEqualTo(today);
        lifeCycle.moveTo(ItemStatus.PLANNING, itemNo);

        // then its plan is measured by its class
        LocalDate last = days == 0 ? today : lifeCycle.workingDays(days);
        assertThat(latest(itemNo)).isEqualTo(last);
        assertThatThrownBy(() -> plan(itemNo, lifeCycle.workingDayAfter(last, 1)))
                .hasMessageContaining("整改期限不能晚于");
        plan(itemNo, last);
        lifeCycle.complete("supervisor", itemNo, Samples.planApproval());
        assertThat(lifeCycle.item(itemNo).currentDue()).isEqualTo(last);
    }

    @Test
    void aGeneralHazardIsRemovedAtOnce() {
        String itemNo = lifeCycle.itemAt(ItemStatus.PLANNING, Map.of("sourceType", "SAFETY"));
        LocalDate today = lifeCycle.workingDayFrom(lifeCycle.today());
        assertThat(due(itemNo)).isEqualTo(today);
        assertThat(latest(itemNo)).isEqualTo(today);

        // when the unit is late, then it still plans, for the day on which it does
        clock.advance(Duration.ofDays(10));
        LocalDate later = lifeCycle.workingDayFrom(lifeCycle.today());
        assertThat(latest(itemNo)).isEqualTo(later);
        assertThatThrownBy(() -> plan(itemNo, lifeCycle.workingDayAfter(later, 1)))
                .hasMessageContaining("整改期限不能晚于");
        plan(itemNo, later);

        // and one that the unit found itself has no more days on the fast lane
        Map<String, Object> filing = Samples.fastLane(lifeCycle.today(), lifeCycle.workingDays(2));
        filing.put("sourceType", "SAFETY");
        assertThatThrownBy(() -> lifeCycle.openFastLane("handler", filing)).hasMessageContaining(later.toString());
    }

    @Test
    void aListedHazardMayTakeAYearAndIsExtendedTwentyWorkingDaysBefore() {
        String itemNo = lifeCycle.itemAt(ItemStatus.PLANNING, listed());
        Map<String, Object> plan = plan(lifeCycle.workingDays(20));
        plan.put("rectType", "CONTINUOUS");
        plan.put(
                "plannedDue",
                lifeCycle.workingDayFrom(lifeCycle.today().plusYears(2)).toString());
        assertThatThrownBy(() -> lifeCycle.complete("handler", itemNo, plan)).hasMessageContaining("整改期限不能晚于");
        plan.put("plannedDue", lifeCycle.workingDays(20).toString());
        lifeCycle.complete("handler", itemNo, plan);
        lifeCycle.complete("supervisor", itemNo, Samples.planApproval());
        LocalDate later = lifeCycle.workingDays(25);

        // when the twentieth working day before the date has passed
        clock.advance(Duration.ofDays(Duration.between(
                        lifeCycle.today().atStartOfDay(),
                        lifeCycle.workingDays(1).atStartOfDay())
                .toDays()));
        assertThatThrownBy(() -> lifeCycle.raise("handler", RequestProcess.EXTENSION, itemNo, Samples.extension(later)))
                .hasMessageContaining(lifeCycle.workingDays(20).toString());

        // then any other item could still be extended
        clock.reset();
        lifeCycle.raise("handler", RequestProcess.EXTENSION, itemNo, Samples.extension(later));
    }

    private LocalDate latest(String itemNo) {
        return dueDateRule
                .latestPlanned(lifeCycle.item(itemNo), RectificationType.IMMEDIATE)
                .due();
    }

    private void plan(String itemNo, LocalDate due) {
        lifeCycle.complete("handler", itemNo, plan(due));
    }

    private Map<String, Object> plan(LocalDate due) {
        Map<String, Object> plan = Samples.plan(lifeCycle.today());
        plan.put("plannedDue", due.toString());
        plan.put("measure1Due", due.toString());
        plan.put("measure2Due", due.toString());
        plan.put("funds", "十万元");
        plan.put("emergencyPlan", "已备应急预案");
        return plan;
    }

    private static Map<String, Object> listed() {
        return Map.of("sourceType", "SAFETY", "level", "4");
    }

    private LocalDate due(String itemNo) {
        return lifeCycle.waiting(itemNo).due().atZone(clock.getZone()).toLocalDate();
    }
}
