package org.guiling.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.guiling.engine.Samples.fields;

import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.camunda.bpm.engine.RuntimeService;
import org.guiling.GuilingTest;
import org.guiling.TestClock;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.item.ItemStatus;
import org.guiling.refusal.RefusedException;
import org.guiling.web.support.FormSender;
import org.guiling.web.support.FormSender.Door;
import org.guiling.workflow.FastLaneModel;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.RequestProcess;
import org.guiling.workflow.SpotCheckModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/**
 * Every branch of every form through the portal, Tasklist's REST and {@code /api}, each sent as its door sends it, and
 * after each the next task done through the same door: whatever is chosen, somebody can go on.
 */
@GuilingTest
class EveryBranchTest {

    /** Only what a test puts into it is drawn. */
    private static final String VISITED = "STYLE";

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    TestClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    RuntimeService runtime;

    @Autowired
    DataSource dataSource;

    @LocalServerPort
    int port;

    /**
     * One action: a task with its form, or a request with its start form.
     *
     * @param fields what is entered; made when its turn comes, since dates count from then
     */
    private record Action(String person, String what, Function<LifeCycle, Map<String, Object>> fields) {

        static Action of(String person, String what, Object... fields) {
            return new Action(person, what, lifeCycle -> Samples.fields(fields));
        }
    }

    /**
     * A choice that a person may make, and its result.
     *
     * @param start makes an item that stands where the choice is
     * @param next null where the item has ended
     */
    private record Branch(String name, Function<LifeCycle, String> start, Action chosen, Action next, ItemStatus then) {

        @Override
        public String toString() {
            return name;
        }
    }

    @AfterEach
    void today() {
        clock.reset();
        lifeCycle.leaveNothingToDrawFrom(VISITED);
    }

