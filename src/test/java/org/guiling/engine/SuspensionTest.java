package org.guiling.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.guiling.engine.Samples.fields;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import org.camunda.bpm.engine.runtime.Job;
import org.guiling.People;
import org.guiling.engine.service.Tasks;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.Light;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineEntry;
import org.guiling.item.todo.ToDos;
import org.guiling.ledger.search.Ledger;
import org.guiling.organization.Organization;
import org.guiling.refusal.RefusedException;
import org.guiling.workflow.RequestProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Every path of {@code suspension.bpmn}. */
class SuspensionTest extends ProcessTest {

    private static final int DAYS = 40;

    @Autowired
    Timeline timeline;

    @Autowired
    ToDos toDos;

    @Autowired
    Ledger ledger;

    @Autowired
    Organization organization;

    @Autowired
    People people;

    @Autowired
    Tasks tasks;

    SuspensionTest() {
        super(RequestProcess.SUSPENSION.key());
    }

    @AfterAll
    static void everyElementOfTheModelWasPassed(@Autowired ModelCoverage coverage) {
        assertThat(coverage.missing(RequestProcess.SUSPENSION.key())).isEmpty();
    }

    @Test
    void whoAskedTakesItBackBeforeItIsDecided() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        lifeCycle.raise(
                "handler",
                RequestProcess.SUSPENSION,
                itemNo,
                Samples.suspension(lifeCycle.today().plusDays(40)));

        lifeCycle.raise("handler", RequestProcess.TAKING_BACK, itemNo, fields("subject", "REQUEST", "reason", "情况有变。"));

