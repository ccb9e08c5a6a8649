package org.guiling.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.guiling.engine.Samples.fields;

import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.Step;
import org.guiling.item.record.ItemRecords;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineEntry;
import org.guiling.refusal.RefusedException;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.LookBack;
import org.guiling.workflow.RequestProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Every path of {@code look-back.bpmn}: what happens to an item after it was closed. */
class LookBackTest extends ProcessTest {

    @Autowired
    Timeline timeline;

    @Autowired
    ItemRecords records;

    LookBackTest() {
        super(LookBack.KEY);
    }

    @AfterAll
    static void everyElementOfTheModelWasPassed(@Autowired ModelCoverage coverage) {
        assertThat(coverage.missing(LookBack.KEY)).isEmpty();
    }

    @Test
    void aClosedItemIsLookedBackOnAndConfirmed() {
        // given a closed item, waiting for its day with nothing on anybody's list
        String itemNo = lifeCycle.itemAt(ItemStatus.CLOSED);
        LocalDate day = lifeCycle.item(itemNo).outcome().lookBackOn();
        BpmnAwareTests.assertThat(instance(itemNo)).isWaitingAtExactly("look-back-day");
        assertThat(timer(itemNo).getDuedate())
                .isEqualTo(Date.from(day.atStartOfDay(clock.getZone()).toInstant()));

        // when the day comes
        dayComes(itemNo);

        // then the verifiers have ten days to look
        assertWaiting(
                itemNo,
                "look-back-check",
                "verifiers",
                null,
                lifeCycle.workingDayFrom(lifeCycle.today().plusDays(10)));
        BpmnAwareTests.assertThat(instance(itemNo)).variables().containsEntry("itemNo", itemNo);
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.CLOSED);

        // and whoever verified it is not the one, as one of several either
        for (String verifier : List.of("verifier", "verifier2")) {
            assertThatThrownBy(() -> lifeCycle.complete(
                            verifier, itemNo, "look-back-check", Samples.confirmation(lifeCycle.today())))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("您对该事项已做过");
        }
        lifeCycle.complete("verifier3", itemNo, "look-back-check", Samples.confirmation(lifeCycle.today()));

        assertEnded(itemNo, "zero-confirmed");
        assertNotPassed(itemNo, "reopen-rebounded-item");
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.CLOSED);
    }

    @Test
    void aReboundBeginsAnotherRoundUnderTheSameNumber() {
        String itemNo = lifeCycle.itemAt(ItemStatus.CLOSED);
        LocalDate originalDue = lifeCycle.item(itemNo).originalDue();
        dayComes(itemNo);

        lifeCycle.complete("verifier3", itemNo, "look-back-check", Samples.rebound(lifeCycle.today()));

        // then the handler has a new round of the same item, with what is back and a new date
        assertEnded(itemNo, "rebound-reopened");
        Item item = lifeCycle.item(itemNo);
        assertThat(item.status()).isEqualTo(ItemStatus.REWORK);
        assertThat(item.step()).isEqualTo(Step.DEADLINE);
        assertThat(item.round()).isEqualTo(2);
        assertThat(item.originalDue()).isEqualTo(originalDue);
        assertThat(item.currentDue())
                .isEqualTo(lifeCycle.workingDayFrom(lifeCycle.today().plusDays(15)));
        assertThat(item.outcome().closedAt()).isNull();
        assertThat(lifeCycle.waiting(itemNo).taskKey()).isEqualTo("rectify");
        assertThat(lifeCycle.waiting(itemNo).assignee()).isEqualTo("handler");
        assertThat(records.defects(item)).extracting(defect -> defect.content()).containsExactly("第二处井盖未按方案更换");
        assertThat(records.measures(item)).noneMatch(measure -> measure.done());
        assertThat(timeline.of(item))
                .extracting(TimelineEntry::action)
                .endsWith(Action.CLOSE, Action.LOOK_BACK, Action.REOPEN, Action.NOTIFIED);

        // and it can go to zero again, past somebody else's eyes than those that passed what was falsified
        lifeCycle.moveTo(ItemStatus.VERIFYING, itemNo);
        assertThatThrownBy(() -> lifeCycle.complete("verifier", itemNo, Samples.verification(lifeCycle.today())))
                .hasMessage("您通过核查的整改已查实为虚假整改，该事项不再由您核查，请其他核查员办理。");
        Map<String, Object> alone = Samples.verification(lifeCycle.today());
        alone.put("coVerifiers", List.of());
        lifeCycle.complete("verifier3", itemNo, alone);
        lifeCycle.moveTo(ItemStatus.CLOSED, itemNo);
    }

    @Test
    void lookingBackMeansGoingThere() {
        String itemNo = lifeCycle.itemAt(ItemStatus.CLOSED);
        dayComes(itemNo);
        Map<String, Object> onPaper = Samples.confirmation(lifeCycle.today());
        onPaper.put("verifyMethod", "DOCUMENTS");

        assertThatThrownBy(() -> lifeCycle.complete("verifier3", itemNo, "look-back-check", onPaper))
                .hasMessage("回头看须到现场核实。");
        BpmnAwareTests.assertThat(instance(itemNo)).isWaitingAtExactly("look-back-check");
    }

    /** Another round is not begun by naming the number of an item that is closed or under way. */
    @Test
    void nobodyReopensAnItemPastTheRecord() {
        String closed = lifeCycle.itemAt(ItemStatus.CLOSED);
        String underWay = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        for (String itemNo : List.of(closed, underWay)) {
            assertThatThrownBy(() -> engine.getRuntimeService()
                            .createMessageCorrelation(FiveStepZeroing.ITEM_REOPENED)
                            .processInstanceBusinessKey(itemNo)
                            .correlateStartMessage())
                    .hasMessageContaining("不能重复启动");
        }
    }

    @Test
    void aReopeningThatIsGrantedDropsTheLookBackThatWaits() {
        String itemNo = lifeCycle.itemAt(ItemStatus.CLOSED);
        lifeCycle.raise(
                "registrar",
                RequestProcess.REOPENING,
                itemNo,
                Samples.reopening(lifeCycle.today().plusDays(20)));

        lifeCycle.complete("supervisor", itemNo, "decide-on-reopening", fields("decision", "APPROVE"));

        assertThat(instance(itemNo)).isNull();
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.REWORK);
    }

    private void dayComes(String itemNo) {
        lifeCycle.comeToLookBack(itemNo);
    }

    private Job timer(String itemNo) {
        return engine.getManagementService()
                .createJobQuery()
                .processInstanceId(instance(itemNo).getId())
                .timers()
                .singleResult();
    }
}
