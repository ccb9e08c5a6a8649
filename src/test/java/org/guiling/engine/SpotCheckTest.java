package org.guiling.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.guiling.engine.Samples.fields;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests;
import org.guiling.People;
import org.guiling.engine.notification.TaskWatch;
import org.guiling.engine.service.SpotCheckProcesses;
import org.guiling.engine.service.Tasks;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.SourceType;
import org.guiling.item.Step;
import org.guiling.item.record.ItemRecords;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineEntry;
import org.guiling.item.todo.ToDos;
import org.guiling.notification.Inbox;
import org.guiling.refusal.RefusedException;
import org.guiling.spotcheck.FrameEntry;
import org.guiling.spotcheck.SampleDraw;
import org.guiling.spotcheck.SpotCheck;
import org.guiling.spotcheck.SpotCheckResult;
import org.guiling.spotcheck.SpotCheckVisit;
import org.guiling.spotcheck.SpotChecks;
import org.guiling.workflow.LookBack;
import org.guiling.workflow.RequestProcess;
import org.guiling.workflow.SpotCheckModel;
import org.guiling.workflow.SpotCheckVisitTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every path of {@code spot-check.bpmn} and {@code spot-check-visit.bpmn}: drawn by lot, told after the visit. */
class SpotCheckTest extends ProcessTest {

    /** No other test writes problems of this kind down: nothing else is in the frame. */
    private static final String CATEGORY = "STYLE";

    @Autowired
    SpotCheckProcesses processes;

    @Autowired
    SpotChecks spotChecks;

    @Autowired
    SampleDraw sampleDraw;

    @Autowired
    Timeline timeline;

    @Autowired
    ItemRecords records;

    @Autowired
    ToDos toDos;

    @Autowired
    Tasks tasks;

    @Autowired
    Inbox inbox;

    @Autowired
    People people;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TaskWatch taskWatch;

    SpotCheckTest() {
        super(SpotCheckVisitTask.KEY);
    }

    @AfterAll
    static void everyElementOfTheModelsWasPassed(@Autowired ModelCoverage coverage) {
        assertThat(coverage.missing(SpotCheckModel.KEY)).isEmpty();
        assertThat(coverage.missing(SpotCheckVisitTask.KEY)).isEmpty();
    }

    /** The next test draws from its own items only. */
    @BeforeEach
    @AfterEach
    void nothingIsLeftToDrawFrom() {
        lifeCycle.leaveNothingToDrawFrom(CATEGORY);
    }

    @Test
    void whatIsDrawnIsVisitedAndTheUnitHearsOfItAfterwards() {
        // given four general items under rectification, of one unit
        List<String> framed = IntStream.range(0, 4)
                .mapToObj(i -> itemAt(ItemStatus.RECTIFYING, registration -> {}))
                .toList();

        // when a check of them is ordered
        String checkNo = order("OPEN");

        // then a tenth, rounded up, is drawn from a frame that is kept, and drawing again gives the same
        SpotCheck check = spotChecks.get(checkNo);
        assertThat(spotChecks.frame(check)).extracting(FrameEntry::itemNo).containsExactlyInAnyOrderElementsOf(framed);
        List<SpotCheckVisit> visits = spotChecks.visits(check);
        assertThat(visits).hasSize(1);
        String itemNo = visits.get(0).itemNo();
        assertThat(check.seed()).hasSize(64);
        assertThat(spotChecks.replay(checkNo)).isEqualTo(new SpotChecks.Replay(4, 1, true));

        // and nobody is sent before the draw is committed
        assertThat(toDos.of(itemNo)).extracting(ToDos.ToDo::taskKey).containsExactly("rectify");
        lifeCycle.sendVisitors(checkNo);
        String inspector = visits.get(0).inspector();
        assertThat(inspector).isIn("verifier", "verifier2", "verifier3");
        assertVisitWaits(itemNo, inspector);
        BpmnAwareTests.assertThat(instance(itemNo))
                .variables()
                .containsOnlyKeys("itemNo", "title", "unitName", "leadUnit");

        // while the item's unit sees nothing of it
        assertThat(timeline.of(lifeCycle.item(itemNo)))
                .extracting(TimelineEntry::action)
                .doesNotContain(Action.SPOT_CHECK);
        assertThat(inboxOf("handler", itemNo)).doesNotContain("SPOT_CHECKED");
        LocalDate look = lifeCycle.item(itemNo).nextLook();

        // when the inspector finds what the ledger says
        visit(inspector, itemNo, Samples.consistentVisit(lifeCycle.today()));

        // then the item goes on where it stood, and the unit hears of the visit
        assertEnded(itemNo, "visit-recorded");
        assertNotPassed(itemNo, "reopen-visited-item");
        assertRecord(itemNo, Step.DEADLINE, ItemStatus.RECTIFYING);
        assertThat(lifeCycle.waiting(itemNo).taskKey()).isEqualTo("rectify");
        assertThat(lifeCycle.item(itemNo).nextLook()).isEqualTo(look);
        assertThat(timeline.of(lifeCycle.item(itemNo)))
                .extracting(TimelineEntry::action)
                .endsWith(Action.SPOT_CHECK, Action.NOTIFIED);
        assertThat(inboxOf("handler", itemNo)).contains("SPOT_CHECKED");
        assertThat(spotChecks.visits(check))
                .extracting(SpotCheckVisit::result)
                .containsExactly(SpotCheckResult.CONSISTENT);

        // and the check ends with its last visit
        reportArrives(checkNo);
        assertThat(check(checkNo).getEndActivityId()).isEqualTo("spot-check-reported");
        lifeCycle.moveTo(ItemStatus.CLOSED, itemNo);
    }