        assertEnded(itemNo, "suspension-not-decided");
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.RECTIFYING);
    }

    @Test
    void aSuspendedItemStandsStillUntilItsReviewDayAndWakesByItself() {
        // given an item whose suspension is granted
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        LocalDate due = lifeCycle.item(itemNo).currentDue();
        lifeCycle.raise("handler", RequestProcess.SUSPENSION, itemNo, suspension(DAYS));
        assertWaiting(itemNo, "decide-on-suspension", "supervisors", null, lifeCycle.workingDays(3));
        lifeCycle.complete("supervisor", itemNo, "decide-on-suspension", fields("decision", "APPROVE"));

        // then it is grey, on nobody's list, and the engine refuses any work on it
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.SUSPENDED);
        assertThat(ledger.find(people.everything(), itemNo).orElseThrow().light())
                .isEqualTo(Light.GREY);
        String rectification = lifeCycle.waiting(itemNo, "rectify").taskId();
        assertThat(toDos.waitingFor(organization.person("handler").orElseThrow(), 0, 1000)
                        .toDos())
                .extracting(ToDos.ToDo::taskId)
                .doesNotContain(rectification);
        assertThatThrownBy(() -> people.as(
                        "handler", () -> tasks.complete(rectification, Samples.rectification(lifeCycle.today()))))
                .isInstanceOf(RefusedException.class)
                .hasMessage("refusal.item-suspended");

        assertWaiting(
                itemNo, "resume-item", "supervisors", null, lifeCycle.today().plusDays(DAYS));

        // and one timer wakes it
        Job timer = timer(itemNo);
        assertThat(timer.getDuedate())
                .isEqualTo(java.util.Date.from(lifeCycle
                        .today()
                        .plusDays(DAYS)
                        .atStartOfDay(clock.getZone())
                        .toInstant()));

        // when its review day comes
        clock.advance(Duration.ofDays(DAYS));
        engine.getManagementService().executeJob(timer.getId());

        // then it is where it was, later by the days that it stood still; the original date stays
        assertEnded(itemNo, "item-resumed");
        assertNotPassed(itemNo, "resume-item");
        Item item = lifeCycle.item(itemNo);
        assertThat(item.status()).isEqualTo(ItemStatus.RECTIFYING);
        assertThat(item.currentDue()).isEqualTo(lifeCycle.workingDayFrom(due.plusDays(DAYS)));
        assertThat(item.originalDue()).isEqualTo(due);
        assertThat(lifeCycle.waiting(itemNo, "rectify").due())
                .isEqualTo(endOf(lifeCycle.workingDayFrom(due.plusDays(DAYS))).toInstant());
        assertThat(timeline.of(item))
                .filteredOn(entry -> entry.action() == Action.RESUME)
                .singleElement()
                .extracting(TimelineEntry::actor, TimelineEntry::note)
                .containsExactly(null, Integer.toString(DAYS));
        lifeCycle.moveTo(ItemStatus.CLOSED, itemNo);
    }

    @Test
    void aSupervisorResumesItEarly() {
        String itemNo = lifeCycle.itemAt(ItemStatus.PLANNING);
        LocalDate planDue = lifeCycle.workingDays(10);
        lifeCycle.raise("handler", RequestProcess.SUSPENSION, itemNo, suspension(DAYS));
        lifeCycle.complete("supervisor", itemNo, "decide-on-suspension", fields("decision", "APPROVE"));
        clock.advance(Duration.ofDays(7));

        lifeCycle.complete("supervisor", itemNo, "resume-item", fields("opinion", "复议已撤回。"));

        assertEnded(itemNo, "item-resumed");
        assertThat(timer(itemNo)).isNull();
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.PLANNING);
        assertThat(lifeCycle.waiting(itemNo, "draft-plan").due())
                .isEqualTo(endOf(lifeCycle.workingDayAfter(planDue, 5)).toInstant());
        lifeCycle.moveTo(ItemStatus.CLOSED, itemNo);
    }

    @Test
    void aRefusedSuspensionChangesNothing() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        lifeCycle.raise("handler", RequestProcess.SUSPENSION, itemNo, suspension(DAYS));

        lifeCycle.complete(
                "supervisor", itemNo, "decide-on-suspension", fields("decision", "REFUSE", "opinion", "不属于挂起事由。"));

        assertEnded(itemNo, "suspension-refused");
        assertNotPassed(itemNo, "suspend-item");
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.RECTIFYING);
    }

    @Test
    void theReviewDayIsWithinNinetyDaysAndTheGroundIsOneOfASuspension() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);

        LocalDate cap = lifeCycle.workingDayFrom(lifeCycle.today().plusDays(90));
        assertRefused(itemNo, Samples.suspension(cap.plusDays(1)), "复核日不得晚于 " + cap + "。");
        assertRefused(itemNo, suspension(0), "复核日须晚于今天。");
        Map<String, Object> wrongGround = suspension(10);
        wrongGround.put("ground", "DUPLICATE");
        assertThatThrownBy(() -> lifeCycle.raise("handler", RequestProcess.SUSPENSION, itemNo, wrongGround))
                .isInstanceOf(RefusedException.class);
        String ofTheVillage = lifeCycle.itemAt(ItemStatus.RECTIFYING, Map.of("leadUnit", Samples.VILLAGE_UNIT));
        assertThatThrownBy(() -> lifeCycle.raise("handler2", RequestProcess.SUSPENSION, ofTheVillage, suspension(10)))
                .hasMessage("只有牵头单位的承办人可以提出该申请。");
        assertThat(instance(itemNo)).isNull();
    }

    private void assertRefused(String itemNo, Map<String, Object> fields, String message) {
        assertThatThrownBy(() -> lifeCycle.raise("handler", RequestProcess.SUSPENSION, itemNo, fields))
                .isInstanceOf(RefusedException.class)
                .hasMessage(message);
    }

    private Job timer(String itemNo) {
        return instance(itemNo) == null
                ? null
                : engine.getManagementService()
                        .createJobQuery()
                        .processInstanceId(instance(itemNo).getId())
                        .timers()
                        .singleResult();
    }

    private Map<String, Object> suspension(int days) {
        return Samples.suspension(lifeCycle.today().plusDays(days));
    }
}
