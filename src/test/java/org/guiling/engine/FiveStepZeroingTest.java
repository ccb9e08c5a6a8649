package org.guiling.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.guiling.engine.Samples.fields;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.runtime.VariableInstance;
import org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests;
import org.guiling.People;
import org.guiling.engine.form.TaskFormData;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.Step;
import org.guiling.item.record.ItemRecords;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineEntry;
import org.guiling.refusal.RefusedException;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.RequestProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Every path of {@code five-step-zeroing.bpmn}. */
class FiveStepZeroingTest extends ProcessTest {

    FiveStepZeroingTest() {
        super(FiveStepZeroing.KEY);
    }

    @Autowired
    Timeline timeline;

    @Autowired
    ItemRecords records;

    @Autowired
    People people;

    @Autowired
    TaskFormData formData;

    @AfterAll
    static void everyElementOfTheModelWasPassed(@Autowired ModelCoverage coverage) {
        assertThat(coverage.missing(FiveStepZeroing.KEY)).isEmpty();
    }

    @Test
    void anItemGoesToZeroThroughAllFiveSteps() {
        // given a registered item
        String itemNo = lifeCycle.register(lifeCycle.registration());

        // then it waits for the reviewers, due in two working days
        assertWaiting(itemNo, "review-registration", "reviewers", null, lifeCycle.workingDays(2));
        assertRecord(itemNo, Step.INTAKE, ItemStatus.REVIEW);
        assertNotPassed(itemNo, "ownership", "amend-registration");

        // when it is accepted
        lifeCycle.complete("reviewer", itemNo, Samples.acceptance());

        // then the lead unit's people may claim it
        assertWaiting(itemNo, "claim-item", "unit-" + Samples.CITY_UNIT, null, lifeCycle.workingDays(2));
        assertRecord(itemNo, Step.OWNERSHIP, ItemStatus.DISPATCHED);
        assertPassed(itemNo, "review-registration", "intake-zero");
        assertNotPassed(itemNo, "intake-rejected", "deadline");

        // when it is claimed
        lifeCycle.complete("handler", itemNo, Samples.claim("handler"));

        // then the named handler drafts the plan
        assertWaiting(itemNo, "draft-plan", null, "handler", lifeCycle.workingDays(10));
        assertRecord(itemNo, Step.DEADLINE, ItemStatus.PLANNING);

        // when the plan is drafted and approved
        lifeCycle.complete("handler", itemNo, Samples.plan(lifeCycle.today()));
        assertWaiting(itemNo, "approve-plan", "supervisors", null, lifeCycle.workingDays(3));
        assertThat(lifeCycle.item(itemNo).currentDue()).isNull();
        lifeCycle.complete("supervisor", itemNo, Samples.planApproval());

        // then its date is set and the handler rectifies until then
        LocalDate due = lifeCycle.workingDayFrom(lifeCycle.today().plusDays(30));
        assertThat(lifeCycle.item(itemNo).originalDue()).isEqualTo(due);
        assertThat(lifeCycle.item(itemNo).currentDue()).isEqualTo(due);
        assertWaiting(itemNo, "rectify", null, "handler", due);
        assertRecord(itemNo, Step.DEADLINE, ItemStatus.RECTIFYING);

        // when the handler declares it done
        lifeCycle.complete("handler", itemNo, Samples.rectification(lifeCycle.today()));
        assertWaiting(
                itemNo,
                "verify",
                "verifiers",
                null,
                lifeCycle.workingDayFrom(lifeCycle.today().plusDays(10)));
        assertRecord(itemNo, Step.VERIFICATION, ItemStatus.VERIFYING);

        // and the verifiers pass it
        lifeCycle.complete("verifier", itemNo, Samples.verification(lifeCycle.today()));
        assertWaiting(itemNo, "sign-off", "supervisors", null, lifeCycle.workingDays(5));
        assertRecord(itemNo, Step.CLOSURE, ItemStatus.CLOSING);
        assertNotPassed(itemNo, "close-item");

        // and the supervisor signs
        lifeCycle.complete("supervisor", itemNo, Samples.signOff());

        // then it is zero
        assertEnded(itemNo, "item-zeroed");
        assertNotPassed(itemNo, "closure-returned", "item-not-accepted");
        Item zeroed = lifeCycle.item(itemNo);
        assertThat(zeroed.status()).isEqualTo(ItemStatus.CLOSED);
        assertThat(zeroed.round()).isEqualTo(1);
        assertThat(zeroed.outcome().lookBackOn())
                .isEqualTo(lifeCycle.workingDayFrom(lifeCycle.today().plusMonths(3)));
        assertThat(timeline.of(zeroed))
                .extracting(TimelineEntry::action)
                .containsExactly(
                        Action.REGISTER,
                        Action.REVIEW_REGISTRATION,
                        Action.CLAIM,
                        Action.DRAFT_PLAN,
                        Action.APPROVE_PLAN,
                        Action.SUBMIT_RECTIFICATION,
                        Action.VERIFY,
                        Action.SIGN_OFF,
                        Action.CLOSE);
    }

