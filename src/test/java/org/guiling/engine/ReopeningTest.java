package org.guiling.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.guiling.engine.Samples.fields;

import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.record.ItemRecords;
import org.guiling.refusal.RefusedException;
import org.guiling.workflow.RequestProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Every path of {@code reopening.bpmn}: the same fact is back at an item that was closed. */
class ReopeningTest extends ProcessTest {

    @Autowired
    ItemRecords records;

    ReopeningTest() {
        super(RequestProcess.REOPENING.key());
    }

    @AfterAll
    static void everyElementOfTheModelWasPassed(@Autowired ModelCoverage coverage) {
        assertThat(coverage.missing(RequestProcess.REOPENING.key())).isEmpty();
    }

    @Test
    void whoAskedTakesItBackBeforeItIsDecided() {
        String itemNo = lifeCycle.itemAt(ItemStatus.CLOSED);
        lifeCycle.raise(
                "registrar",
                RequestProcess.REOPENING,
                itemNo,
                Samples.reopening(lifeCycle.today().plusDays(20)));

        lifeCycle.raise(
                "registrar", RequestProcess.TAKING_BACK, itemNo, fields("subject", "REQUEST", "reason", "情况有变。"));

        assertEnded(itemNo, "reopening-not-decided");
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.CLOSED);
    }

    @Test
    void aConfirmedReboundIsRectifiedAgainUnderTheSameNumber() {
        String itemNo = lifeCycle.itemAt(ItemStatus.CLOSED);
        lifeCycle.raise(
                "reviewer",
                RequestProcess.REOPENING,
                itemNo,
                Samples.reopening(lifeCycle.today().plusDays(20)));
        assertWaiting(itemNo, "decide-on-reopening", "supervisors", null, lifeCycle.workingDays(3));
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.CLOSED);

        lifeCycle.complete("supervisor", itemNo, "decide-on-reopening", fields("decision", "APPROVE"));

        assertEnded(itemNo, "item-reopened-again");
        Item item = lifeCycle.item(itemNo);
        assertThat(item.status()).isEqualTo(ItemStatus.REWORK);
        assertThat(item.round()).isEqualTo(2);
        assertThat(item.currentDue())
                .isEqualTo(lifeCycle.workingDayFrom(lifeCycle.today().plusDays(20)));
        assertThat(records.defects(item)).extracting(defect -> defect.content()).containsExactly("原处井盖再次缺失一处。");
        lifeCycle.moveTo(ItemStatus.CLOSED, itemNo);
    }

    @Test
    void aRefusedReopeningLeavesItClosed() {
        String itemNo = lifeCycle.itemAt(ItemStatus.CLOSED);
        lifeCycle.raise(
                "registrar",
                RequestProcess.REOPENING,
                itemNo,
                Samples.reopening(lifeCycle.today().plusDays(20)));

        lifeCycle.complete(
                "supervisor", itemNo, "decide-on-reopening", fields("decision", "REFUSE", "opinion", "是另一处井盖。"));

        assertEnded(itemNo, "reopening-refused");
        assertNotPassed(itemNo, "reopen-item");
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.CLOSED);
    }

    @Test
    void onlyTheOfficeAsksAndOnlyForAClosedItem() {
        String open = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        String closed = lifeCycle.itemAt(ItemStatus.CLOSED);

        assertThatThrownBy(() -> lifeCycle.raise(
                        "registrar",
                        RequestProcess.REOPENING,
                        open,
                        Samples.reopening(lifeCycle.today().plusDays(20))))
                .isInstanceOf(RefusedException.class)
                .hasMessage("事项当前为“整改中”，不能提出该申请。");
        assertThatThrownBy(() -> lifeCycle.raise(
                        "handler",
                        RequestProcess.REOPENING,
                        closed,
                        Samples.reopening(lifeCycle.today().plusDays(20))))
                .hasMessage("只有登记员和立项审核员可以提出该申请。");
        assertThat(instance(closed)).isNull();
    }
}
