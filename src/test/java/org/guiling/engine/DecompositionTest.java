package org.guiling.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.guiling.engine.Samples.fields;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests;
import org.guiling.People;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.Light;
import org.guiling.item.Step;
import org.guiling.item.record.ItemRecords;
import org.guiling.item.request.Decomposition;
import org.guiling.item.request.Decomposition.PartState;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineEntry;
import org.guiling.ledger.search.Ledger;
import org.guiling.organization.Organization;
import org.guiling.refusal.RefusedException;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.RequestProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every path of {@code decomposition.bpmn}, and what the parts mean to the whole. */
class DecompositionTest extends ProcessTest {
    private static final String TOWN = "jiaqiao-town";
    private static final String VILLAGE = "dongyang-village";

    @Autowired
    People people;

    @Autowired
    Decomposition decomposition;

    @Autowired
    Timeline timeline;

    @Autowired
    ItemRecords records;

    @Autowired
    Ledger ledger;

    @Autowired
    Organization organization;

    @Autowired
    JdbcClient jdbc;

    DecompositionTest() {
        super(RequestProcess.DECOMPOSITION.key());
    }

    @BeforeEach
    void monday() {
        clock.set(MONDAY);
    }

    @AfterAll
    static void everyElementOfTheModelWasPassed(@Autowired ModelCoverage coverage) {
        assertThat(coverage.missing(RequestProcess.DECOMPOSITION.key())).isEmpty();
    }

    @Test
    void thePartsBeginAtTheirClaimWithTheSourceOfTheWhole() {
        // given an item that is rectified by a department of the city
        String whole = lifeCycle.itemAt(ItemStatus.RECTIFYING);

        // when it is split into a part for a town and one for a village
        split("handler", whole, part(1, TOWN, 20), part(2, VILLAGE, 25));

        // then each part waits for its unit, with its own date and the source of the whole
        assertEnded(whole, "item-split");
        List<PartState> parts = decomposition.partsOf(lifeCycle.item(whole));
        assertThat(parts).extracting(PartState::unit).containsExactly(TOWN, VILLAGE);
        Item part = lifeCycle.item(parts.get(0).itemNo());
        assertThat(part.parentNo()).isEqualTo(whole);
        assertThat(part.status()).isEqualTo(ItemStatus.DISPATCHED);
        assertThat(part.step()).isEqualTo(Step.OWNERSHIP);
        assertThat(part.originalDue()).isEqualTo(MONDAY.plusDays(21));
        assertThat(part.registration().sourceDocNo())
                .isEqualTo(lifeCycle.item(whole).registration().sourceDocNo());
        assertThat(lifeCycle.waiting(part.itemNo()).taskKey()).isEqualTo("claim-item");
        assertThat(lifeCycle.waiting(part.itemNo()).group()).isEqualTo("unit-" + TOWN);
        assertThat(part.nextLook()).isNotNull();

        // and whoever split it is written down on both sides
        assertThat(timeline.of(lifeCycle.item(whole)))
                .extracting(TimelineEntry::action)
                .endsWith(Action.SPLIT);
        assertThat(timeline.of(part)).extracting(TimelineEntry::action).containsExactly(Action.ASSIGN_PART);
        assertThat(lifeCycle.item(whole).openParts())
                .containsExactly(parts.get(0).itemNo(), parts.get(1).itemNo());
    }