    @Test
    void whatTwoFoundOnSiteWaitsForTheSecond() {
        // given a larger item that the first verifier passes
        String itemNo = lifeCycle.itemAt(ItemStatus.VERIFYING, Map.of("level", "2"));
        lifeCycle.complete("verifier", itemNo, "verify", Samples.verification(lifeCycle.today()));

        // then
        assertNotPassed(itemNo, "verification-zero");
        assertRecord(itemNo, Step.VERIFICATION, ItemStatus.VERIFYING);
        assertThat(lifeCycle.waiting(itemNo).taskKey()).isEqualTo("confirm-verification");

        // when the second does not confirm it, then does
        lifeCycle.complete("verifier2", itemNo, "confirm-verification", Samples.refusedVerification());
        lifeCycle.complete("verifier", itemNo, "verify", Samples.verification(lifeCycle.today()));
        lifeCycle.complete("verifier2", itemNo, "confirm-verification", Samples.secondVerification());

        // then it waits for the signature
        assertRecord(itemNo, Step.CLOSURE, ItemStatus.CLOSING);
    }

    @Test
    void theEngineKeepsIdsAndColumnsOnly() {
        String itemNo = lifeCycle.itemAt(ItemStatus.CLOSING);

        List<VariableInstance> variables = engine.getRuntimeService()
                .createVariableInstanceQuery()
                .processInstanceIdIn(instance(itemNo).getId())
                .list();

        assertThat(variables)
                .extracting(VariableInstance::getName)
                .containsExactlyInAnyOrder("itemNo", "title", "unitName", "leadUnit", "handler", "approverGroup");
    }

    @Test
    void aReturnedRegistrationIsAmendedAndReviewedAgain() {
        // given a registration that the reviewer returns
        String itemNo = lifeCycle.register(lifeCycle.registration());
        lifeCycle.complete(
                "reviewer", itemNo, fields("duplicateAnswer", "NONE", "decision", "RETURN", "opinion", "请写明地点。"));

        // then the registrars amend it
        assertWaiting(itemNo, "amend-registration", "registrars", null, lifeCycle.workingDays(2));
        assertRecord(itemNo, Step.INTAKE, ItemStatus.DRAFT);

        // when it is amended, with another title and another lead unit
        Map<String, Object> amended = lifeCycle.registration();
        amended.put("title", "补正后的标题");
        amended.put("leadUnit", "jiaqiao-town");
        lifeCycle.complete("registrar", itemNo, amended);

        // then it waits for the review again, and record and engine have both
        assertWaiting(itemNo, "review-registration", "reviewers", null, lifeCycle.workingDays(2));
        assertThat(lifeCycle.item(itemNo).registration().title()).isEqualTo("补正后的标题");
        BpmnAwareTests.assertThat(instance(itemNo)).variables().containsEntry("title", "补正后的标题");
        lifeCycle.complete("reviewer", itemNo, Samples.acceptance());
        assertWaiting(itemNo, "claim-item", "unit-jiaqiao-town", null, lifeCycle.workingDays(2));
    }