    static Stream<Arguments> everyBranchAtEveryDoor() {
        return branches().stream().flatMap(branch -> Stream.of(Door.values()).map(door -> Arguments.of(branch, door)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("everyBranchAtEveryDoor")
    void somebodyCanGoOn(Branch branch, Door door) {
        String itemNo = branch.start().apply(lifeCycle);

        go(door, itemNo, branch.chosen());

        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(branch.then());
        nothingEnteredStays(itemNo);
        if (branch.next() != null) {
            go(door, itemNo, branch.next());
            nothingEnteredStays(itemNo);
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void aPartThatWasSplitOffIsClaimedByItsUnit(Door door) {
        String whole = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        go(
                door,
                whole,
                new Action(
                        "handler",
                        "decomposition",
                        lifeCycle -> Samples.onePart(lifeCycle.today().plusDays(25))));
        String part = jdbc.sql("select item_no from item where parent_no = ?")
                .param(whole)
                .query(String.class)
                .single();

        go(door, part, new Action("handler2", "claim-item", lifeCycle -> Samples.claim("handler2")));
        go(door, part, by("handler2", PLAN));

        assertThat(lifeCycle.item(part).status()).isEqualTo(ItemStatus.PLAN_REVIEW);
        nothingEnteredStays(part);
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void anItemOfTheFastLaneIsSubmittedAndVerified(Door door) {
        begin(
                door,
                "handler",
                "fast-lane",
                FastLaneModel.START_FORM,
                "/api/items/fast-lane",
                Samples.fastLane(lifeCycle.today(), lifeCycle.workingDays(5)));
        String itemNo = jdbc.sql("select item_no from item where fast_lane order by id desc limit 1")
                .query(String.class)
                .single();

        go(door, itemNo, SUBMIT_ONE_MEASURE);
        go(door, itemNo, PASS);

        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.CLOSING);
        nothingEnteredStays(itemNo);
    }

    static Stream<Arguments> findingsAtEveryDoor() {
        return Stream.of(ItemStatus.RECTIFYING, ItemStatus.VERIFYING, ItemStatus.CLOSED)
                .flatMap(status -> Stream.of(true, false).flatMap(consistent -> Stream.of(Door.values())
                        .map(door -> Arguments.of(status, consistent, door))));
    }

    /** Somebody who comes by stops no work, and what they find is worked on by the item's handler. */
    @ParameterizedTest
    @MethodSource("findingsAtEveryDoor")
    void aVisitIsReportedAndTheWorkGoesOn(ItemStatus status, boolean consistent, Door door) {
        String itemNo = lifeCycle.itemAt(status, Map.of("category", VISITED));
        sendSomebody(door, status == ItemStatus.CLOSED ? "CLOSED" : "OPEN");
        String inspector = lifeCycle.waiting(itemNo, "carry-out-visit").assignee();

        go(
                door,
                itemNo,
                new Action(
                        inspector,
                        "carry-out-visit",
                        lifeCycle -> consistent
                                ? Samples.consistentVisit(lifeCycle.today())
                                : Samples.discrepantVisit(lifeCycle.today(), "第二处井盖未按方案更换")));

        if (!consistent) {
            assertThat(lifeCycle.item(itemNo).status()).isIn(ItemStatus.REWORK, ItemStatus.RECTIFYING);
            go(door, itemNo, SUBMIT);
        } else {
            assertThat(lifeCycle.item(itemNo).status()).isEqualTo(status);
        }
        nothingEnteredStays(itemNo);
    }

    /** A person who has verified meanwhile may not make the visit, and somebody else does. */
    @ParameterizedTest
    @EnumSource(Door.class)
    void aVisitOfSomebodyWhoVerifiesMeanwhileIsMadeByAnother(Door door) {
        String itemNo = lifeCycle.itemAt(ItemStatus.VERIFYING, Map.of("category", VISITED));
        sendSomebody(door, "OPEN");
        String inspector = lifeCycle.waiting(itemNo, "carry-out-visit").assignee();
        List<String> others = Stream.of("verifier", "verifier2", "verifier3")
                .filter(verifier -> !verifier.equals(inspector))
                .toList();
        go(door, itemNo, new Action(inspector, "verify", lifeCycle -> {
            Map<String, Object> finding = Samples.failedVerification(lifeCycle.today(), "第二处井盖未按方案更换");
            finding.put("coVerifiers", others.subList(0, 1));
            return finding;
        }));

        go(
                door,
                itemNo,
                new Action(others.get(1), "carry-out-visit", lifeCycle -> Samples.consistentVisit(lifeCycle.today())));

        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.REWORK);
    }

    private void sendSomebody(Door door, String scope) {
        begin(
                door,
                "supervisor",
                "spot-check",
                SpotCheckModel.START_FORM,
                "/api/spot-checks",
                fields("title", "测试随机抽查", "scope", scope, "category", VISITED));
        lifeCycle.sendVisitors(jdbc.sql("select check_no from spot_check order by id desc limit 1")
                .query(String.class)
                .single());
    }

    @Test
    void anItemThatWasStuckIsFreedByTheMigration() throws SQLException {
        // given a declined item as an earlier version left it: nobody can rule
        String itemNo = after(lifeCycle, lifeCycle.itemAt(ItemStatus.DISPATCHED), DECLINE);
        runtime.setVariable(
                runtime.createProcessInstanceQuery()
                        .processDefinitionKey(FiveStepZeroing.KEY)
                        .processInstanceBusinessKey(itemNo)
                        .singleResult()
                        .getId(),
                "handler",
                "");
        assertThatThrownBy(() -> after(lifeCycle, itemNo, KEEP)).isInstanceOf(RefusedException.class);
        String claimed = lifeCycle.itemAt(ItemStatus.PLANNING);

        try (Connection connection = dataSource.getConnection()) {
            ScriptUtils.executeSqlScript(connection, new ClassPathResource("db/migration/V35__undecided_handlers.sql"));
        }

        after(lifeCycle, itemNo, KEEP);
        nothingEnteredStays(itemNo);
        // and who has a handler keeps it
        after(lifeCycle, claimed, PLAN);
    }

    @Test
    void aRequestThatWasStuckIsFreedByTheMigration() throws SQLException {
        // given a request for an item that went to another unit, as an earlier version left it
        String itemNo = after(
                lifeCycle,
                lifeCycle.itemAt(ItemStatus.RECTIFYING),
                new Action("handler", "suspension", lifeCycle -> Samples.suspension(lifeCycle.workingDays(15))));
        runtime.setVariables(
                runtime.createProcessInstanceQuery()
                        .processDefinitionKey(RequestProcess.SUSPENSION.key())
                        .processInstanceBusinessKey(itemNo)
                        .singleResult()
                        .getId(),
                Map.of("leadUnit", "jiaqiao-town", "unitName", "甲桥镇", "title", "以前的标题"));
        Action refusal = refuse("supervisor", "decide-on-suspension");
        assertThatThrownBy(() -> after(lifeCycle, itemNo, refusal)).isInstanceOf(RefusedException.class);

        try (Connection connection = dataSource.getConnection()) {
            ScriptUtils.executeSqlScript(
                    connection, new ClassPathResource("db/migration/V69__columns_of_requests.sql"));
        }

        after(lifeCycle, itemNo, refusal);
        nothingEnteredStays(itemNo);
    }

    private void go(Door door, String itemNo, Action action) {
        Map<String, Object> entered = action.fields().apply(lifeCycle);
        HttpResponse<String> answer = RequestProcess.of(action.what())
                .map(process -> sender().raise(door, action.person(), itemNo, process, entered))
                .orElseGet(() -> sender().complete(
                                door,
                                action.person(),
                                lifeCycle.waiting(itemNo, action.what()).taskId(),
                                action.what(),
                                entered));
        assertThat(answer.statusCode())
                .as("%s by %s: %s", action.what(), action.person(), FormSender.readable(answer))
                .isIn(200, 201, 204, 302, 303);
    }

    private void begin(
            Door door, String person, String what, String startForm, String address, Map<String, Object> entered) {
        HttpResponse<String> answer = sender().begin(door, person, what, startForm, address, entered);
        assertThat(answer.statusCode())
                .as("%s by %s: %s", what, person, FormSender.readable(answer))
                .isIn(200, 201, 302, 303);
    }

    private FormSender sender() {
        return new FormSender(port);
    }

    /** Ids and columns only, and each as the record has it: whatever else stayed would be asked about at the next task. */
    private void nothingEnteredStays(String itemNo) {
        List<String> stored =
                jdbc.sql("""
                        select v.name_ from act_ru_variable v join act_ru_execution p on p.id_ = v.proc_inst_id_
                        where p.business_key_ = :itemNo and p.parent_id_ is null""").param("itemNo", itemNo).query(String.class).list();
        assertThat(stored)
                .isSubsetOf(
                        "itemNo",
                        "title",
                        "unitName",
                        "leadUnit",
                        "handler",
                        "approverGroup",
                        "reviewDay",
                        "lookBackDay",
                        "nextLook");
        List<String> handlers =
                jdbc.sql("""
                        select v.text_ from act_ru_variable v join act_ru_execution p on p.id_ = v.proc_inst_id_
                        where p.business_key_ = :itemNo and p.parent_id_ is null and v.name_ = 'handler'""").param("itemNo", itemNo).query(String.class).list();
        String handler = lifeCycle.item(itemNo).responsibility() == null
                ? null
                : lifeCycle.item(itemNo).responsibility().handler();
        assertThat(handlers).allSatisfy(stayed -> assertThat(stayed).isEqualTo(handler));
    }

    private static List<Branch> branches() {
        List<Branch> all = new ArrayList<>();
        all.addAll(ofIntake());
        all.addAll(ofOwnership());
        all.addAll(ofTheWork());
        all.addAll(ofRequests());
        all.addAll(ofSupervision());
        all.addAll(ofLookBacks());
        return all;
    }

    private static List<Branch> ofIntake() {
        Action returned = Action.of(
                "reviewer",
                "review-registration",
                "duplicateAnswer",
                "NONE",
                "decision",
                "RETURN",
                "opinion",
                "事实不清，请补正。");
        Action rejected = Action.of(
                "reviewer",
                "review-registration",
                "duplicateAnswer",
                "NONE",
                "decision",
                "REJECT",
                "opinion",
                "不属于整改事项。");
        return List.of(
                new Branch("accepted", at(ItemStatus.REVIEW), ACCEPT, CLAIM, ItemStatus.DISPATCHED),
                new Branch("registration returned", at(ItemStatus.REVIEW), returned, AMEND, ItemStatus.DRAFT),
                new Branch("not accepted", at(ItemStatus.REVIEW), rejected, null, ItemStatus.NOT_ACCEPTED),
                new Branch("amended", after(ItemStatus.REVIEW, returned), AMEND, ACCEPT, ItemStatus.REVIEW));
    }

    private static List<Branch> ofOwnership() {
        return List.of(
                new Branch("claimed", at(ItemStatus.DISPATCHED), CLAIM, PLAN, ItemStatus.PLANNING),
                new Branch("declined", at(ItemStatus.DISPATCHED), DECLINE, KEEP, ItemStatus.DISPUTED),
                // Values entered before the answer was changed are sent along at doors that hide nothing.
                new Branch(
                        "declined after a handler was chosen",
                        at(ItemStatus.DISPATCHED),
                        with(DECLINE, "handler", "handler", "principal", "甲局长"),
                        KEEP,
                        ItemStatus.DISPUTED),
                new Branch("kept", after(ItemStatus.DISPATCHED, DECLINE), KEEP, CLAIM, ItemStatus.DISPATCHED),
                new Branch(
                        "redispatched",
                        after(ItemStatus.DISPATCHED, DECLINE),
                        REDISPATCH,
                        new Action("handler2", "claim-item", lifeCycle -> Samples.claim("handler2")),
                        ItemStatus.DISPATCHED),
                new Branch(
                        "declined again",
                        after(ItemStatus.DISPATCHED, DECLINE, KEEP),
                        DECLINE,
                        by("leader", KEEP),
                        ItemStatus.DISPUTED));
    }

    private static List<Branch> ofTheWork() {
        Action returned = Action.of("supervisor", "approve-plan", "decision", "RETURN", "opinion", "措施不具体。");
        Action progress = Action.of("handler", "rectify", "decision", "PROGRESS", "progress", "第一处已补齐。");
        Action refused = new Action(
                "supervisor",
                "sign-off",
                lifeCycle -> fields(
                        "decision",
                        "RETURN",
                        "defect1",
                        "制度未印发",
                        "reworkDue",
                        lifeCycle.workingDays(8).toString(),
                        "opinion",
                        "退回整改。"));
        Function<LifeCycle, String> larger = lifeCycle -> lifeCycle.itemAt(ItemStatus.VERIFYING, Map.of("level", "2"));
        Function<LifeCycle, String> found = lifeCycle -> after(lifeCycle, larger.apply(lifeCycle), PASS);
        Function<LifeCycle, String> weighty = lifeCycle -> lifeCycle.itemAt(ItemStatus.CLOSING, Map.of("level", "2"));
        return List.of(
                new Branch("planned", at(ItemStatus.PLANNING), PLAN, APPROVE_PLAN, ItemStatus.PLAN_REVIEW),
                new Branch("plan approved", at(ItemStatus.PLAN_REVIEW), APPROVE_PLAN, SUBMIT, ItemStatus.RECTIFYING),
                new Branch("plan returned", at(ItemStatus.PLAN_REVIEW), returned, PLAN, ItemStatus.PLANNING),
                new Branch("progress", at(ItemStatus.RECTIFYING), progress, SUBMIT, ItemStatus.RECTIFYING),
                new Branch("submitted", at(ItemStatus.RECTIFYING), SUBMIT, PASS, ItemStatus.VERIFYING),
                new Branch("passed", at(ItemStatus.VERIFYING), PASS, SIGN_OFF, ItemStatus.CLOSING),
                new Branch("found by two", larger, PASS, CONFIRM, ItemStatus.VERIFYING),
                new Branch("confirmed by the second", found, CONFIRM, SIGN_OFF, ItemStatus.CLOSING),
                new Branch(
                        "not confirmed by the second",
                        found,
                        Action.of("verifier2", "confirm-verification", "decision", "REFUSE", "opinion", "第三处未看。"),
                        PASS,
                        ItemStatus.VERIFYING),
                new Branch("partly done", at(ItemStatus.VERIFYING), found("PARTIAL"), SUBMIT, ItemStatus.REWORK),
                new Branch("failed", at(ItemStatus.VERIFYING), found("FAIL"), SUBMIT, ItemStatus.REWORK),
                new Branch("falsified", at(ItemStatus.VERIFYING), found("FALSE"), SUBMIT, ItemStatus.REWORK),
                new Branch("signed off", at(ItemStatus.CLOSING), SIGN_OFF, null, ItemStatus.CLOSED),
                new Branch(
                        "signed off twice",
                        weighty,
                        SIGN_OFF,
                        new Action("leader", "sign-off", lifeCycle -> Samples.furtherSignOff()),
                        ItemStatus.CLOSING),
                new Branch("sign-off refused", at(ItemStatus.CLOSING), refused, SUBMIT, ItemStatus.REWORK));
    }

    private static List<Branch> ofRequests() {
        Action extension =
                new Action("handler", "deadline-extension", lifeCycle -> Samples.extension(lifeCycle.workingDays(25)));
        Action suspension =
                new Action("handler", "suspension", lifeCycle -> Samples.suspension(lifeCycle.workingDays(15)));
        Action transfer =
                Action.of("handler", "withdrawal", "kind", "TRANSFER", "receiptNo", "回执2026-15", "reason", "属省级事权。");
        Action cancellation = Action.of(
                "handler", "withdrawal", "kind", "CANCELLATION", "ground", "OBJECT_GONE", "reason", "该路段已随改造拆除。");
        Action merger = new Action(
                "handler",
                "withdrawal",
                lifeCycle -> fields(
                        "kind", "MERGER", "targetNo", lifeCycle.itemAt(ItemStatus.RECTIFYING), "reason", "同一处井盖。"));
        Action reopening =
                new Action("registrar", "reopening", lifeCycle -> Samples.reopening(lifeCycle.workingDays(15)));
        Action split = new Action("handler", "decomposition", lifeCycle -> Samples.onePart(lifeCycle.workingDays(5)));
        Action takeBack = Action.of("handler", "request-taking-back", "subject", "REQUEST", "reason", "情况有变。");
        Action resume = Action.of("supervisor", "resume-item", "opinion", "复议已撤回。");
        return List.of(
                asked("extension", ItemStatus.RECTIFYING, extension, refuse("leader", "decide-on-extension")),
                decided("extension granted", extension, approve("leader", "decide-on-extension"), SUBMIT),
                decided("extension refused", extension, refuse("leader", "decide-on-extension"), SUBMIT),
                decided("extension taken back", extension, takeBack, SUBMIT),
                decided("transfer taken back", transfer, takeBack, SUBMIT),
                asked("suspension", ItemStatus.RECTIFYING, suspension, refuse("supervisor", "decide-on-suspension")),
                new Branch(
                        "suspended",
                        after(ItemStatus.RECTIFYING, suspension),
                        approve("supervisor", "decide-on-suspension"),
                        resume,
                        ItemStatus.SUSPENDED),
                new Branch(
                        "resumed",
                        after(ItemStatus.RECTIFYING, suspension, approve("supervisor", "decide-on-suspension")),
                        resume,
                        SUBMIT,
                        ItemStatus.RECTIFYING),
                new Branch(
                        "redispatched while a request waits",
                        after(ItemStatus.DISPATCHED, suspension, DECLINE),
                        REDISPATCH,
                        refuse("supervisor", "decide-on-suspension"),
                        ItemStatus.DISPATCHED),
                decided("suspension refused", suspension, refuse("supervisor", "decide-on-suspension"), SUBMIT),
                asked("transfer", ItemStatus.RECTIFYING, transfer, refuse("supervisor", "decide-on-withdrawal")),
                asked(
                        "cancellation",
                        ItemStatus.RECTIFYING,
                        cancellation,
                        refuse("supervisor", "decide-on-withdrawal")),
                asked("merger", ItemStatus.RECTIFYING, merger, refuse("supervisor", "decide-on-withdrawal")),
                new Branch(
                        "transferred",
                        after(ItemStatus.RECTIFYING, transfer),
                        approve("supervisor", "decide-on-withdrawal"),
                        null,
                        ItemStatus.TRANSFERRED),
                new Branch(
                        "cancelled",
                        after(ItemStatus.RECTIFYING, cancellation),
                        approve("supervisor", "decide-on-withdrawal"),
                        null,
                        ItemStatus.CANCELLED),
                decided("withdrawal refused", transfer, refuse("supervisor", "decide-on-withdrawal"), SUBMIT),
                asked("reopening", ItemStatus.CLOSED, reopening, refuse("supervisor", "decide-on-reopening")),
                new Branch(
                        "reopened",
                        after(ItemStatus.CLOSED, reopening),
                        approve("supervisor", "decide-on-reopening"),
                        SUBMIT,
                        ItemStatus.REWORK),
                new Branch("split", at(ItemStatus.RECTIFYING), split, SUBMIT_OWN_WORK, ItemStatus.RECTIFYING));
    }

    private static List<Branch> ofSupervision() {
        Function<LifeCycle, String> proposed = lifeCycle -> {
            String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
            lifeCycle.climbToCard(itemNo);
            return itemNo;
        };
        Action issue = Action.of("supervisor", "decide-on-card", "decision", "ISSUE");
        Action drop = Action.of("supervisor", "decide-on-card", "decision", "DROP", "opinion", "材料已在路上。");
        Action takeBack = Action.of("supervisor", "take-back-card", "opinion", "期限看错了。");
        Action objection = Action.of("handler", "objection", "rung", "YELLOW_CARD", "reason", "材料已于到期前送达督查室。");
        Function<LifeCycle, String> issued = lifeCycle -> after(lifeCycle, proposed.apply(lifeCycle), issue);
        Function<LifeCycle, String> objected = lifeCycle -> after(lifeCycle, issued.apply(lifeCycle), objection);
        return List.of(
                new Branch("card issued", proposed, issue, takeBack, ItemStatus.RECTIFYING),
                new Branch("card dropped", proposed, drop, SUBMIT, ItemStatus.RECTIFYING),
                new Branch(
                        "card answered",
                        issued,
                        new Action("handler", "answer-card", lifeCycle -> Samples.cardReply()),
                        takeBack,
                        ItemStatus.RECTIFYING),
                new Branch("card taken back", issued, takeBack, SUBMIT, ItemStatus.RECTIFYING),
                new Branch(
                        "card objected to",
                        issued,
                        objection,
                        Action.of("leader", "rule-on-objection", "decision", "REJECT", "opinion", "送达的不是验收材料。"),
                        ItemStatus.RECTIFYING),
                new Branch(
                        "objection upheld",
                        objected,
                        Action.of("leader", "rule-on-objection", "decision", "UPHOLD", "opinion", "材料确已按期送达。"),
                        SUBMIT,
                        ItemStatus.RECTIFYING),
                new Branch(
                        "objection rejected",
                        objected,
                        Action.of("leader", "rule-on-objection", "decision", "REJECT", "opinion", "送达的不是验收材料。"),
                        SUBMIT,
                        ItemStatus.RECTIFYING));
    }

    private static List<Branch> ofLookBacks() {
        Function<LifeCycle, String> lookedBackOn = lifeCycle -> {
            String itemNo = lifeCycle.itemAt(ItemStatus.CLOSED);
            lifeCycle.comeToLookBack(itemNo);
            return itemNo;
        };
        Action confirmed =
                new Action("verifier3", "look-back-check", lifeCycle -> Samples.confirmation(lifeCycle.today()));
        Action rebounded = new Action("verifier3", "look-back-check", lifeCycle -> Samples.rebound(lifeCycle.today()));
        return List.of(
                new Branch("confirmed", lookedBackOn, confirmed, null, ItemStatus.CLOSED),
                new Branch("rebounded", lookedBackOn, rebounded, SUBMIT, ItemStatus.REWORK));
    }

    private static final Action ACCEPT =
            new Action("reviewer", "review-registration", lifeCycle -> Samples.acceptance());
    private static final Action AMEND = new Action("registrar", "amend-registration", LifeCycle::registration);
    private static final Action CLAIM = new Action("handler", "claim-item", lifeCycle -> Samples.claim("handler"));
    private static final Action DECLINE =
            new Action("handler", "claim-item", lifeCycle -> Samples.decline("jiaqiao-town"));
    private static final Action KEEP =
            Action.of("supervisor", "rule-on-decline", "decision", "KEEP", "opinion", "仍由该单位办理。");
    private static final Action REDISPATCH = Action.of(
            "supervisor",
            "rule-on-decline",
            "decision",
            "REDISPATCH",
            "newUnit",
            "jiaqiao-town",
            "opinion",
            "该路段由其管护。");
    private static final Action PLAN =
            new Action("handler", "draft-plan", lifeCycle -> Samples.plan(lifeCycle.today()));
    private static final Action APPROVE_PLAN =
            new Action("supervisor", "approve-plan", lifeCycle -> Samples.planApproval());
    private static final Action SUBMIT =
            new Action("handler", "rectify", lifeCycle -> Samples.rectification(lifeCycle.today()));
    private static final Action SUBMIT_ONE_MEASURE = new Action("handler", "rectify", lifeCycle -> {
        Map<String, Object> fields = Samples.rectification(lifeCycle.today());
        fields.keySet().removeIf(field -> field.startsWith("measure2") || field.startsWith("institution"));
        return fields;
    });
    private static final Action SUBMIT_OWN_WORK =
            Action.of("handler", "rectify", "decision", "PROGRESS", "progress", "等待下级完成。");
    private static final Action PASS =
            new Action("verifier", "verify", lifeCycle -> Samples.verification(lifeCycle.today()));
    private static final Action CONFIRM =
            new Action("verifier2", "confirm-verification", lifeCycle -> Samples.secondVerification());
    private static final Action SIGN_OFF = new Action("supervisor", "sign-off", lifeCycle -> Samples.signOff());

    private static Action found(String result) {
        return new Action("verifier", "verify", lifeCycle -> {
            Map<String, Object> finding = Samples.failedVerification(lifeCycle.today(), "第二处井盖未按方案更换");
            finding.put("decision", result);
            return finding;
        });
    }

    private static Action approve(String person, String task) {
        return Action.of(person, task, "decision", "APPROVE");
    }

    private static Action refuse(String person, String task) {
        return Action.of(person, task, "decision", "REFUSE", "opinion", "理由不充分。");
    }

    private static Action by(String person, Action action) {
        return new Action(person, action.what(), action.fields());
    }

    private static Action with(Action action, Object... more) {
        return new Action(action.person(), action.what(), lifeCycle -> {
            Map<String, Object> all = new HashMap<>(action.fields().apply(lifeCycle));
            all.putAll(fields(more));
            return all;
        });
    }

    private static Branch asked(String name, ItemStatus where, Action request, Action decision) {
        return new Branch(name + " asked for", at(where), request, decision, where);
    }

    private static Branch decided(String name, Action request, Action decision, Action next) {
        return new Branch(name, after(ItemStatus.RECTIFYING, request), decision, next, ItemStatus.RECTIFYING);
    }

    private static Function<LifeCycle, String> at(ItemStatus status) {
        return lifeCycle -> lifeCycle.itemAt(status);
    }

    private static Function<LifeCycle, String> after(ItemStatus status, Action... actions) {
        return lifeCycle -> after(lifeCycle, lifeCycle.itemAt(status), actions);
    }

    private static String after(LifeCycle lifeCycle, String itemNo, Action... actions) {
        for (Action action : actions) {
            Map<String, Object> entered = action.fields().apply(lifeCycle);
            RequestProcess.of(action.what())
                    .ifPresentOrElse(
                            process -> lifeCycle.raise(action.person(), process, itemNo, entered),
                            () -> lifeCycle.complete(action.person(), itemNo, action.what(), entered));
        }
        return itemNo;
    }
}
