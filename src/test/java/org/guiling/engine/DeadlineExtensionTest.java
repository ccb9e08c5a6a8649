package org.guiling.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.guiling.engine.Samples.fields;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import org.camunda.bpm.engine.task.Task;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineEntry;
import org.guiling.refusal.RefusedException;
import org.guiling.workflow.RequestProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Every path of {@code deadline-extension.bpmn}, and the rules of DOMAIN.md §3 at its start. */
class DeadlineExtensionTest extends ProcessTest {

    @Autowired
    Timeline timeline;

    DeadlineExtensionTest() {
        super(RequestProcess.EXTENSION.key());
    }

    @AfterAll
    static void everyElementOfTheModelWasPassed(@Autowired ModelCoverage coverage) {
        assertThat(coverage.missing(RequestProcess.EXTENSION.key())).isEmpty();
    }

    @Test
    void whoAskedTakesItBackBeforeItIsDecided() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        LocalDate due = lifeCycle.item(itemNo).currentDue();
        lifeCycle.raise("handler", RequestProcess.EXTENSION, itemNo, Samples.extension(due.plusDays(20)));

        lifeCycle.raise("handler", RequestProcess.TAKING_BACK, itemNo, fields("subject", "REQUEST", "reason", "情况有变。"));

        assertEnded(itemNo, "extension-not-decided");
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.RECTIFYING);
    }

    @Test
    void aGrantedExtensionMovesRecordTaskAndListAndLeavesTheOriginalDate() {
        // given an item that is rectified until a date
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        LocalDate due = lifeCycle.item(itemNo).currentDue();
        LocalDate later = lifeCycle.workingDayFrom(due.plusDays(20));

        // when its handler asks for a later one
        lifeCycle.raise("handler", RequestProcess.EXTENSION, itemNo, Samples.extension(later));

        // then somebody a rank above the closing approver decides, and nothing has moved yet
        assertWaiting(itemNo, "decide-on-extension", "leaders", null, lifeCycle.workingDays(3));
        assertThat(lifeCycle.item(itemNo).currentDue()).isEqualTo(due);
        assertNotPassed(itemNo, "extend-deadline");

        // when it is granted
        lifeCycle.complete("leader", itemNo, "decide-on-extension", fields("decision", "APPROVE"));

        // then all three dates have moved, and the original one stays
        assertEnded(itemNo, "extension-granted");
        Item item = lifeCycle.item(itemNo);
        assertThat(item.currentDue()).isEqualTo(later);
        assertThat(item.originalDue()).isEqualTo(due);
        assertThat(rectification(itemNo).getDueDate()).isEqualTo(endOf(later));
        assertThat(lifeCycle.waiting(itemNo, "rectify").due())
                .isEqualTo(endOf(later).toInstant());
        assertThat(timeline.of(item))
                .filteredOn(entry -> entry.action() == Action.EXTEND)
                .singleElement()
                .extracting(TimelineEntry::actor, TimelineEntry::note)
                .containsExactly("leader", due + " → " + later);
    }

    @Test
    void aRefusedExtensionMovesNothing() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        LocalDate due = lifeCycle.item(itemNo).currentDue();
        lifeCycle.raise("handler", RequestProcess.EXTENSION, itemNo, Samples.extension(due.plusDays(20)));

        lifeCycle.complete(
                "leader", itemNo, "decide-on-extension", fields("decision", "REFUSE", "opinion", "进度安排不合理。"));

        assertEnded(itemNo, "extension-refused");
        assertThat(lifeCycle.item(itemNo).currentDue()).isEqualTo(due);
        assertThat(rectification(itemNo).getDueDate()).isEqualTo(endOf(due));
    }

    @Test
    void oneExtensionIsAllThereIs() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        LocalDate due = lifeCycle.item(itemNo).currentDue();
        lifeCycle.raise("handler", RequestProcess.EXTENSION, itemNo, Samples.extension(due.plusDays(10)));
        lifeCycle.complete("leader", itemNo, "decide-on-extension", fields("decision", "APPROVE"));

        assertRefused(itemNo, Samples.extension(due.plusDays(20)), "该事项最多可延期 1 次，已用完。");
    }

    @Test
    void anExtensionIsAskedInTimeForALaterDateWithinTheCap() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        LocalDate due = lifeCycle.item(itemNo).currentDue();

        LocalDate cap = lifeCycle.workingDayFrom(due.plusDays(30));
        assertRefused(itemNo, Samples.extension(due), "新的期限须晚于现行期限 " + due + "。");
        assertRefused(itemNo, Samples.extension(cap.plusDays(1)), "新的期限不得晚于 " + cap + "。");
        clock.advance(Duration.ofDays(26));
        assertRefused(
                itemNo,
                Samples.extension(due.plusDays(10)),
                "延期须在到期前提出：按今天申请，现行期限不得早于 " + lifeCycle.workingDays(5) + "。");
        assertThat(instance(itemNo)).isNull();
    }

    @Test
    void onlyTheHandlerAsksAndNotForAnItemThatIsNotRectified() {
        LocalDate later = lifeCycle.today().plusDays(45);

        String ofTheVillage = lifeCycle.itemAt(ItemStatus.RECTIFYING, Map.of("leadUnit", Samples.VILLAGE_UNIT));
        assertThatThrownBy(() ->
                        lifeCycle.raise("handler2", RequestProcess.EXTENSION, ofTheVillage, Samples.extension(later)))
                .isInstanceOf(RefusedException.class)
                .hasMessage("只有本事项的承办人可以申请延期。");
        assertRefused(lifeCycle.itemAt(ItemStatus.PLANNING), Samples.extension(later), "事项当前为“制定方案”，不能提出该申请。");
    }

    @Test
    void whoAskedDoesNotDecideAndASecondRequestWaits() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        LocalDate later =
                lifeCycle.workingDayFrom(lifeCycle.item(itemNo).currentDue().plusDays(10));
        lifeCycle.raise("handler", RequestProcess.EXTENSION, itemNo, Samples.extension(later));

        assertRefused(itemNo, Samples.extension(later), "该事项已有一项申请待审批，请等审批后再提出。");
        assertThatThrownBy(() ->
                        lifeCycle.complete("handler", itemNo, "decide-on-extension", fields("decision", "APPROVE")))
                .isInstanceOf(RefusedException.class);
        assertThat(lifeCycle.item(itemNo).currentDue()).isBefore(later);
    }

    @Test
    void anItemDoesNotCloseWhileARequestWaits() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        lifeCycle.raise(
                "handler",
                RequestProcess.EXTENSION,
                itemNo,
                Samples.extension(lifeCycle.item(itemNo).currentDue().plusDays(10)));
        lifeCycle.complete("handler", itemNo, "rectify", Samples.rectification(lifeCycle.today()));
        lifeCycle.complete("verifier", itemNo, "verify", Samples.verification(lifeCycle.today()));

        assertThatThrownBy(() -> lifeCycle.complete("supervisor", itemNo, "sign-off", Samples.signOff()))
                .hasMessage("该事项有申请待审批，审批后才能销号。");
        lifeCycle.complete(
                "leader", itemNo, "decide-on-extension", fields("decision", "REFUSE", "opinion", "已提请核查，不再延期。"));
        lifeCycle.complete("supervisor", itemNo, "sign-off", Samples.signOff());

        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.CLOSED);
    }

    private void assertRefused(String itemNo, Map<String, Object> fields, String message) {
        assertThatThrownBy(() -> lifeCycle.raise("handler", RequestProcess.EXTENSION, itemNo, fields))
                .isInstanceOf(RefusedException.class)
                .hasMessage(message);
    }

    private Task rectification(String itemNo) {
        return engine.getTaskService()
                .createTaskQuery()
                .processInstanceBusinessKey(itemNo)
                .taskDefinitionKey("rectify")
                .singleResult();
    }
}
