package org.guiling.item.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.guiling.engine.Samples.fields;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.guiling.GuilingTest;
import org.guiling.People;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.timeline.Timeline;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The gates between the steps: what is refused, with which words, and that nothing moves. */
@GuilingTest
class StepRulesTest {

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    ClosureStep closureStep;

    @Autowired
    Timeline timeline;

    @Autowired
    Organization organization;

    @Autowired
    People people;

    @Autowired
    JdbcClient jdbc;

    @Test
    void aProblemFoundTomorrowIsNotRegistered() {
        Map<String, Object> registration = lifeCycle.registration();
        registration.put("foundDate", lifeCycle.today().plusDays(1).toString());

        assertThatThrownBy(() -> lifeCycle.register(registration)).hasMessage("发现日期不能晚于今天。");
    }

    @Test
    void theSourceMayDemandItForADayBeforeItWasWrittenDown() {
        Map<String, Object> registration = lifeCycle.registration();
        registration.put("originalDue", lifeCycle.today().minusDays(4).toString());
        registration.put("dueBasis", "来文");

        String itemNo = lifeCycle.register(registration);

        assertThat(lifeCycle.item(itemNo).originalDue())
                .isEqualTo(lifeCycle.today().minusDays(4));
    }

    @Test
    void onlyARegistrarRegisters() {
        assertThatThrownBy(() -> people.as("handler", () -> lifeCycle.registerAsCurrent(lifeCycle.registration())))
                .hasMessage("只有登记员可以登记事项。");
    }

    @Test
    void theSimilarItemIsAnsweredBeforeAcceptance() {
        Map<String, Object> registration = lifeCycle.registration();
        lifeCycle.register(registration);
        String again = lifeCycle.register(registration);

        assertRefused("reviewer", again, Samples.acceptance(), "系统查到 1 条相似事项，请核对后选择“有相似但非同一事实”或“确为重复”。");

        Map<String, Object> answered = Samples.acceptance();
        answered.put("duplicateAnswer", "DIFFERENT");
        answered.put("duplicateNote", "同一路段的另一处井盖");
        lifeCycle.complete("reviewer", again, answered);
        assertThat(lifeCycle.item(again).status()).isEqualTo(ItemStatus.DISPATCHED);
    }

    @Test
    void theHandlerIsOfTheLeadUnit() {
        String itemNo = lifeCycle.itemAt(ItemStatus.DISPATCHED);

        assertRefused("handler", itemNo, Samples.claim("handler2"), "“handler2”不是牵头单位的承办人。");
    }