    @Test
    void aClosedItemThatIsNotAtZeroIsReopenedAndItsLookBackDropped() {
        String itemNo = itemAt(ItemStatus.CLOSED, registration -> {});
        String checkNo = order("CLOSED");
        lifeCycle.sendVisitors(checkNo);
        // whoever verified it, alone or with others, was not drawn
        SpotCheckVisit drawn = spotChecks.visits(spotChecks.get(checkNo)).get(0);
        assertThat(drawn.inspector()).isNotIn("verifier", "verifier2");
        assertThat(drawn.excluded()).contains("verifier", "verifier2");

        visit(drawn.inspector(), itemNo, Samples.discrepantVisit(lifeCycle.today(), "井盖又缺失一处"));

        assertEnded(itemNo, "visited-item-reopened");
        Item item = lifeCycle.item(itemNo);
        assertRecord(itemNo, Step.DEADLINE, ItemStatus.REWORK);
        assertThat(item.round()).isEqualTo(2);
        assertThat(item.currentDue())
                .isEqualTo(lifeCycle.workingDayFrom(lifeCycle.today().plusDays(15)));
        assertThat(records.defects(item)).singleElement().satisfies(defect -> {
            assertThat(defect.content()).isEqualTo("井盖又缺失一处");
            assertThat(defect.origin()).isEqualTo(Action.SPOT_CHECK);
        });
        assertThat(lifeCycle.waiting(itemNo).taskKey()).isEqualTo("rectify");
        assertThat(engine.getRuntimeService()
                        .createProcessInstanceQuery()
                        .processDefinitionKey(LookBack.KEY)
                        .processInstanceBusinessKey(itemNo)
                        .count())
                .isZero();
        assertThat(spotChecks.visits(spotChecks.get(checkNo))).singleElement().satisfies(visit -> {
            assertThat(visit.falsified()).isTrue();
            assertThat(visit.round()).isEqualTo(1);
        });
    }

    /** DOMAIN.md §5: falsified work is no discrepancy that the unit may pass over. */
    @Test
    void anOpenItemWhoseWorkIsFalsifiedGoesBackAndItsVerifierIsDoneWithIt() {
        String itemNo = itemAt(ItemStatus.CLOSING, registration -> {});
        String checkNo = order("OPEN");
        lifeCycle.sendVisitors(checkNo);
        Map<String, Object> finding = Samples.discrepantVisit(lifeCycle.today(), "现场无新井盖");

        visit(inspectorOf(checkNo), itemNo, finding);

        assertEnded(itemNo, "visited-item-sent-back");
        assertRecord(itemNo, Step.DEADLINE, ItemStatus.REWORK);
        Item item = lifeCycle.item(itemNo);
        assertThat(item.round()).isEqualTo(2);
        assertThat(item.currentDue()).isEqualTo(LocalDate.parse((String) finding.get("reworkDue")));
        assertThat(toDos.of(itemNo)).extracting(ToDos.ToDo::taskKey).containsExactly("rectify");
        assertThat(timeline.of(item))
                .filteredOn(entry -> entry.action() == Action.SPOT_CHECK)
                .extracting(TimelineEntry::note)
                .containsExactly("FALSIFIED");
        assertThat(inboxOf("handler", itemNo)).contains("RETURNED");

        // and whoever passed it, alone or with others, does not pass it again
        lifeCycle.complete("handler", itemNo, Samples.rectification(lifeCycle.today()));
        for (String verifier : List.of("verifier", "verifier2")) {
            assertThatThrownBy(() -> lifeCycle.complete(verifier, itemNo, Samples.verification(lifeCycle.today())))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageStartingWith("您通过核查的整改已查实为虚假整改");
        }
        Map<String, Object> alone = Samples.verification(lifeCycle.today());
        alone.put("coVerifiers", List.of());
        lifeCycle.complete("verifier3", itemNo, alone);
        assertRecord(itemNo, Step.CLOSURE, ItemStatus.CLOSING);
    }

