package org.guiling.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.guiling.engine.Samples.fields;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.guiling.People;
import org.guiling.engine.service.SpotCheckProcesses;
import org.guiling.engine.service.Tasks;
import org.guiling.item.Action;
import org.guiling.item.ItemStatus;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineEntry;
import org.guiling.organization.Addresses;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.organization.change.OrganizationChanges;
import org.guiling.organization.change.OrganizationChanges.Succession;
import org.guiling.organization.substitution.Substitution;
import org.guiling.organization.substitution.Substitutions;
import org.guiling.refusal.RefusedException;
import org.guiling.spotcheck.SpotChecks;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.LookBack;
import org.guiling.workflow.RequestProcess;
import org.guiling.workflow.SpotCheckModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tests substitutions: to-dos go over and come back, and nobody approves what they or the absent person made. */
class SubstitutionTest extends ProcessTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final String CATEGORY = "CONSTRUCTION";

    @Autowired
    Organization organization;

    @Autowired
    OrganizationChanges changes;

    @Autowired
    Substitutions substitutions;

    @Autowired
    SpotCheckProcesses spotCheckProcesses;

    @Autowired
    SpotChecks spotChecks;

    @Autowired
    Timeline timeline;

    @Autowired
    Tasks tasks;

    @Autowired
    People people;

    @Autowired
    JdbcClient jdbc;

    /** Two of the unit, and who registers: nobody else's work is with them. */
    private String handler;

    private String colleague;
    private String registrar;
    private final List<Long> entered = new ArrayList<>();

    SubstitutionTest() {
        super(FiveStepZeroing.KEY);
    }

    @BeforeEach
    void peopleOfThisTest() {
        int n = NUMBER.incrementAndGet();
        handler = add("absent-" + n, Samples.CITY_UNIT, Role.HANDLER);
        colleague = add("substitute-" + n, Samples.CITY_UNIT, Role.HANDLER);
        registrar = add("writes-" + n, "leading-group-office", Role.REGISTRAR);
    }

    @AfterEach
    void nobodyActsForAnybody() {
        clock.reset();
        endAll();
        people.as("administrator", () -> List.of(handler, colleague, registrar)
                .forEach(id -> organization.person(id).ifPresent(person -> retire(id))));
        lifeCycle.leaveNothingToDrawFrom(CATEGORY);
    }

    @Test
    void toDosGoOverWithTheFirstDayAndComeBackAfterTheLast() {
        // given what waits for somebody who will be absent from tomorrow for three days
        String planned = planning(handler);
        LocalDate first = lifeCycle.today().plusDays(1);
        plan(handler, colleague, first, first.plusDays(2));
        assertThat(lifeCycle.waiting(planned).assignee()).isEqualTo(handler);

        // when the first day comes
        clock.set(first);
        substitutions.applyDue();

        // then it waits for the substitute, in the engine and on the list, and the record keeps its handler
        assertWaitsFor(planned, colleague);
        assertThat(lifeCycle.item(planned).responsibility().handler()).isEqualTo(handler);
        assertThat(timeline.of(lifeCycle.item(planned)))
                .last()
                .extracting(TimelineEntry::action, TimelineEntry::note, TimelineEntry::reason)
                .containsExactly(Action.HAND_OVER, handler + " → " + colleague, null);

        // and what comes new does as well
        String fresh = planning(handler);
        assertWaitsFor(fresh, colleague);
        lifeCycle.complete(colleague, planned, Samples.plan(lifeCycle.today()));
        lifeCycle.complete("supervisor", planned, Samples.planApproval());
        assertWaitsFor(planned, colleague);

        // on the last day still, and asked twice nothing changes
        clock.set(first.plusDays(2));
        substitutions.applyDue();
        substitutions.applyDue();
        assertWaitsFor(planned, colleague);

        // when the last day is over
        clock.set(first.plusDays(3));
        substitutions.applyDue();

        // then what is still open is back
        assertWaitsFor(planned, handler);
        assertWaitsFor(fresh, handler);
        assertThat(lifeCycle.waiting(planned).taskKey()).isEqualTo("rectify");
        lifeCycle.complete(handler, fresh, Samples.plan(lifeCycle.today()));
    }

    @Test
    void theSubstituteHasTheGroupsForTheTimeAndGivesBackWhatTheyClaimedThere() {
        String itemNo = registered();
        plan("reviewer", colleague, lifeCycle.today(), lifeCycle.today());
        assertThat(groupsOf(colleague)).containsExactlyInAnyOrder("reviewers", Role.handlersOf(Samples.CITY_UNIT));
        assertThat(organization.person(colleague).orElseThrow().has(Role.REVIEWER))
                .isTrue();
        String taskId = lifeCycle.waiting(itemNo).taskId();
        people.as(colleague, () -> tasks.claim(taskId));

        clock.set(lifeCycle.today().plusDays(1));
        // gone with midnight, before anything has run
        assertThat(organization.person(colleague).orElseThrow().has(Role.REVIEWER))
                .isFalse();
        assertThatThrownBy(() -> lifeCycle.complete(colleague, itemNo, Samples.acceptance()))
                .isInstanceOf(RefusedException.class);
        substitutions.applyDue();

        assertThat(groupsOf(colleague)).containsExactly(Role.handlersOf(Samples.CITY_UNIT));
        assertWaitsFor(itemNo, "reviewer");
        lifeCycle.complete("reviewer", itemNo, Samples.acceptance());
    }

    @Test
    void neitherOperationNorAdministrationIsLent() {
        plan("administrator", colleague, lifeCycle.today(), lifeCycle.today());
        assertThat(groupsOf(colleague)).containsExactly(Role.handlersOf(Samples.CITY_UNIT));
    }

    @Test
    void whatTheSubstituteMayNotDoStaysWhereItIs() {
        // given an item that the substitute has registered
        String itemNo = planning(handler);
        plan(handler, registrar, lifeCycle.today(), lifeCycle.today());
        assertWaitsFor(itemNo, handler);
        String fresh = planning(handler);
        assertWaitsFor(fresh, handler);
    }

    @Test
    void aSuspendedItemGoesOverAndComesBackAsWell() {
        String itemNo = planning(handler);
        lifeCycle.raise(handler, RequestProcess.SUSPENSION, itemNo, Samples.suspension(lifeCycle.workingDays(20)));
        lifeCycle.complete("supervisor", itemNo, "decide-on-suspension", fields("decision", "APPROVE"));

        Substitution substitution = plan(handler, colleague, lifeCycle.today(), lifeCycle.today());

        assertThat(lifeCycle.waiting(itemNo, "draft-plan").assignee()).isEqualTo(colleague);
        assertThat(instance(itemNo).isSuspended()).isTrue();
        people.as("administrator", () -> substitutions.end(substitution.id()));
        assertThat(lifeCycle.waiting(itemNo, "draft-plan").assignee()).isEqualTo(handler);
        assertThat(instance(itemNo).isSuspended()).isTrue();
    }

    @Test
    void whatCannotBeIsRefused() {
        LocalDate today = lifeCycle.today();
        plan(handler, colleague, today.plusDays(10), today.plusDays(12));

        assertRefused(() -> plan(handler, handler, today, today), "organization.substitution.self");
        assertRefused(() -> plan(handler, "nobody", today, today), "organization.person.unknown");
        assertRefused(() -> plan(handler, colleague, today, today.minusDays(1)), "organization.substitution.dates");
        assertRefused(
                () -> plan(handler, colleague, today.minusDays(2), today.minusDays(1)),
                "organization.substitution.past");
        assertRefused(
                () -> plan(handler, colleague, today, today.plusYears(1).plusDays(1)),
                "organization.substitution.long");
        // the same two twice, a substitute who is absent, an absent one who acts for somebody
        assertRefused(
                () -> plan(handler, colleague, today.plusDays(12), today.plusDays(20)),
                "organization.substitution.overlap");
        assertRefused(
                () -> plan(registrar, handler, today.plusDays(11), today.plusDays(11)),
                "organization.substitution.overlap");
        assertRefused(
                () -> plan(colleague, registrar, today.plusDays(11), today.plusDays(11)),
                "organization.substitution.overlap");
        assertRefused(
                () -> people.as("handler", () -> substitutions.plan("handler", "handler2", today, today)),
                "organization.administrator");
    }

    @Test
    void whatTheFirstSubstituteMayNotDoWaitsForTheNextInTheOrder() {
        // given two who act for one, of whom the first has registered the item
        String itemNo = planning(handler);
        plan(handler, registrar, lifeCycle.today(), lifeCycle.today());
        Substitution second = plan(handler, colleague, lifeCycle.today(), lifeCycle.today());

        // then what waited and what comes new is with the second
        assertWaitsFor(itemNo, colleague);
        lifeCycle.complete(colleague, itemNo, Samples.plan(lifeCycle.today()));
        lifeCycle.complete("supervisor", itemNo, Samples.planApproval());
        assertWaitsFor(itemNo, colleague);

        people.as("administrator", () -> substitutions.end(second.id()));
        assertWaitsFor(itemNo, handler);
    }

    @Test
    void whoIsFirstInTheOrderActsAndTheNextTakesOverAfterThem() {
        String next = add("next-" + NUMBER.get(), Samples.CITY_UNIT, Role.HANDLER);
        String itemNo = planning(handler);
        Substitution first = plan(handler, colleague, lifeCycle.today(), lifeCycle.today());
        Substitution second = plan(handler, next, lifeCycle.today(), lifeCycle.today());
        assertWaitsFor(itemNo, colleague);
        assertWaitsFor(planning(handler), colleague);

        people.as("administrator", () -> substitutions.end(first.id()));
        assertWaitsFor(itemNo, next);

        people.as("administrator", () -> substitutions.end(second.id()));
        assertWaitsFor(itemNo, handler);
        people.as("administrator", () -> retire(next));
    }

    @Test
    void whoSignedInTheirOwnRightDoesNotSignForTheAbsentButTheNextDoes() {
        // given a closure that two sign, of whom the second is absent and the first acts for them
        String deputy = add("deputy-" + NUMBER.get(), "leading-group-office", Role.REVIEWER);
        String itemNo = lifeCycle.itemAt(ItemStatus.CLOSING, Map.of("level", "2"));
        plan("leader", "supervisor", lifeCycle.today(), lifeCycle.today());

        // when the first has signed
        lifeCycle.complete("supervisor", itemNo, Samples.signOff());

        // then they are not asked again, and those above hear that nobody may
        String taskId = lifeCycle.waiting(itemNo, "sign-off").taskId();
        assertThat(lifeCycle.waiting(itemNo, "sign-off").group()).isEqualTo("leaders");
        assertThat(waiting(itemNo)).containsExactly("head");
        assertThatThrownBy(() -> people.as("supervisor", () -> tasks.claim(taskId)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("您在本轮已签过意见");
        assertThatThrownBy(() -> lifeCycle.complete("supervisor", itemNo, Samples.furtherSignOff()))
                .hasMessageContaining("您在本轮已签过意见");

        // when somebody else is named for the absent, then they hear of it and sign
        plan("leader", deputy, lifeCycle.today(), lifeCycle.today());
        assertThat(waiting(itemNo)).containsExactly(deputy);
        lifeCycle.complete(deputy, itemNo, Samples.furtherSignOff());
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.CLOSED);
        endAll();
        people.as("administrator", () -> retire(deputy));
    }

    @Test
    void theSameHoldsForWhatIsAskedOfAnItem() {
        String deputy = add("deputy-" + NUMBER.get(), "leading-group-office", Role.VERIFIER);
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING, Map.of("level", "2"));
        plan("leader", "supervisor", lifeCycle.today(), lifeCycle.today());
        plan("leader", deputy, lifeCycle.today(), lifeCycle.today());
        lifeCycle.raise(
                "handler",
                RequestProcess.WITHDRAWAL,
                itemNo,
                fields("kind", "CANCELLATION", "ground", "OBJECT_GONE", "reason", "该路段已随改造拆除。"));

        lifeCycle.complete("supervisor", itemNo, "decide-on-withdrawal", fields("decision", "APPROVE"));

        assertThat(waiting(itemNo)).contains(deputy).doesNotContain("supervisor", "leader");
        assertThatThrownBy(() ->
                        lifeCycle.complete("supervisor", itemNo, "decide-on-withdrawal", fields("decision", "APPROVE")))
                .hasMessageContaining("您在本轮已签过意见");
        lifeCycle.complete(deputy, itemNo, "decide-on-withdrawal", fields("decision", "APPROVE"));
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.CANCELLED);
        endAll();
        people.as("administrator", () -> retire(deputy));
    }

    /** Nobody is above the head of the leading group. */
    @Test
    void theOrderNeverEndsWithNobody() {
        String itemNo = lifeCycle.itemAt(ItemStatus.PLANNING, Map.of("level", "4"));
        Map<String, Object> plan = Samples.plan(lifeCycle.today());
        plan.put("funds", "市财政列支二十万元");
        plan.put("emergencyPlan", "汛期每日巡查。");
        lifeCycle.complete("handler", itemNo, plan);
        lifeCycle.moveTo(ItemStatus.CLOSING, itemNo);
        lifeCycle.complete("supervisor", itemNo, Samples.signOff());
        plan("head", "leader", lifeCycle.today(), lifeCycle.today());

        lifeCycle.complete("leader", itemNo, Samples.furtherSignOff());

        assertThat(lifeCycle.waiting(itemNo, "sign-off").group()).isEqualTo("group-heads");
        assertThat(waiting(itemNo)).contains("administrator").doesNotContain("leader", "head");
        endAll();
        lifeCycle.complete("head", itemNo, Samples.furtherSignOff());
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.CLOSED);
    }

    /** Every approval, with the fields that it would pass with. */
    enum Approval {
        REVIEW("reviewer", "review-registration", test -> test.registered(), Samples.acceptance()),
        PLAN("supervisor", "approve-plan", test -> test.at(ItemStatus.PLAN_REVIEW), Samples.planApproval()),
        VERIFICATION("verifier", "verify", test -> test.at(ItemStatus.VERIFYING), Map.of()),
        CLOSURE("supervisor", "sign-off", test -> test.at(ItemStatus.CLOSING), Samples.signOff()),
        EXTENSION("leader", "decide-on-extension", SubstitutionTest::extensionAsked, fields("decision", "APPROVE")),
        CANCELLATION(
                "supervisor",
                "decide-on-withdrawal",
                SubstitutionTest::cancellationAsked,
                fields("decision", "APPROVE")),
        CARD("supervisor", "decide-on-card", SubstitutionTest::cardProposed, fields("decision", "ISSUE")),
        LOOK_BACK("verifier3", "look-back-check", SubstitutionTest::lookBackDue, Map.of()),
        SPOT_CHECK(null, "carry-out-visit", SubstitutionTest::visitDue, Map.of());

        private final String approver;
        private final String task;
        private final Function<SubstitutionTest, String> arrange;
        private final Map<String, Object> fields;

        Approval(String approver, String task, Function<SubstitutionTest, String> arrange, Map<String, Object> fields) {
            this.approver = approver;
            this.task = task;
            this.arrange = arrange;
            this.fields = fields;
        }

        private Map<String, Object> entered(LocalDate today) {
            return switch (this) {
                case VERIFICATION -> Samples.verification(today);
                case LOOK_BACK -> Samples.confirmation(today);
                case SPOT_CHECK -> Samples.consistentVisit(today);
                default -> fields;
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSubstituteNeverApprovesWhatTheAbsentPersonMade(Approval approval) {
        // given an item that waits for an approval
        String itemNo = approval.arrange.apply(this);
        String maker = approval == Approval.REVIEW ? registrar : handler;
        String approver = approver(approval, itemNo);

        // when whoever may approve it acts for whoever made it
        Substitution substitution = plan(maker, approver, lifeCycle.today(), lifeCycle.today());

        // then they may not, and the item stands where it stood
        ItemStatus before = lifeCycle.item(itemNo).status();
        assertThatThrownBy(() -> complete(approval, approver, itemNo))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("您对该事项已做过");
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(before);
        assertThat(lifeCycle.waiting(itemNo, approval.task).taskKey()).isEqualTo(approval.task);

        // and may again when they do no longer
        people.as("administrator", () -> substitutions.end(substitution.id()));
        complete(approval, approver, itemNo);
    }

    @ParameterizedTest
    @EnumSource
    void whoMadeItDoesNotApproveItForAnAbsentApprover(Approval approval) {
        String itemNo = approval.arrange.apply(this);
        String maker = approval == Approval.REVIEW ? registrar : handler;
        String approver = approver(approval, itemNo);

        plan(approver, maker, lifeCycle.today(), lifeCycle.today());

        assertThat(organization.person(maker).orElseThrow().groups())
                .as("they have the approver's groups")
                .containsAll(organization.person(approver).orElseThrow().groups());
        assertThatThrownBy(() -> complete(approval, maker, itemNo)).isInstanceOf(RefusedException.class);
        assertThat(lifeCycle.waiting(itemNo, approval.task).taskKey()).isEqualTo(approval.task);
    }

    private void complete(Approval approval, String person, String itemNo) {
        lifeCycle.complete(person, itemNo, approval.task, approval.entered(lifeCycle.today()));
    }

    private String approver(Approval approval, String itemNo) {
        return approval.approver != null
                ? approval.approver
                : lifeCycle.waiting(itemNo, approval.task).assignee();
    }

    private String registered() {
        Map<String, Object> registration = lifeCycle.registration();
        registration.put("category", CATEGORY);
        return people.as(registrar, () -> lifeCycle.registerAsCurrent(registration));
    }

    private String planning(String by) {
        String itemNo = registered();
        lifeCycle.complete("reviewer", itemNo, Samples.acceptance());
        lifeCycle.complete(by, itemNo, Samples.claim(by));
        return itemNo;
    }

    private String at(ItemStatus status) {
        String itemNo = planning(handler);
        LocalDate today = lifeCycle.today();
        while (lifeCycle.item(itemNo).status() != status) {
            switch (lifeCycle.item(itemNo).status()) {
                case PLANNING -> lifeCycle.complete(handler, itemNo, Samples.plan(today));
                case PLAN_REVIEW -> lifeCycle.complete("supervisor", itemNo, Samples.planApproval());
                case RECTIFYING -> lifeCycle.complete(handler, itemNo, Samples.rectification(today));
                case VERIFYING -> lifeCycle.complete("verifier", itemNo, Samples.verification(today));
                case CLOSING -> lifeCycle.complete("supervisor", itemNo, Samples.signOff());
                default ->
                    throw new IllegalStateException(
                            "Nothing follows " + lifeCycle.item(itemNo).status());
            }
        }
        return itemNo;
    }

    private String extensionAsked() {
        String itemNo = at(ItemStatus.RECTIFYING);
        LocalDate later =
                lifeCycle.workingDayFrom(lifeCycle.item(itemNo).currentDue().plusDays(20));
        lifeCycle.raise(handler, RequestProcess.EXTENSION, itemNo, Samples.extension(later));
        return itemNo;
    }

    private String cancellationAsked() {
        String itemNo = at(ItemStatus.RECTIFYING);
        lifeCycle.raise(
                handler,
                RequestProcess.WITHDRAWAL,
                itemNo,
                fields("kind", "CANCELLATION", "ground", "OBJECT_GONE", "reason", "该路段已随改造拆除。"));
        return itemNo;
    }

    private String cardProposed() {
        String itemNo = at(ItemStatus.RECTIFYING);
        lifeCycle.climbToCard(itemNo);
        return itemNo;
    }

    private String lookBackDue() {
        String itemNo = at(ItemStatus.CLOSED);
        clock.advance(Duration.ofDays(95));
        execute(LookBack.KEY, itemNo);
        return itemNo;
    }

    private String visitDue() {
        String itemNo = at(ItemStatus.RECTIFYING);
        String checkNo = people.as(
                "supervisor",
                () -> spotCheckProcesses.order(fields("title", "测试随机抽查", "scope", "OPEN", "category", CATEGORY)));
        execute(SpotCheckModel.KEY, checkNo);
        assertThat(spotChecks.visits(spotChecks.get(checkNo)))
                .singleElement()
                .satisfies(visit -> assertThat(visit.itemNo()).isEqualTo(itemNo));
        return itemNo;
    }

    private void execute(String model, String businessKey) {
        ProcessInstance instance = engine.getRuntimeService()
                .createProcessInstanceQuery()
                .processDefinitionKey(model)
                .processInstanceBusinessKey(businessKey)
                .singleResult();
        engine.getManagementService()
                .executeJob(engine.getManagementService()
                        .createJobQuery()
                        .processInstanceId(instance.getId())
                        .singleResult()
                        .getId());
    }

    private void assertWaitsFor(String itemNo, String person) {
        assertThat(lifeCycle.waiting(itemNo).assignee()).isEqualTo(person);
        assertThat(engine.getTaskService()
                        .createTaskQuery()
                        .taskId(lifeCycle.waiting(itemNo).taskId())
                        .singleResult()
                        .getAssignee())
                .isEqualTo(person);
    }

    private Substitution plan(String absent, String substitute, LocalDate from, LocalDate until) {
        Substitution substitution =
                people.as("administrator", () -> substitutions.plan(absent, substitute, from, until));
        entered.add(substitution.id());
        return substitution;
    }

    /** The people who have an unread notice that a task of the item waits. */
    private List<String> waiting(String itemNo) {
        return jdbc.sql("""
                        select person from notice where item_no = ? and kind = 'TASK_WAITING' and read_at is null
                          and person <> 'handler' order by person collate "C\"""").param(itemNo).query(String.class).list();
    }

    private void endAll() {
        substitutions.current().stream()
                .map(Substitution::id)
                .filter(entered::contains)
                .forEach(id -> people.as("administrator", () -> substitutions.end(id)));
    }

    private String add(String id, String unit, Role role) {
        people.as(
                "administrator",
                () -> changes.addPerson(
                        new Person(id, "测试" + id, unit, Set.of(role)), new Addresses(null, null, null)));
        return id;
    }

    /** Whoever is of the unit from other tests takes over. */
    private void retire(String id) {
        changes.removePerson(id, new Succession("handler", "测试结束"));
    }

    private static void assertRefused(ThrowingCallable plan, String code) {
        assertThatThrownBy(plan).isInstanceOf(RefusedException.class).hasMessage(code);
    }
}