    @Test
    void theWholeIsNotHandedInBeforeItsPartsAreClosedOrWithdrawn() {
        String whole = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        split("handler", whole, part(1, TOWN, 20), part(2, VILLAGE, 25));
        String ofTown = parts(whole).get(0);
        String ofVillage = parts(whole).get(1);

        // progress may be reported, handing in is refused and names the parts
        lifeCycle.complete("handler", whole, "rectify", fields("decision", "PROGRESS", "progress", "已分解。"));
        assertThatThrownBy(() -> lifeCycle.complete("handler", whole, "rectify", rectification()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("子项尚未办结：" + ofTown + "、" + ofVillage);

        // when one is closed and the other cancelled with approval
        close(ofTown, "handler2", "supervisor");
        assertThatThrownBy(() -> lifeCycle.complete("handler", whole, "rectify", rectification()))
                .hasMessageContaining("子项尚未办结：" + ofVillage + "。");
        lifeCycle.raise("registrar", RequestProcess.WITHDRAWAL, ofVillage, cancellation());
        lifeCycle.complete("township-leader", ofVillage, "decide-on-withdrawal", fields("decision", "APPROVE"));

        // then the whole goes on
        lifeCycle.complete("handler", whole, "rectify", rectification());
        assertThat(lifeCycle.item(whole).status()).isEqualTo(ItemStatus.VERIFYING);
    }

    @Test
    void aWholeWithOpenPartsDoesNotLeaveTheLedger() {
        String whole = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        split("handler", whole, part(1, TOWN, 20));
        assertThatThrownBy(() -> lifeCycle.raise("registrar", RequestProcess.WITHDRAWAL, whole, cancellation()))
                .hasMessageContaining("子项尚未办结");

        // and not when it is split while the request waits
        String other = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        lifeCycle.raise("registrar", RequestProcess.WITHDRAWAL, other, cancellation());
        assertThatThrownBy(() -> split("handler", other, part(1, TOWN, 20))).hasMessageContaining("已有一项申请待审批");
    }

    @Test
    void onlyTheLeadUnitSplitsDownwardsWithinItsDateAndCoversTheWhole() {
        String whole = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        LocalDate due = lifeCycle.item(whole).currentDue();
        String ofTheVillage = lifeCycle.itemAt(ItemStatus.RECTIFYING, Map.of("leadUnit", VILLAGE));
        assertThatThrownBy(() -> split("handler2", ofTheVillage, part(1, VILLAGE, 20)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("牵头单位");
        assertThatThrownBy(() -> split("handler", whole, part(1, "ecology-bureau", 20)))
                .isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> split("handler", whole, part(1, TOWN, 31)))
                .hasMessage("子项期限 " + lifeCycle.workingDayFrom(due.plusDays(1)) + " 不得晚于父项期限 " + due + "。");
        Map<String, Object> uncovered = request(part(1, TOWN, 20));
        uncovered.put("covering", false);
        assertThatThrownBy(() -> lifeCycle.raise("handler", RequestProcess.DECOMPOSITION, whole, uncovered))
                .isInstanceOf(RefusedException.class);
        String planning = lifeCycle.itemAt(ItemStatus.PLANNING);
        assertThatThrownBy(() -> split("handler", planning, part(1, TOWN, 20))).hasMessage("该事项还没有整改期限，方案审批通过后再分解。");
        String handedIn = lifeCycle.itemAt(ItemStatus.VERIFYING);
        assertThatThrownBy(() -> split("handler", handedIn, part(1, TOWN, 20))).hasMessageContaining("状态为“待核查”的事项不能分解");
        for (String itemNo : List.of(whole, planning, handedIn)) {
            assertThat(parts(itemNo)).isEmpty();
            assertThat(instance(itemNo)).isNull();
        }
    }

    @Test
    void thereAreFourLevelsAtMost() {
        // given a part of a part of a part: three tiers of units alone do not go so deep
        String whole = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        String deep = whole;
        for (int level = 2; level <= 4; level++) {
            String below = lifeCycle.itemAt(ItemStatus.RECTIFYING);
            jdbc.sql("update item set parent_no = ? where item_no = ?")
                    .params(deep, below)
                    .update();
            deep = below;
        }
        String deepest = deep;

        assertThatThrownBy(() -> split("handler", deepest, part(1, TOWN, 20))).hasMessage("最多分解到第 4 级。");
    }

    @Test
    void aTownSplitsItsPartForItsVillagesAndNoOthers() {
        String whole = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        split("handler", whole, part(1, TOWN, 25));
        String ofTown = parts(whole).get(0);
        advanceToRectifying(ofTown, "handler2");

        assertThatThrownBy(() -> split("handler2", ofTown, part(1, "nanli-village", 20)))
                .hasMessage("“承办单位”中没有选项“nanli-village”。");
        // And the rule does not rely on what the form offers.
        assertThatThrownBy(() -> decomposition.split(
                        lifeCycle.item(ofTown),
                        List.of(new Decomposition.Part("nanli-village", "别镇的村", "别镇的村。", MONDAY.plusDays(21))),
                        "测试",
                        true,
                        organization.person("handler2").orElseThrow()))
                .hasMessage("refusal.split.unit");
        split("handler2", ofTown, part(1, VILLAGE, 20));

        assertThat(lifeCycle.item(parts(ofTown).get(0)).parentNo()).isEqualTo(ofTown);
        assertThat(lifeCycle.item(ofTown).parentNo()).isEqualTo(whole);
    }

    @Test
    void aPartIsNotExtendedBeyondItsWholeNorMergedIntoIt() {
        String whole = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        split("handler", whole, part(1, TOWN, 25));
        String part = parts(whole).get(0);
        advanceToRectifying(part, "handler2");
        LocalDate due = lifeCycle.item(whole).currentDue();

        assertThatThrownBy(() ->
                        lifeCycle.raise("handler2", RequestProcess.EXTENSION, part, Samples.extension(due.plusDays(1))))
                .hasMessage("子项的新期限不得晚于父项 " + whole + " 的期限 " + due + "，须先延长父项。");
        lifeCycle.raise("handler2", RequestProcess.EXTENSION, part, Samples.extension(due));
        lifeCycle.complete("leader", part, "decide-on-extension", fields("decision", "APPROVE"));
        assertThat(lifeCycle.item(part).currentDue()).isEqualTo(due);

        assertThatThrownBy(() -> lifeCycle.raise(
                        "registrar",
                        RequestProcess.WITHDRAWAL,
                        part,
                        fields("kind", "MERGER", "targetNo", whole, "reason", "同一处井盖。")))
                .hasMessage(whole + " 是该事项的上级事项，或者须等上级事项办结，不能并入。");
        // And whoever merges into the whole does not bring a date before its parts'.
        String earlier = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        jdbc.sql("update item set current_due = ? where item_no = ?")
                .params(due.minusDays(10), earlier)
                .update();
        assertThatThrownBy(() -> lifeCycle.raise(
                        "registrar",
                        RequestProcess.WITHDRAWAL,
                        earlier,
                        fields("kind", "MERGER", "targetNo", whole, "reason", "同一处井盖。")))
                .hasMessageContaining("的子项期限晚于 " + due.minusDays(10));
    }

    @Test
    void theWholeWaitsForWhatItsPartWasMergedInto() {
        // given a part that goes on in another unit's item, and that one in a third
        String whole = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        split("handler", whole, part(1, TOWN, 20));
        String part = parts(whole).get(0);
        String taker = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        merge(part, taker);
        assertThat(lifeCycle.item(whole).openParts()).containsExactly(taker);
        String last = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        merge(taker, last);

        // then the whole is not handed in before that one is closed
        assertThatThrownBy(() -> lifeCycle.complete("handler", whole, "rectify", rectification()))
                .hasMessageContaining("子项尚未办结：" + last + "。");
        lifeCycle.moveTo(ItemStatus.CLOSING, last);
        Map<String, Object> signOff = Samples.signOff();
        signOff.putAll(fields("mergedAnswered", List.of(part, taker), "mergedReplyNote", "测试函〔2026〕3号"));
        lifeCycle.complete("supervisor", last, signOff);

        lifeCycle.complete("handler", whole, "rectify", rectification());
        assertThat(lifeCycle.item(whole).status()).isEqualTo(ItemStatus.VERIFYING);
    }

    @Test
    void twoWholesDoNotWaitForEachOther() {
        // given two wholes, and a part of the first that goes on in a part of the second
        String first = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        split("handler", first, part(1, TOWN, 20));
        String second = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        split("handler", second, part(1, TOWN, 20), part(2, VILLAGE, 20));
        merge(parts(first).get(0), parts(second).get(0));

        // then what took the part over does not go on in the first, nor another part of the second in its own whole
        assertThatThrownBy(() -> askForMerger(parts(second).get(0), first)).hasMessageContaining("或者须等上级事项办结");
        assertThatThrownBy(() -> askForMerger(parts(second).get(1), second)).hasMessageContaining("或者须等上级事项办结");
        // nor where the other began to wait while the request was open
        String third = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        split("handler", third, part(1, TOWN, 20));
        String ofThird = parts(third).get(0);
        String fourth = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        split("handler", fourth, part(1, TOWN, 20));
        String ofFourth = parts(fourth).get(0);
        askForMerger(ofThird, fourth);
        merge(ofFourth, third);
        assertThatThrownBy(() -> lifeCycle.complete(
                        "supervisor", ofThird, "decide-on-withdrawal", fields("decision", "APPROVE")))
                .hasMessageContaining("或者须等上级事项办结");
        lifeCycle.complete(
                "supervisor", ofThird, "decide-on-withdrawal", fields("decision", "REFUSE", "opinion", "互相等待。"));
        assertThat(lifeCycle.item(ofThird).status()).isEqualTo(ItemStatus.DISPATCHED);
    }

    private void merge(String itemNo, String target) {
        askForMerger(itemNo, target);
        lifeCycle.complete("supervisor", itemNo, "decide-on-withdrawal", fields("decision", "APPROVE"));
    }

    private void askForMerger(String itemNo, String target) {
        lifeCycle.raise(
                "registrar",
                RequestProcess.WITHDRAWAL,
                itemNo,
                fields("kind", "MERGER", "targetNo", target, "reason", "同一处井盖。"));
    }

    @Test
    void theLightOfTheWholeIsTheWorstOfItsParts() {
        String whole = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        split("handler", whole, part(1, TOWN, 7), part(2, VILLAGE, 25));
        assertThat(light(whole)).isEqualTo(Light.GREEN);

        // when the town's part is overdue and the whole has three weeks left
        clock.set(MONDAY.plusDays(8));
        assertThat(light(parts(whole).get(0))).isEqualTo(Light.RED);
        assertThat(light(parts(whole).get(1))).isEqualTo(Light.GREEN);
        assertThat(light(whole)).isEqualTo(Light.RED);

        // and what has ended shows no more
        lifeCycle.raise("registrar", RequestProcess.WITHDRAWAL, parts(whole).get(0), cancellation());
        lifeCycle.complete("supervisor", parts(whole).get(0), "decide-on-withdrawal", fields("decision", "APPROVE"));
        assertThat(light(whole)).isEqualTo(Light.GREEN);
    }

    @Test
    void aReopenedPartOpensItsClosedWholeAgain() {
        // given a whole that is closed with its part
        String whole = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        split("handler", whole, part(1, TOWN, 20));
        String part = parts(whole).get(0);
        close(part, "handler2", "supervisor");
        lifeCycle.moveTo(ItemStatus.CLOSED, whole);

        // when the part rebounds
        LocalDate newDue = lifeCycle.workingDayFrom(lifeCycle.today().plusDays(15));
        lifeCycle.raise("registrar", RequestProcess.REOPENING, part, Samples.reopening(newDue));
        lifeCycle.complete("supervisor", part, "decide-on-reopening", fields("decision", "APPROVE"));

        // then both are in their second round, and the whole waits for the part again
        for (String itemNo : List.of(part, whole)) {
            assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.REWORK);
            assertThat(lifeCycle.item(itemNo).round()).isEqualTo(2);
            assertThat(lifeCycle.item(itemNo).currentDue()).isEqualTo(newDue);
            assertThat(lifeCycle.waiting(itemNo).taskKey()).isEqualTo("rectify");
        }
        assertThat(records.defects(lifeCycle.item(whole))).isNotEmpty();
        assertThatThrownBy(() -> lifeCycle.complete("handler", whole, "rectify", rectification()))
                .hasMessageContaining("子项尚未办结：" + part);
    }

    @Test
    void aPartThatReboundsWhileTheWholeIsVerifiedKeepsItFromPassing() {
        String whole = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        split("handler", whole, part(1, TOWN, 20));
        String part = parts(whole).get(0);
        close(part, "handler2", "supervisor");
        lifeCycle.moveTo(ItemStatus.VERIFYING, whole);
        lifeCycle.raise(
                "registrar",
                RequestProcess.REOPENING,
                part,
                Samples.reopening(lifeCycle.today().plusDays(15)));
        lifeCycle.complete("supervisor", part, "decide-on-reopening", fields("decision", "APPROVE"));

        assertThat(lifeCycle.item(whole).status()).isEqualTo(ItemStatus.VERIFYING);
        assertThatThrownBy(() -> lifeCycle.complete("verifier", whole, Samples.verification(lifeCycle.today())))
                .hasMessageContaining("子项尚未办结：" + part);
    }

    /** The engine's door: a message alone begins no part. */
    @Test
    void nobodyBeginsAPartPastTheRecord() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        assertThatThrownBy(() -> engine.getRuntimeService()
                        .createMessageCorrelation(FiveStepZeroing.PART_ASSIGNED)
                        .processInstanceBusinessKey(itemNo)
                        .correlateStartMessage())
                .hasMessageContaining("不能重复启动");
        BpmnAwareTests.assertThat(engine.getRuntimeService()
                        .createProcessInstanceQuery()
                        .processDefinitionKey(FiveStepZeroing.KEY)
                        .processInstanceBusinessKey(itemNo)
                        .singleResult())
                .isActive();
    }

    @SafeVarargs
    private void split(String person, String whole, Map<String, Object>... parts) {
        lifeCycle.raise(person, RequestProcess.DECOMPOSITION, whole, request(parts));
    }

    @SafeVarargs
    private static Map<String, Object> request(Map<String, Object>... parts) {
        Map<String, Object> fields = fields("splitBasis", "测试〔2026〕9号分解方案", "covering", true);
        for (Map<String, Object> part : parts) {
            fields.putAll(part);
        }
        return fields;
    }

    private static Map<String, Object> part(int number, String unit, int days) {
        String field = "part" + number;
        return fields(
                field + "Unit",
                unit,
                field + "Title",
                "补齐井盖，第 " + number + " 部分",
                field + "Fact",
                "补齐本辖区内缺失的井盖。",
                field + "Due",
                Samples.workingDayFrom(MONDAY.plusDays(days)).toString());
    }

    private List<String> parts(String whole) {
        return decomposition.partsOf(lifeCycle.item(whole)).stream()
                .map(PartState::itemNo)
                .toList();
    }

    private void advanceToRectifying(String part, String handler) {
        lifeCycle.complete(handler, part, Samples.claim(handler));
        Map<String, Object> plan = new HashMap<>(Samples.plan(lifeCycle.today()));
        plan.remove("plannedDue");
        lifeCycle.complete(handler, part, plan);
        lifeCycle.complete("supervisor", part, Samples.planApproval());
    }

    private void close(String part, String handler, String approver) {
        advanceToRectifying(part, handler);
        lifeCycle.complete(handler, part, rectification());
        lifeCycle.complete("verifier", part, Samples.verification(lifeCycle.today()));
        lifeCycle.complete(approver, part, Samples.signOff());
        assertThat(lifeCycle.item(part).status()).isEqualTo(ItemStatus.CLOSED);
    }

    private Map<String, Object> rectification() {
        return Samples.rectification(lifeCycle.today());
    }

    private static Map<String, Object> cancellation() {
        return fields("kind", "CANCELLATION", "ground", "DUPLICATE", "reason", "与另一事项重复。");
    }

    private Light light(String itemNo) {
        return ledger.find(people.everything(), itemNo).orElseThrow().light();
    }
}