    @Test
    void aDiscrepancyOfDeclaredWorkThatIsNotFalsifiedLeavesTheItemWhereItIs() {
        String itemNo = itemAt(ItemStatus.VERIFYING, registration -> {});
        String checkNo = order("OPEN");
        lifeCycle.sendVisitors(checkNo);
        Map<String, Object> finding = Samples.discrepantVisit(lifeCycle.today(), "少一张照片");
        finding.put("falsified", false);
        finding.remove("reworkDue");

        visit(inspectorOf(checkNo), itemNo, finding);

        assertEnded(itemNo, "visit-recorded");
        assertRecord(itemNo, Step.VERIFICATION, ItemStatus.VERIFYING);
    }

    @Test
    void whatElseIsFoundBecomesItemsOfTheUnit() {
        String itemNo = itemAt(ItemStatus.RECTIFYING, registration -> {});
        String checkNo = order("OPEN");
        lifeCycle.sendVisitors(checkNo);
        String inspector = inspectorOf(checkNo);
        Map<String, Object> finding = Samples.discrepantVisit(lifeCycle.today(), "进度与台账不符");
        finding.remove("reworkDue");
        finding.putAll(Samples.newProblem(1, "污水井溢流"));
        finding.putAll(Samples.newProblem(2, "公示牌内容过期"));

        visit(inspector, itemNo, finding);

        // then the item itself goes on, and each problem waits for somebody else's review
        assertEnded(itemNo, "visit-recorded");
        assertRecord(itemNo, Step.DEADLINE, ItemStatus.RECTIFYING);
        List<String> found = spotChecks.visits(spotChecks.get(checkNo)).get(0).findings();
        assertThat(found).hasSize(2);
        for (String newNo : found) {
            Item item = lifeCycle.item(newNo);
            assertThat(item.status()).isEqualTo(ItemStatus.REVIEW);
            assertThat(item.registeredBy()).isEqualTo(inspector);
            assertThat(item.registration().leadUnit()).isEqualTo(Samples.CITY_UNIT);
            assertThat(item.registration().sourceType()).isEqualTo(SourceType.SUPERVISION);
            assertThat(item.registration().sourceDocNo()).isEqualTo(checkNo);
            lifeCycle.complete("reviewer", newNo, Samples.acceptance());
            assertThat(lifeCycle.waiting(newNo).group()).isEqualTo("unit-" + Samples.CITY_UNIT);
        }
    }

