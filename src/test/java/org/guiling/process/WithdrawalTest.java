package org.guiling.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.guiling.process.Samples.fields;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.guiling.item.ItemStatus;
import org.guiling.item.MergedSource;
import org.guiling.item.MergedSources;
import org.guiling.item.RefusedException;
import org.guiling.item.ToDos;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Every path of {@code withdrawal.bpmn}: an item that leaves the ledger's count without being closed. */
class WithdrawalTest extends ProcessTest {

    @Autowired
    ToDos toDos;

    @Autowired
    MergedSources mergedSources;

    @Autowired
    TaskFormData formData;

    WithdrawalTest() {
        super(RequestProcess.WITHDRAWAL.key());
    }

    @AfterAll
    static void everyElementOfTheModelWasPassed(@Autowired ModelCoverage coverage) {
        assertThat(coverage.missing(RequestProcess.WITHDRAWAL.key())).isEmpty();
    }

    @Test
    void aMergedItemLeavesItsSourceAndTheEarlierDateToTheOther() {
        // given two items about the same fact
        String later = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        Map<String, Object> registration = lifeCycle.registration();
        registration.put("sourceDocNo", "测试〔2026〕88号");
        registration.put("originalDue", lifeCycle.today().plusDays(12).toString());
        registration.put("dueBasis", "测试〔2026〕88号");
        String earlier = lifeCycle.register(registration);
        lifeCycle.moveTo(ItemStatus.PLANNING, earlier);
        LocalDate originalDue = lifeCycle.item(later).originalDue();

        // when the one is merged into the other
        lifeCycle.raise(
                "handler",
                RequestProcess.WITHDRAWAL,
                earlier,
                fields("kind", "MERGER", "targetNo", later, "reason", "同一处井盖。"));
        assertWaiting(earlier, "decide-on-withdrawal", "supervisors", null, lifeCycle.workingDays(3));
        lifeCycle.complete("supervisor", earlier, "decide-on-withdrawal", fields("decision", "APPROVE"));

        // then it is merged and nothing waits at it any more
        assertEnded(earlier, "withdrawal-carried-out");
        assertThat(lifeCycle.item(earlier).status()).isEqualTo(ItemStatus.MERGED);
        assertThat(toDos.of(earlier)).isEmpty();

        // and the other keeps its source and the earlier date
        assertThat(lifeCycle.item(later).currentDue())
                .isEqualTo(lifeCycle.today().plusDays(12));
        assertThat(lifeCycle.item(later).originalDue()).isEqualTo(originalDue);
        // which is when its rectification has to be done, in the engine and on the list
        assertRectifyingUntil(later, lifeCycle.today().plusDays(12));
        // and whoever works on it reads which sources have to be answered
        assertThat(formData.of(lifeCycle.waiting(later).taskId())
                        .get("itemFacts")
                        .toString())
                .contains("并入的来源（须一并回告）", "测试〔2026〕88号", earlier);
    }

    /** Every source is answered, not only the item's own; what is reopened is answered anew. */
    @Test
    void whatWasMergedIsClosedWhenEverySourceIsAnswered() {
        String kept = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        String first = lifeCycle.itemAt(ItemStatus.PLANNING);
        String second = lifeCycle.itemAt(ItemStatus.PLANNING);
        merge(first, second);
        merge(second, kept);
        lifeCycle.moveTo(ItemStatus.CLOSING, kept);

        Map<String, Object> none = Samples.signOff();
        none.putAll(fields("mergedAnswered", List.of(), "mergedReplyNote", "测试函〔2026〕3号"));
        assertThatThrownBy(() -> lifeCycle.complete("supervisor", kept, none))
                .hasMessageContaining("还差：并入的来源 " + first + "、" + second + " 的回告情况。");
        Map<String, Object> one = Samples.signOff();
        one.putAll(fields("mergedAnswered", List.of(first), "mergedReplyNote", "测试函〔2026〕3号"));
        assertThatThrownBy(() -> lifeCycle.complete("supervisor", kept, one)).hasMessageContaining(second);
        Map<String, Object> foreign = Samples.signOff();
        foreign.putAll(fields("mergedAnswered", List.of(first, second, kept), "mergedReplyNote", "测试函〔2026〕3号"));
        assertThatThrownBy(() -> lifeCycle.complete("supervisor", kept, foreign))
                .hasMessageContaining("已回告的来源");
        Map<String, Object> all = Samples.signOff();
        all.putAll(fields("mergedAnswered", List.of(first, second), "mergedReplyNote", "测试函〔2026〕3号"));
        lifeCycle.complete("supervisor", kept, all);
        assertThat(lifeCycle.item(kept).status()).isEqualTo(ItemStatus.CLOSED);
        assertThat(mergedSources.of(lifeCycle.item(kept))).allMatch(MergedSource::answered);

        lifeCycle.raise(
                "registrar",
                RequestProcess.REOPENING,
                kept,
                Samples.reopening(lifeCycle.today().plusDays(20)));
        lifeCycle.complete("supervisor", kept, "decide-on-reopening", fields("decision", "APPROVE"));
        assertThat(mergedSources.unanswered(lifeCycle.item(kept))).hasSize(2);
    }

    private void merge(String itemNo, String target) {
        lifeCycle.raise(
                "handler",
                RequestProcess.WITHDRAWAL,
                itemNo,
                fields("kind", "MERGER", "targetNo", target, "reason", "同一处井盖。"));
        lifeCycle.complete("supervisor", itemNo, "decide-on-withdrawal", fields("decision", "APPROVE"));
    }