    @Test
    void aRejectedRegistrationEndsWithoutAnItemToDo() {
        String itemNo = lifeCycle.register(lifeCycle.registration());

        lifeCycle.complete(
                "reviewer", itemNo, fields("duplicateAnswer", "NONE", "decision", "REJECT", "opinion", "不属于本市职责。"));

        assertEnded(itemNo, "item-not-accepted");
        assertNotPassed(itemNo, "ownership");
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.NOT_ACCEPTED);
    }

    @Test
    void aReturnedPlanIsDraftedAgain() {
        String itemNo = lifeCycle.itemAt(ItemStatus.PLAN_REVIEW);

        lifeCycle.complete("supervisor", itemNo, fields("decision", "RETURN", "opinion", "措施不具体。"));

        assertWaiting(itemNo, "draft-plan", null, "handler", lifeCycle.workingDays(10));
        assertRecord(itemNo, Step.DEADLINE, ItemStatus.PLANNING);
        assertThat(lifeCycle.item(itemNo).plan().planOpinion()).isEqualTo("措施不具体。");
        assertThat(lifeCycle.item(itemNo).originalDue()).isNull();
        assertNotPassed(itemNo, "deadline-zero");
    }

    @Test
    void progressIsReportedWithoutLeavingTheTask() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);

        lifeCycle.complete(
                "handler",
                itemNo,
                fields(
                        "decision", "PROGRESS",
                        "progress", "已完成一处。",
                        "measure1Done", true,
                        "measure1Result", "一处已补",
                        "measure1Evidence", "照片一张"));

        assertWaiting(
                itemNo,
                "rectify",
                null,
                "handler",
                lifeCycle.workingDayFrom(lifeCycle.today().plusDays(30)));
        assertRecord(itemNo, Step.DEADLINE, ItemStatus.RECTIFYING);
        assertThat(records.measures(lifeCycle.item(itemNo)))
                .extracting(measure -> measure.done())
                .containsExactly(true, false);
        assertNotPassed(itemNo, "verify");
    }

    @Test
    void aFailedVerificationIsReworkedTwiceAndPassesTheThirdTime() {
        String itemNo = lifeCycle.itemAt(ItemStatus.VERIFYING);
        LocalDate originalDue = lifeCycle.item(itemNo).originalDue();

        for (int round = 2; round <= 3; round++) {
            // when it is returned with itemised defects
            lifeCycle.complete("verifier", itemNo, Samples.failedVerification(lifeCycle.today(), "第二处井盖松动", "巡查记录缺两次"));

            // then the handler has a new round, new date, the same original date
            assertWaiting(
                    itemNo,
                    "rectify",
                    null,
                    "handler",
                    lifeCycle.workingDayFrom(lifeCycle.today().plusDays(15)));
            assertRecord(itemNo, Step.DEADLINE, ItemStatus.REWORK);
            Item item = lifeCycle.item(itemNo);
            assertThat(item.round()).isEqualTo(round);
            assertThat(item.currentDue())
                    .isEqualTo(lifeCycle.workingDayFrom(lifeCycle.today().plusDays(15)));
            assertThat(item.originalDue()).isEqualTo(originalDue);
            assertThat(records.defects(item))
                    .extracting(defect -> defect.content())
                    .containsExactly("第二处井盖松动", "巡查记录缺两次");
            assertNotPassed(itemNo, "verification-zero");
            lifeCycle.complete("handler", itemNo, Samples.rectification(lifeCycle.today()));
        }

        lifeCycle.moveTo(ItemStatus.CLOSED, itemNo);
        assertEnded(itemNo, "item-zeroed");
        assertThat(records.verifications(lifeCycle.item(itemNo)))
                .extracting(verification -> verification.round())
                .containsExactly(1, 2, 3);
    }

    @Test
    void aRefusedSignatureReturnsTheItemForRework() {
        String itemNo = lifeCycle.itemAt(ItemStatus.CLOSING);

        lifeCycle.complete(
                "supervisor",
                itemNo,
                fields(
                        "decision", "RETURN",
                        "defect1", "制度未印发到村",
                        "reworkDue", lifeCycle.workingDays(5).toString(),
                        "opinion", "补充后再报。"));

        assertWaiting(itemNo, "rectify", null, "handler", lifeCycle.workingDays(5));
        assertRecord(itemNo, Step.DEADLINE, ItemStatus.REWORK);
        assertPassed(itemNo, "closure-returned");
        assertNotPassed(itemNo, "close-item", "item-zeroed");

        lifeCycle.moveTo(ItemStatus.CLOSED, itemNo);
        assertEnded(itemNo, "item-zeroed");
        assertThat(lifeCycle.item(itemNo).round()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"VERIFYING", "CLOSING"})
    void whatIsFoundToBeFalsifiedGoesBackFromVerificationAndClosure(ItemStatus status) {
        String itemNo = lifeCycle.itemAt(status);
        LocalDate due = lifeCycle.workingDays(6);

        lifeCycle.findFalsified(itemNo, due);

        assertWaiting(itemNo, "rectify", null, "handler", due);
        assertRecord(itemNo, Step.DEADLINE, ItemStatus.REWORK);
        assertPassed(
                itemNo, status == ItemStatus.VERIFYING ? "falsified-submission-found" : "falsified-verification-found");
        assertNotPassed(itemNo, "close-item", "item-zeroed");
        lifeCycle.moveTo(ItemStatus.CLOSED, itemNo);
        assertEnded(itemNo, "item-zeroed");
    }

    @Test
    void theChainOfTheHighestLevelHasThreeSignatures() {
        Map<String, Object> registration = lifeCycle.registration();
        registration.put("level", "4");
        String itemNo = lifeCycle.register(registration);
        lifeCycle.moveTo(ItemStatus.PLANNING, itemNo);
        Map<String, Object> plan = Samples.plan(lifeCycle.today());
        plan.put("funds", "市财政列支二十万元");
        plan.put("emergencyPlan", "汛期每日巡查，必要时封闭路段。");
        lifeCycle.complete("handler", itemNo, plan);
        lifeCycle.moveTo(ItemStatus.CLOSING, itemNo);

        assertWaiting(itemNo, "sign-off", "supervisors", null, lifeCycle.workingDays(5));
        lifeCycle.complete("supervisor", itemNo, Samples.signOff());
        assertWaiting(itemNo, "sign-off", "leaders", null, lifeCycle.workingDays(5));
        lifeCycle.complete("leader", itemNo, Samples.furtherSignOff());
        assertWaiting(itemNo, "sign-off", "group-heads", null, lifeCycle.workingDays(5));
        assertNotPassed(itemNo, "close-item");
        lifeCycle.complete("head", itemNo, Samples.furtherSignOff());

        assertEnded(itemNo, "item-zeroed");
    }

    @Test
    void anItemOfAVillageClosesAtItsTownship() {
        Map<String, Object> registration = lifeCycle.registration();
        registration.put("leadUnit", Samples.VILLAGE_UNIT);
        String itemNo = lifeCycle.register(registration);
        lifeCycle.complete("reviewer", itemNo, Samples.acceptance());
        lifeCycle.complete("village-handler", itemNo, Samples.claim("village-handler"));
        lifeCycle.complete("village-handler", itemNo, Samples.plan(lifeCycle.today()));
        lifeCycle.complete("supervisor", itemNo, Samples.planApproval());
        lifeCycle.complete("village-handler", itemNo, Samples.rectification(lifeCycle.today()));
        lifeCycle.complete("verifier", itemNo, Samples.verification(lifeCycle.today()));

        assertWaiting(itemNo, "sign-off", "unit-jiaqiao-town-leaders", null, lifeCycle.workingDays(5));
        lifeCycle.complete("township-leader", itemNo, Samples.signOff());

        assertEnded(itemNo, "item-zeroed");
    }

    @Test
    void aDateOfTheSourceIsKeptEvenWhenItHasPassed() {
        Map<String, Object> registration = lifeCycle.registration();
        registration.put("foundDate", lifeCycle.today().minusDays(60).toString());
        registration.put("originalDue", lifeCycle.today().minusDays(5).toString());
        registration.put("dueBasis", "测试〔2026〕1号第三条");

        String itemNo = lifeCycle.register(registration);
        lifeCycle.moveTo(ItemStatus.RECTIFYING, itemNo);

        Item item = lifeCycle.item(itemNo);
        assertThat(item.originalDue()).isEqualTo(lifeCycle.today().minusDays(5));
        assertThat(item.currentDue()).isEqualTo(item.originalDue());
        assertThat(item.dueBasis()).isEqualTo("测试〔2026〕1号第三条");
        assertWaiting(itemNo, "rectify", null, "handler", item.originalDue());
    }

    @Test
    void aDeclinedItemGoesToAnotherUnit() {
        // given an item that the unit declines
        String itemNo = lifeCycle.itemAt(ItemStatus.DISPATCHED);
        lifeCycle.complete("handler", itemNo, Samples.decline("jiaqiao-town"));

        // then the office rules, and the item is in dispute
        assertWaiting(itemNo, "rule-on-decline", "supervisors", null, lifeCycle.workingDays(3));
        assertRecord(itemNo, Step.OWNERSHIP, ItemStatus.DISPUTED);
        assertNotPassed(itemNo, "ownership-zero");

        // when it is dispatched to the other unit
        lifeCycle.complete(
                "supervisor",
                itemNo,
                fields("decision", "REDISPATCH", "newUnit", "jiaqiao-town", "opinion", "按职责分工由镇办理。"));

        // then that unit's people may claim it, and the list shows the new unit
        assertWaiting(itemNo, "claim-item", "unit-jiaqiao-town", null, lifeCycle.workingDays(2));
        assertRecord(itemNo, Step.OWNERSHIP, ItemStatus.DISPATCHED);
        assertThat(lifeCycle.item(itemNo).registration().leadUnit()).isEqualTo("jiaqiao-town");
        BpmnAwareTests.assertThat(instance(itemNo)).variables().containsEntry("leadUnit", "jiaqiao-town");
        assertThat(timeline.of(lifeCycle.item(itemNo)))
                .extracting(TimelineEntry::action)
                .endsWith(Action.DECLINE, Action.RULE_ON_DECLINE, Action.NOTIFIED);
        assertThat(formData.of(lifeCycle.waiting(itemNo).taskId())
                        .get("itemFacts")
                        .toString())
                .contains("争议裁定", "共用 1 天");
    }

    @Test
    void theSecondRulingIsTheLeadingGroupsAndFinal() {
        // given an item that stays with the unit after the first decline
        String itemNo = lifeCycle.itemAt(ItemStatus.DISPATCHED);
        lifeCycle.complete("handler", itemNo, Samples.decline("jiaqiao-town"));
        lifeCycle.complete("supervisor", itemNo, fields("decision", "KEEP", "opinion", "属市级道路，由住建局办理。"));
        assertWaiting(itemNo, "claim-item", "unit-" + Samples.CITY_UNIT, null, lifeCycle.workingDays(2));

        // when it is declined again
        lifeCycle.complete("handler", itemNo, Samples.decline("jiaqiao-town"));

        // then the leading group rules
        assertWaiting(itemNo, "rule-on-decline", "leaders", null, lifeCycle.workingDays(3));
        lifeCycle.complete("leader", itemNo, fields("decision", "KEEP", "opinion", "最终裁定。"));

        // then there is no third time
        assertThatThrownBy(() -> lifeCycle.complete("handler", itemNo, Samples.decline("jiaqiao-town")))
                .isInstanceOf(RefusedException.class)
                .hasMessage("该事项已两次裁定，裁定为最终裁定，不能再申请退回。");
        lifeCycle.moveTo(ItemStatus.CLOSED, itemNo);
        assertEnded(itemNo, "item-zeroed");
    }

    @Test
    void aDeclineComesInTimeAndNamesAnotherUnit() {
        String itemNo = lifeCycle.itemAt(ItemStatus.DISPATCHED);

        assertThatThrownBy(() -> lifeCycle.complete("handler", itemNo, Samples.decline(Samples.CITY_UNIT)))
                .hasMessage("请选择现牵头单位以外的单位。");
        clock.advance(Duration.ofDays(20));
        assertThatThrownBy(() -> lifeCycle.complete("handler", itemNo, Samples.decline("jiaqiao-town")))
                .hasMessageStartingWith("申请退回的期限已过");
        assertRecord(itemNo, Step.OWNERSHIP, ItemStatus.DISPATCHED);
    }

    @Test
    void aCancelledItemEndsAtWhateverStep() {
        String itemNo = lifeCycle.itemAt(ItemStatus.PLANNING);
        lifeCycle.raise(
                "registrar",
                RequestProcess.WITHDRAWAL,
                itemNo,
                fields("kind", "CANCELLATION", "ground", "FILED_IN_ERROR", "reason", "误将已办结事项再次立项。"));

        lifeCycle.complete("supervisor", itemNo, "decide-on-withdrawal", fields("decision", "APPROVE"));

        assertEnded(itemNo, "withdrawn");
        assertNotPassed(itemNo, "draft-plan", "deadline-zero", "item-zeroed");
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.CANCELLED);
    }

    @Test
    void aReopenedItemEntersAtItsRectification() {
        String itemNo = lifeCycle.itemAt(ItemStatus.CLOSED);
        lifeCycle.raise(
                "registrar",
                RequestProcess.REOPENING,
                itemNo,
                Samples.reopening(lifeCycle.today().plusDays(20)));
        lifeCycle.complete("supervisor", itemNo, "decide-on-reopening", fields("decision", "APPROVE"));

        assertWaiting(
                itemNo,
                "rectify",
                null,
                "handler",
                lifeCycle.workingDayFrom(lifeCycle.today().plusDays(20)));
        assertRecord(itemNo, Step.DEADLINE, ItemStatus.REWORK);
        BpmnAwareTests.assertThat(instance(itemNo)).hasNotPassed("intake", "ownership", "draft-plan");
    }

    /** A task that was given to somebody from the start has no group that others could belong to. */
    @Test
    void somebodyElsesTaskDoesNotExist() {
        String itemNo = lifeCycle.itemAt(ItemStatus.PLANNING);

        assertThatThrownBy(() -> lifeCycle.complete("village-handler", itemNo, Samples.plan(lifeCycle.today())))
                .isInstanceOf(RefusedException.class)
                .extracting(refused -> ((RefusedException) refused).kind())
                .isEqualTo(RefusedException.Kind.NOT_FOUND);
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.PLANNING);
    }

    /** Nobody appoints a handler past the claim: the engine has none before the item has. */
    @Test
    void noVariableOfTheEngineComesFromOutside() {
        String itemNo = lifeCycle.itemAt(ItemStatus.REVIEW);
        Map<String, Object> withHandler = Samples.acceptance();
        withHandler.put("handler", "handler2");

        assertThatThrownBy(() -> lifeCycle.complete("reviewer", itemNo, withHandler))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("handler");
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.REVIEW);
    }

    @Test
    void aPartOfAnotherItemEntersAtItsClaim() {
        String whole = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        lifeCycle.raise(
                "handler",
                RequestProcess.DECOMPOSITION,
                whole,
                Samples.onePart(lifeCycle.today().plusDays(20)));
        String part = lifeCycle.item(whole).openParts().get(0);

        assertWaiting(part, "claim-item", "unit-jiaqiao-town", null, lifeCycle.workingDays(2));
        assertRecord(part, Step.OWNERSHIP, ItemStatus.DISPATCHED);
        BpmnAwareTests.assertThat(instance(part)).hasNotPassed("intake", "item-reported");
    }

    @Test
    void anItemOnTheFastLaneEntersAtItsRectification() {
        String itemNo =
                lifeCycle.openFastLane("handler", Samples.fastLane(lifeCycle.today(), lifeCycle.workingDays(5)));

        assertWaiting(itemNo, "rectify", null, "handler", lifeCycle.workingDays(5));
        assertRecord(itemNo, Step.DEADLINE, ItemStatus.RECTIFYING);
        BpmnAwareTests.assertThat(instance(itemNo)).hasNotPassed("intake", "ownership", "draft-plan");
    }

    @Test
    void aRefusedCompletionChangesNothing() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        Map<String, Object> incomplete = Samples.rectification(lifeCycle.today());
        incomplete.put("measure2Done", false);
        incomplete.remove("measure2Result");
        incomplete.remove("measure2Evidence");

        assertThatThrownBy(() -> lifeCycle.complete("handler", itemNo, incomplete))
                .isInstanceOf(RefusedException.class)
                .hasMessage("还差：措施 2 未完成。\n还差：措施 2 未上传佐证材料，也没有写明佐证在哪里（“无”不是佐证）。");

        assertWaiting(
                itemNo,
                "rectify",
                null,
                "handler",
                lifeCycle.workingDayFrom(lifeCycle.today().plusDays(30)));
        assertThat(records.measures(lifeCycle.item(itemNo)))
                .extracting(measure -> measure.done())
                .containsExactly(false, false);
        assertThat(timeline.of(lifeCycle.item(itemNo)))
                .extracting(TimelineEntry::action)
                .doesNotContain(Action.SUBMIT_RECTIFICATION);
    }
}