    /** Two go to a larger item, and of the three verifiers two have verified it. */
    @Test
    void whatItsVerifiersCannotVisitIsNotDrawn() {
        String larger = itemAt(ItemStatus.CLOSING, registration -> registration.put("level", "2"));
        assertThatThrownBy(() -> order("OPEN"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("无人可以到访");

        String visitable = itemAt(ItemStatus.RECTIFYING, registration -> registration.put("level", "2"));
        String checkNo = order("OPEN");

        // then the other is drawn in its place, and drawing again gives the same
        SpotCheck check = spotChecks.get(checkNo);
        assertThat(spotChecks.visits(check)).extracting(SpotCheckVisit::itemNo).containsExactly(visitable);
        assertThat(spotChecks.replay(checkNo).identical()).isTrue();
        // and that one was left out is told where it was looked at
        assertThat(List.of(larger)).containsAll(spotChecks.unvisitable(check));
    }

    @Test
    void nobodyMayOrderWhoDoesNotAnswerForSupervision() {
        itemAt(ItemStatus.RECTIFYING, registration -> {});
        for (String person : List.of("handler", "verifier", "registrar", "operator", "administrator")) {
            assertThatThrownBy(() -> people.as(person, () -> processes.order(order("OPEN", CATEGORY))))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("只有督导员和领导小组");
        }
    }

    @Test
    void thereHasToBeSomethingToDrawFrom() {
        assertThatThrownBy(() -> order("BOTH"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("抽查范围内没有可以抽查的事项");
    }

    /** Two teams are not sent to one item. */
    @Test
    void whatWaitsForAVisitIsNotDrawnAgain() {
        itemAt(ItemStatus.RECTIFYING, registration -> {});
        order("OPEN");
        assertThatThrownBy(() -> order("OPEN")).hasMessageContaining("抽查范围内没有可以抽查的事项");
    }

    @Test
    void aVisitorGoesThereWithASecondForALargerItem() {
        String itemNo = itemAt(ItemStatus.RECTIFYING, registration -> registration.put("level", "2"));
        String checkNo = order("OPEN");
        lifeCycle.sendVisitors(checkNo);
        String inspector = inspectorOf(checkNo);
        Map<String, Object> alone = Samples.consistentVisit(lifeCycle.today());
        alone.put("coVerifiers", List.of());
        Map<String, Object> tomorrow = Samples.consistentVisit(lifeCycle.today().plusDays(1));
        tomorrow.put("coVerifiers", others(inspector));
        Map<String, Object> onPaper = Samples.consistentVisit(lifeCycle.today());
        onPaper.put("verifyMethod", "DOCUMENTS");
        Map<String, Object> noDefect = Samples.discrepantVisit(lifeCycle.today(), "某处");
        noDefect.remove("defect1");
        Map<String, Object> together = Samples.consistentVisit(lifeCycle.today());
        together.put("coVerifiers", others(inspector));

        assertThatThrownBy(() -> visit(inspector, itemNo, alone)).hasMessageContaining("须两人以上核查");
        assertThatThrownBy(() -> visit(inspector, itemNo, tomorrow)).hasMessageContaining("日期不能晚于今天");
        assertThatThrownBy(() -> visit(inspector, itemNo, onPaper)).hasMessageContaining("核查方式");
        assertThatThrownBy(() -> visit(inspector, itemNo, noDefect)).hasMessageContaining("不符之处 1");
        // what was refused left no trace where the unit reads
        assertThat(timeline.of(lifeCycle.item(itemNo)))
                .extracting(TimelineEntry::action)
                .doesNotContain(Action.REFUSED, Action.SPOT_CHECK);
        visit(inspector, itemNo, together);
        assertEnded(itemNo, "visit-recorded");
    }

    /** The one who was drawn hands it back; who has to do with the item cannot take it. */
    @Test
    void aVisitThatIsHandedBackGoesToSomebodyElseWhoIsFree() {
        String itemNo = itemAt(ItemStatus.CLOSED, registration -> {});
        String checkNo = order("CLOSED");
        lifeCycle.sendVisitors(checkNo);
        String taskId = lifeCycle.waiting(itemNo, "carry-out-visit").taskId();

        people.as("verifier3", () -> engine.getTaskService().setAssignee(taskId, null));

        assertThat(lifeCycle.waiting(itemNo, "carry-out-visit").assignee()).isNull();
        assertThatThrownBy(() -> people.as("verifier", () -> tasks.claim(taskId)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("您对该事项已做过");
        people.as("verifier3", () -> tasks.claim(taskId));
        visit("verifier3", itemNo, fields("decision", "NOT_VISITED", "opinion", "大雪封路，改期再抽。"));
        assertEnded(itemNo, "visit-recorded");
        assertRecord(itemNo, Step.CLOSURE, ItemStatus.CLOSED);
        assertThat(inboxOf("handler", itemNo)).doesNotContain("SPOT_CHECKED");
    }

    /** The draw is evidence: the database keeps it as it was. */
    @Test
    void nobodyDrawsASecondTime() {
        itemAt(ItemStatus.RECTIFYING, registration -> {});
        String checkNo = order("OPEN");
        String seed = spotChecks.get(checkNo).seed();
        sampleDraw.draw(checkNo);
        assertThat(spotChecks.get(checkNo).seed()).isEqualTo(seed);
        assertThatThrownBy(() -> jdbc.sql("update spot_check set seed = ? where check_no = ?")
                        .params("0".repeat(64), checkNo)
                        .update())
                .hasMessageContaining("stays as it was");
        assertThatThrownBy(() -> jdbc.sql("update spot_check_frame set drawn = not drawn where spot_check_id = ?")
                        .param(spotChecks.get(checkNo).id())
                        .update())
                .hasMessageContaining("append-only");
    }

    /** An item can be suspended or withdrawn while somebody is on the way. */
    @Test
    void aVisitOutlivesTheItemsWithdrawal() {
        String itemNo = itemAt(ItemStatus.RECTIFYING, registration -> {});
        String checkNo = order("OPEN");
        lifeCycle.sendVisitors(checkNo);
        lifeCycle.raise(
                "handler",
                RequestProcess.WITHDRAWAL,
                itemNo,
                fields("kind", "TRANSFER", "receiptNo", "测试函〔2026〕7号", "reason", "属省级事权。"));
        lifeCycle.complete("supervisor", itemNo, "decide-on-withdrawal", fields("decision", "APPROVE"));
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.TRANSFERRED);

        visit(inspectorOf(checkNo), itemNo, fields("decision", "NOT_VISITED", "opinion", "事项已移送。"));

        assertEnded(itemNo, "visit-recorded");
        assertRecord(itemNo, Step.DEADLINE, ItemStatus.TRANSFERRED);
    }

    private String itemAt(ItemStatus status, Consumer<Map<String, Object>> changes) {
        Map<String, Object> registration = lifeCycle.registration();
        registration.put("category", CATEGORY);
        changes.accept(registration);
        String itemNo = lifeCycle.register(registration);
        lifeCycle.moveTo(status, itemNo);
        return itemNo;
    }

    private String order(String scope) {
        return people.as("supervisor", () -> processes.order(order(scope, CATEGORY)));
    }

    private static Map<String, Object> order(String scope, String category) {
        return fields("title", "测试随机抽查", "scope", scope, "category", category);
    }

    /** The job that follows the committed draw. */
    private void reportArrives(String checkNo) {
        execute(check(checkNo).getId());
    }

    private void execute(String instanceId) {
        Job job = engine.getManagementService()
                .createJobQuery()
                .processInstanceId(instanceId)
                .singleResult();
        engine.getManagementService().executeJob(job.getId());
    }

    private HistoricProcessInstance check(String checkNo) {
        return engine.getHistoryService()
                .createHistoricProcessInstanceQuery()
                .processDefinitionKey(SpotCheckModel.KEY)
                .processInstanceBusinessKey(checkNo)
                .singleResult();
    }

    @Test
    void aVisitIsToldToItsInspectorAndWatchedInConfidence() {
        // given a visit that waits
        String itemNo = itemAt(ItemStatus.RECTIFYING, registration -> {});
        String checkNo = order("OPEN");
        lifeCycle.sendVisitors(checkNo);
        String inspector = inspectorOf(checkNo);
        assertThat(inboxOf(inspector, itemNo)).startsWith("TASK_WAITING");
        int known = timeline.of(lifeCycle.item(itemNo)).size();

        // when it is late
        LocalDate due = lifeCycle.workingDays(10);
        try {
            clock.set(lifeCycle.workingDayAfter(due, 1));
            taskWatch.look();
            clock.set(lifeCycle.workingDayAfter(due, 3));
            taskWatch.look();
        } finally {
            clock.reset();
        }

        // then the inspector is urged and those above hear of it, and the item's history knows nothing
        assertThat(inboxOf(inspector, itemNo)).contains("URGED");
        assertThat(inboxOf("supervisor", itemNo)).contains("REPORTED");
        assertThat(inboxOf("handler", itemNo)).doesNotContain("URGED", "REPORTED");
        assertThat(timeline.of(lifeCycle.item(itemNo))).hasSize(known);
        visit(inspector, itemNo, Samples.consistentVisit(lifeCycle.today()));
    }

    private void assertVisitWaits(String itemNo, String inspector) {
        LocalDate due = lifeCycle.workingDays(10);
        BpmnAwareTests.assertThat(instance(itemNo)).isWaitingAtExactly("carry-out-visit");
        Task task = BpmnAwareTests.task("carry-out-visit", instance(itemNo));
        BpmnAwareTests.assertThat(task)
                .hasCandidateGroupAssociated("verifiers")
                .isAssignedTo(inspector)
                .hasDueDate(endOf(due));
        ToDos.ToDo toDo = lifeCycle.waiting(itemNo, "carry-out-visit");
        assertThat(toDo.assignee()).isEqualTo(inspector);
        assertThat(toDo.group()).isEqualTo("verifiers");
    }

    private String inspectorOf(String checkNo) {
        return spotChecks.visits(spotChecks.get(checkNo)).get(0).inspector();
    }

    private static List<String> others(String inspector) {
        return List.of(inspector.equals("verifier3") ? "verifier2" : "verifier3");
    }

    private void visit(String person, String itemNo, Map<String, Object> fields) {
        lifeCycle.complete(person, itemNo, "carry-out-visit", fields);
    }

    private List<String> inboxOf(String person, String itemNo) {
        return inbox.of(person, 200).stream()
                .filter(entry -> itemNo.equals(entry.itemNo()))
                .map(entry -> entry.kind().name())
                .toList();
    }
}