    /** The date moves while the other stands still, and by the days of the suspension when it goes on. */
    @Test
    void anItemMayBeMergedIntoOneThatIsSuspended() {
        String suspended = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        lifeCycle.raise(
                "handler",
                RequestProcess.SUSPENSION,
                suspended,
                Samples.suspension(lifeCycle.today().plusDays(40)));
        lifeCycle.complete("supervisor", suspended, "decide-on-suspension", fields("decision", "APPROVE"));
        Map<String, Object> registration = lifeCycle.registration();
        registration.put("originalDue", lifeCycle.today().plusDays(12).toString());
        registration.put("dueBasis", "测试〔2026〕88号");
        String earlier = lifeCycle.register(registration);
        lifeCycle.moveTo(ItemStatus.PLANNING, earlier);

        lifeCycle.raise(
                "handler",
                RequestProcess.WITHDRAWAL,
                earlier,
                fields("kind", "MERGER", "targetNo", suspended, "reason", "同一处井盖。"));
        lifeCycle.complete("supervisor", earlier, "decide-on-withdrawal", fields("decision", "APPROVE"));

        assertThat(lifeCycle.item(suspended).status()).isEqualTo(ItemStatus.SUSPENDED);
        lifeCycle.complete("supervisor", suspended, "resume-item", fields("opinion", "复议已撤回。"));
        assertRectifyingUntil(suspended, lifeCycle.today().plusDays(12));
    }

    @Test
    void aLargerItemIsTransferredBySeveralApprovals() {
        Map<String, Object> registration = lifeCycle.registration();
        registration.put("level", "2");
        String itemNo = lifeCycle.register(registration);
        lifeCycle.moveTo(ItemStatus.DISPATCHED, itemNo);
        lifeCycle.raise(
                "registrar",
                RequestProcess.WITHDRAWAL,
                itemNo,
                fields("kind", "TRANSFER", "receiptNo", "回执2026-15", "reason", "属省级事权。"));

        lifeCycle.complete("supervisor", itemNo, "decide-on-withdrawal", fields("decision", "APPROVE"));
        assertWaiting(itemNo, "decide-on-withdrawal", "leaders", null, lifeCycle.workingDays(3));
        assertNotPassed(itemNo, "withdraw-item");
        lifeCycle.complete("leader", itemNo, "decide-on-withdrawal", fields("decision", "APPROVE"));

        assertEnded(itemNo, "withdrawal-carried-out");
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.TRANSFERRED);
    }

    @Test
    void aRefusedWithdrawalLeavesTheItemWhereItIs() {
        String itemNo = lifeCycle.itemAt(ItemStatus.VERIFYING);
        lifeCycle.raise("handler", RequestProcess.WITHDRAWAL, itemNo, cancellation());

        lifeCycle.complete(
                "supervisor", itemNo, "decide-on-withdrawal", fields("decision", "REFUSE", "opinion", "对象仍在。"));

        assertEnded(itemNo, "withdrawal-refused");
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.VERIFYING);
        lifeCycle.moveTo(ItemStatus.CLOSED, itemNo);
    }

    @Test
    void whatIsAskedHasToBePossible() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        String closed = lifeCycle.itemAt(ItemStatus.CLOSED);

        assertRefused("handler", itemNo, fields("kind", "MERGER", "targetNo", itemNo, "reason", "同一事实"), "不能并入事项本身。");
        assertRefused(
                "handler",
                itemNo,
                fields("kind", "MERGER", "targetNo", closed, "reason", "同一事实"),
                "事项 " + closed + " 已经结束，不能并入。");
        assertRefused(
                "handler2",
                lifeCycle.itemAt(ItemStatus.RECTIFYING, Map.of("leadUnit", Samples.VILLAGE_UNIT)),
                cancellation(),
                "只有牵头单位的承办人可以提出该申请。");
        assertRefused("handler", closed, cancellation(), "事项当前为“已销号”，不能提出该申请。");
        assertRefused(
                "registrar", lifeCycle.register(lifeCycle.registration()), cancellation(), "事项当前为“立项审核”，不能提出该申请。");
    }

    /** A registrar who is a supervisor too does not cancel what they wrote down. */
    @Test
    void whoAsksDoesNotDecide() {
        String itemNo = lifeCycle.itemAt(ItemStatus.PLANNING);
        lifeCycle.raise("handler", RequestProcess.WITHDRAWAL, itemNo, cancellation());

        assertThatThrownBy(() ->
                        lifeCycle.complete("handler", itemNo, "decide-on-withdrawal", fields("decision", "APPROVE")))
                .isInstanceOf(RefusedException.class);
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.PLANNING);
    }

    private void assertRectifyingUntil(String itemNo, LocalDate day) {
        assertThat(engine.getTaskService()
                        .createTaskQuery()
                        .processInstanceBusinessKey(itemNo)
                        .taskDefinitionKey("rectify")
                        .singleResult()
                        .getDueDate())
                .isEqualTo(endOf(day));
        assertThat(lifeCycle.waiting(itemNo, "rectify").due())
                .isEqualTo(endOf(day).toInstant());
    }

    private void assertRefused(String personId, String itemNo, Map<String, Object> fields, String message) {
        assertThatThrownBy(() -> lifeCycle.raise(personId, RequestProcess.WITHDRAWAL, itemNo, fields))
                .isInstanceOf(RefusedException.class)
                .hasMessage(message);
    }

    private static Map<String, Object> cancellation() {
        return fields("kind", "CANCELLATION", "ground", "OBJECT_GONE", "reason", "该路段已随改造拆除。");
    }
}
