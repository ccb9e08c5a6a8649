package org.guiling.item.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.guiling.engine.Samples.fields;

import java.util.List;
import java.util.Map;
import org.guiling.GuilingTest;
import org.guiling.engine.LifeCycle;
import org.guiling.item.ItemStatus;
import org.guiling.refusal.Problem;
import org.guiling.workflow.FiveStepZeroing.UserTask;
import org.guiling.workflow.RequestProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Points that are shown as missing are those for which the gate will ask. */
@GuilingTest
class OpenCriteriaTest {

    @Autowired
    OpenCriteria criteria;

    @Autowired
    LifeCycle lifeCycle;

    @ParameterizedTest
    @CsvSource({
        "REVIEW, criterion.review",
        "DISPATCHED, criterion.claim",
        "PLANNING, criterion.plan-basics refusal.plan.no-measure refusal.plan.track refusal.plan.track",
        "PLAN_REVIEW, criterion.plan-approval",
        "VERIFYING, criterion.verification",
        "CLOSING, criterion.sign-off refusal.closure.reply"
    })
    void eachStatusHasWhatItLacks(ItemStatus status, String codes) {
        assertThat(codes(lifeCycle.itemAt(status))).isEqualTo(List.of(codes.split(" ")));
    }

    @Test
    void whatHasEndedLacksNothing() {
        assertThat(codes(lifeCycle.itemAt(ItemStatus.CLOSED))).isEmpty();
    }

    @Test
    void theLevelDecidesWhoHasToLook() {
        String itemNo = lifeCycle.itemAt(ItemStatus.VERIFYING, Map.of("level", "2"));

        assertThat(codes(itemNo)).containsExactly("criterion.verification-on-site");
    }

    @Test
    void aPlanThatWasReturnedLacksWhatTheReturnSays() {
        String itemNo = lifeCycle.itemAt(ItemStatus.PLAN_REVIEW);
        lifeCycle.complete(
                "supervisor",
                itemNo,
                UserTask.APPROVE_PLAN.id(),
                fields("decision", "RETURN", "opinion", "措施没有说明由谁验收，请补充。"));

        assertThat(criteria.of(lifeCycle.item(itemNo)))
                .containsExactly(Problem.of(null, "criterion.plan-returned", "措施没有说明由谁验收，请补充。"));
    }

    @Test
    void anItemInRectificationLacksWhatItsGateRefuses() {
        // given work of which nothing was reported
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        List<String> lacking = codes(itemNo);
        assertThat(lacking)
                .contains(
                        "refusal.rectification.not-done",
                        "refusal.rectification.no-evidence",
                        "refusal.rectification.no-result",
                        "refusal.rectification.no-extension");

        // when a measure is reported done with its evidence
        lifeCycle.complete(
                "handler",
                itemNo,
                UserTask.RECTIFY.id(),
                fields(
                        "measure1Done", true,
                        "measure1Result", "已补齐",
                        "measure1Evidence", "照片三张，存档案室A1",
                        "decision", "PROGRESS",
                        "progress", "第一条措施已完成。"));

        // then less is missing, and nothing of the first measure
        assertThat(criteria.of(lifeCycle.item(itemNo)))
                .hasSizeLessThan(lacking.size())
                .noneMatch(problem -> problem.arguments().equals(List.of(1)));
    }

    @Test
    void anOpenRequestKeepsAnItemFromClosing() {
        String itemNo = lifeCycle.itemAt(ItemStatus.CLOSING);
        lifeCycle.raise(
                "registrar",
                RequestProcess.WITHDRAWAL,
                itemNo,
                fields("kind", "CANCELLATION", "ground", "OBJECT_GONE", "reason", "路段已拆除。"));

        assertThat(codes(itemNo)).contains("refusal.closure.open-request");
    }

    private List<String> codes(String itemNo) {
        return criteria.of(lifeCycle.item(itemNo)).stream().map(Problem::code).toList();
    }
}