    @Test
    void anotherUnitsTaskDoesNotExistForAPerson() {
        String itemNo = lifeCycle.itemAt(ItemStatus.DISPATCHED);

        assertThatThrownBy(() -> lifeCycle.complete("handler2", itemNo, Samples.claim("handler2")))
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(RefusedException.Kind.NOT_FOUND));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "measure2Track   | FIX_NOW    | 还差：至少一条“长久立”措施，或填写不需要的理由。",
                "measure1Track   | LONG_TERM  | 还差：至少一条“当下改”措施，或填写不需要的理由。",
            })
    void bothTracksAreAnswered(String field, String value, String message) {
        String itemNo = lifeCycle.itemAt(ItemStatus.PLANNING);
        Map<String, Object> plan = Samples.plan(lifeCycle.today());
        plan.put(field, value);

        assertRefused("handler", itemNo, plan, message);

        plan.put(value.equals("FIX_NOW") ? "longTermWaiver" : "fixNowWaiver", "已有制度，无需再立。");
        lifeCycle.complete("handler", itemNo, plan);
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.PLAN_REVIEW);
    }

    @Test
    void thePlanKeepsWithinTheLimitOfThePolicy() {
        String itemNo = lifeCycle.itemAt(ItemStatus.PLANNING);
        LocalDate latest = lifeCycle.workingDayFrom(lifeCycle.today().plusDays(60));
        Map<String, Object> plan = Samples.plan(lifeCycle.today());

        plan.put("plannedDue", lifeCycle.workingDayFrom(latest.plusDays(1)).toString());
        String provisional = lifeCycle.isProvisional(latest) ? "；该年节假日安排尚未载入，日期暂定" : "";
        assertRefused("handler", itemNo, plan, "整改期限不能晚于 " + latest + "（政策规定的最长期限" + provisional + "）。");

        plan.put("plannedDue", latest.toString());
        lifeCycle.complete("handler", itemNo, plan);
        assertThat(lifeCycle.item(itemNo).plan().plannedDue()).isEqualTo(latest);
    }

    @Test
    void aMeasureKeepsWithinTheItemsDate() {
        String itemNo = lifeCycle.itemAt(ItemStatus.PLANNING);
        Map<String, Object> plan = Samples.plan(lifeCycle.today());
        plan.put("measure2Due", lifeCycle.today().plusDays(31).toString());
        plan.put("measure1Due", lifeCycle.today().minusDays(1).toString());

        assertRefused(
                "handler",
                itemNo,
                plan,
                "措施 1 的完成时限早于今天。\n措施 2 的完成时限晚于整改期限 " + lifeCycle.today().plusDays(30) + "。");
    }

    @Test
    void aMajorItemNeedsFundsAndAnEmergencyPlan() {
        Map<String, Object> registration = lifeCycle.registration();
        registration.put("level", "3");
        String itemNo = lifeCycle.register(registration);
        lifeCycle.moveTo(ItemStatus.PLANNING, itemNo);

        assertRefused("handler", itemNo, Samples.plan(lifeCycle.today()), "请填写“资金保障”。\n请填写“应急预案”。");
    }

    @Test
    void aLastingMeasureEndsInADocument() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        Map<String, Object> report = Samples.rectification(lifeCycle.today());
        report.keySet().removeIf(name -> name.startsWith("institution"));

        assertRefused("handler", itemNo, report, "还差：方案中有“长久立”措施，须填写制度成果的名称、文号和印发日期。");
    }

    @Test
    void aLargerItemIsVerifiedOnSiteByTwo() {
        Map<String, Object> registration = lifeCycle.registration();
        registration.put("level", "2");
        String itemNo = lifeCycle.register(registration);
        lifeCycle.moveTo(ItemStatus.VERIFYING, itemNo);
        Map<String, Object> verification = Samples.verification(lifeCycle.today());
        verification.put("verifyMethod", "DOCUMENTS");
        verification.put("coVerifiers", List.of());

        assertRefused(
                "verifier", itemNo, verification, "较大及以上事项须现场核查（现场核查、四不两直、随机抽查或下沉走访）。\n较大及以上事项须两人以上核查，请选择另一名核查员。");
    }

    @ParameterizedTest
    @ValueSource(strings = {"无", "没有。", "-", "——", "/", "N/A", "暂无", " 无 "})
    void nothingIsNoEvidence(String words) {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        Map<String, Object> report = Samples.rectification(lifeCycle.today());
        report.put("measure1Evidence", words);

        assertRefused("handler", itemNo, report, "还差：措施 1 未上传佐证材料，也没有写明佐证在哪里（“无”不是佐证）。");
    }

    /** The measures ask for a photo and a document. */
    @Test
    void wordsInPlaceOfAPhotoPassOnSiteOnly() {
        String itemNo = lifeCycle.itemAt(ItemStatus.VERIFYING);
        Map<String, Object> onPaper = Samples.verification(lifeCycle.today());
        onPaper.put("verifyMethod", "DOCUMENTS");

        assertRefused(
                "verifier",
                itemNo,
                onPaper,
                "措施 1 应附照片，只有文字说明：须到现场看过才能通过（现场核查、四不两直、随机抽查或下沉走访）。\n"
                        + "措施 2 应附文件，只有文字说明：须到现场看过才能通过（现场核查、四不两直、随机抽查或下沉走访）。");

        lifeCycle.complete("verifier", itemNo, Samples.verification(lifeCycle.today()));
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.CLOSING);
    }

    @Test
    void passingNeedsEveryCriterion() {
        String itemNo = lifeCycle.itemAt(ItemStatus.VERIFYING);
        Map<String, Object> verification = Samples.verification(lifeCycle.today());
        verification.put("criteriaPassed", List.of("FACT_RESOLVED", "MEASURES_DONE"));

        assertRefused("verifier", itemNo, verification, "四项验收标准全部符合才能通过；有不符合的，请选择其他结论并列明问题。");
    }

    @Test
    void aPublicFacingItemIsCalledBack() {
        Map<String, Object> registration = lifeCycle.registration();
        registration.put("sourceType", "MASS");
        String itemNo = lifeCycle.register(registration);
        lifeCycle.moveTo(ItemStatus.VERIFYING, itemNo);

        assertRefused("verifier", itemNo, Samples.verification(lifeCycle.today()), "请填写“回访情况”。");

        Map<String, Object> calledBack = Samples.verification(lifeCycle.today());
        calledBack.put("callBack", "SATISFIED");
        lifeCycle.complete("verifier", itemNo, calledBack);
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.CLOSING);
    }

    /** Also where the township would close it otherwise. */
    @Test
    void whoIsNotSatisfiedIsASupervisorsDecision() {
        // given an item of a village that passed, and people who are not satisfied
        String itemNo =
                lifeCycle.itemAt(ItemStatus.VERIFYING, Map.of("sourceType", "MASS", "leadUnit", Samples.VILLAGE_UNIT));
        Map<String, Object> passed = Samples.verification(lifeCycle.today());
        passed.putAll(fields("callBack", "UNSATISFIED", "callBackNote", "认为修得太慢。"));
        lifeCycle.complete("verifier", itemNo, passed);

        // then the supervisors have it, and say why it is closed all the same
        assertThat(lifeCycle.waiting(itemNo).group()).isEqualTo("supervisors");
        assertRefused("supervisor", itemNo, Samples.signOff(), "请填写“处理意见”。");
        Map<String, Object> decided = Samples.signOff();
        decided.put("onDissatisfaction", "问题已解决，工期已向来电人说明。");
        lifeCycle.complete("supervisor", itemNo, decided);

        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.CLOSED);
        assertThat(timeline.of(lifeCycle.item(itemNo)))
                .filteredOn(entry -> entry.action() == Action.DECIDE_ON_CALL_BACK)
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.actor()).isEqualTo("supervisor");
                    assertThat(entry.reason()).isEqualTo("问题已解决，工期已向来电人说明。");
                });
    }

    @Test
    void whoIsNotSatisfiedMayHaveTheItemReturned() {
        String itemNo = lifeCycle.itemAt(ItemStatus.VERIFYING, Map.of("sourceType", "MASS"));
        Map<String, Object> passed = Samples.verification(lifeCycle.today());
        passed.putAll(fields("callBack", "UNSATISFIED", "callBackNote", "认为修得太慢。"));
        lifeCycle.complete("verifier", itemNo, passed);

        lifeCycle.complete(
                "supervisor",
                itemNo,
                fields(
                        "decision",
                        "RETURN",
                        "defect1",
                        "未向来电人说明工期",
                        "reworkDue",
                        lifeCycle.workingDays(8).toString(),
                        "opinion",
                        "退回整改。"));

        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.REWORK);
    }

    @Test
    void nothingClosesWithoutASignature() {
        String itemNo = lifeCycle.itemAt(ItemStatus.CLOSING);
        Person supervisor = organization.person("supervisor").orElseThrow();

        assertThatThrownBy(() -> closureStep.close(lifeCycle.item(itemNo), supervisor))
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.problems())
                        .extracting(Problem::code)
                        .containsExactly("refusal.closure.no-approval", "refusal.closure.reply"));
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.CLOSING);
    }

    @Test
    void variablesThatSteerTheFlowAreRefused() {
        String itemNo = lifeCycle.itemAt(ItemStatus.PLAN_REVIEW);

        assertRefused("supervisor", itemNo, fields("decision", "APPROVE", "handler", "handler2"), "表单中没有“handler”这一项。");
        assertRefused("supervisor", itemNo, fields("decision", "APPROVE", "level", 1), "表单中没有“level”这一项。");
        assertRefused(
                "supervisor", itemNo, fields("decision", "APPROVE", "itemNo", "ZG-2026-000001"), "表单中没有“itemNo”这一项。");
    }

    @Test
    void theTimelineIsAppendOnly() {
        String itemNo = lifeCycle.itemAt(ItemStatus.DISPATCHED);
        long id = lifeCycle.item(itemNo).id();

        assertThatThrownBy(() -> jdbc.sql("update timeline set note = 'x' where item_id = ?")
                        .param(id)
                        .update())
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("append-only");
        assertThatThrownBy(() -> jdbc.sql("delete from timeline where item_id = ?")
                        .param(id)
                        .update())
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("append-only");
    }

    private void assertRefused(String personId, String itemNo, Map<String, Object> fields, String message) {
        Item before = lifeCycle.item(itemNo);
        assertThatThrownBy(() -> lifeCycle.complete(personId, itemNo, fields))
                .isInstanceOf(RefusedException.class)
                .hasMessage(message);
        assertThat(lifeCycle.item(itemNo)).usingRecursiveComparison().isEqualTo(before);
    }
}
