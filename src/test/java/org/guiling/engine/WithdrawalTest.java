package org.guiling.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.guiling.engine.Samples.fields;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.guiling.engine.form.TaskFormData;
import org.guiling.item.Action;
import org.guiling.item.ItemStatus;
import org.guiling.item.request.MergedSource;
import org.guiling.item.request.MergedSources;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.todo.ToDos;
import org.guiling.refusal.RefusedException;
import org.guiling.workflow.RequestProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every path of {@code withdrawal.bpmn}: an item that leaves the ledger's count without being closed. */
class WithdrawalTest extends ProcessTest {

    @Autowired
    ToDos toDos;

    @Autowired
    MergedSources mergedSources;

    @Autowired
    TaskFormData formData;

    @Autowired
    Timeline timeline;

    @Autowired
    JdbcClient jdbc;

    WithdrawalTest() {
        super(RequestProcess.WITHDRAWAL.key());
    }

    @AfterAll
    static void everyElementOfTheModelWasPassed(@Autowired ModelCoverage coverage) {
        assertThat(coverage.missing(RequestProcess.WITHDRAWAL.key())).isEmpty();
    }

    @Test
    void whoAskedTakesItBackBeforeItIsDecided() {
        String itemNo = lifeCycle.itemAt(ItemStatus.VERIFYING);
        lifeCycle.raise("handler", RequestProcess.WITHDRAWAL, itemNo, cancellation());

        lifeCycle.raise("handler", RequestProcess.TAKING_BACK, itemNo, fields("subject", "REQUEST", "reason", "情况有变。"));

        assertEnded(itemNo, "withdrawal-not-decided");
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.VERIFYING);
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

    @Test
    void theHigherLevelAndTheOnlyDateOfTwoGoOn() {
        // given an item without a date, and a more serious one that its source has set one
        String kept = lifeCycle.itemAt(ItemStatus.PLAN_REVIEW);
        LocalDate day = lifeCycle.workingDays(9);
        String merged = lifeCycle.itemAt(
                ItemStatus.PLANNING, Map.of("level", "2", "originalDue", day.toString(), "dueBasis", "测试〔2026〕88号"));

        // when the one is merged into the other
        lifeCycle.raise(
                "handler",
                RequestProcess.WITHDRAWAL,
                merged,
                fields("kind", "MERGER", "targetNo", kept, "reason", "同一处井盖。"));
        lifeCycle.complete("supervisor", merged, "decide-on-withdrawal", fields("decision", "APPROVE"));
        lifeCycle.complete("leader", merged, "decide-on-withdrawal", fields("decision", "APPROVE"));

        // then the date and the level go on, and the history and who works on it are told
        assertThat(lifeCycle.item(kept).registration().level()).isEqualTo(2);
        assertThat(lifeCycle.item(kept).currentDue()).isEqualTo(day);
        assertThat(lifeCycle.item(kept).originalDue()).isEqualTo(day);
        assertThat(timeline.of(lifeCycle.item(kept)))
                .filteredOn(entry -> entry.action() == Action.MERGE)
                .singleElement()
                .satisfies(entry -> assertThat(entry.note()).isEqualTo("← " + merged + " 1 2"));
        assertThat(told(kept)).contains("MERGED_IN handler");
        // and the plan that was drafted with a later date does not move it
        lifeCycle.complete("supervisor", kept, Samples.planApproval());
        assertThat(lifeCycle.item(kept).currentDue()).isEqualTo(day);
        assertRectifyingUntil(kept, day);
        // and it is verified and signed as a larger one
        lifeCycle.complete("handler", kept, Samples.rectification(lifeCycle.today()));
        lifeCycle.complete("verifier", kept, Samples.verification(lifeCycle.today()));
        lifeCycle.complete("verifier2", kept, Samples.secondVerification());
        lifeCycle.complete("supervisor", kept, "sign-off", answeringFor(merged));
        assertThat(lifeCycle.waiting(kept).group()).isEqualTo("leaders");
    }

    @Test
    void whatCannotTakeAnotherItemOverIsNoTarget() {
        String serious = lifeCycle.itemAt(ItemStatus.PLANNING, Map.of("level", "2"));
        String verified = lifeCycle.itemAt(ItemStatus.CLOSING);
        String unreviewed = lifeCycle.register(lifeCycle.registration());

        assertRefused(
                "registrar",
                serious,
                fields("kind", "MERGER", "targetNo", verified, "reason", "同一事实"),
                "事项 " + verified + " 已按较低等级通过核查，不能再并入等级更高的事项；可以将其并入等级更高的一方，或者退回后再并案。");
        assertRefused(
                "registrar",
                serious,
                fields("kind", "MERGER", "targetNo", unreviewed, "reason", "同一事实"),
                "事项 " + unreviewed + " 尚未立项，不能并入。");
    }

    private static Map<String, Object> answeringFor(String merged) {
        Map<String, Object> signOff = Samples.signOff();
        signOff.putAll(fields("mergedAnswered", List.of(merged), "mergedReplyNote", "测试函〔2026〕3号"));
        return signOff;
    }

    private List<String> told(String itemNo) {
        return jdbc.sql("select kind || ' ' || person from notice where item_no = ? order by id")
                .param(itemNo)
                .query(String.class)
                .list();
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
