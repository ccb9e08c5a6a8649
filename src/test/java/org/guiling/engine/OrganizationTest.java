package org.guiling.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.guiling.engine.Samples.fields;

import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests;
import org.guiling.People;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.guiling.engine.service.Tasks;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineEntry;
import org.guiling.item.todo.ToDos;
import org.guiling.organization.Addresses;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Post;
import org.guiling.organization.Role;
import org.guiling.organization.Tier;
import org.guiling.organization.Unit;
import org.guiling.organization.change.OrganizationChanges;
import org.guiling.organization.change.OrganizationChanges.Succession;
import org.guiling.organization.change.Transfer;
import org.guiling.organization.change.UnitChanges;
import org.guiling.refusal.RefusedException;
import org.guiling.supervision.Card;
import org.guiling.supervision.Cards;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.RequestProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Units, people and posts change; groups, open items and waiting tasks follow in the same transaction, or nothing does. */
class OrganizationTest extends ProcessTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Organization organization;

    @Autowired
    OrganizationChanges changes;

    @Autowired
    UnitChanges unitChanges;

    @Autowired
    People people;

    @Autowired
    ToDos toDos;

    @Autowired
    Cards cards;

    @Autowired
    Tasks tasks;

    @Autowired
    Timeline timeline;

    @Autowired
    AuditTrail auditTrail;

    @Autowired
    TransactionTemplate transaction;

    /** A city unit of this test, one beside it, a township with two villages, another township. */
    private String bureau;

    private String otherBureau;
    private String town;
    private String otherTown;
    private String village;
    private String otherVillage;

    /** Handlers of the bureau. */
    private String handler;

    private String colleague;

    OrganizationTest() {
        super(FiveStepZeroing.KEY);
    }

    @AfterEach
    void leaveNothing() {
        clock.reset();
        organization.people().stream()
                .map(Person::id)
                .filter(id -> id.startsWith("last-"))
                .forEach(id -> change(() -> changes.shutOut(id)));
    }

    @BeforeEach
    void aSmallCity() {
        int n = NUMBER.incrementAndGet();
        bureau = open("bureau-" + n, Tier.CITY, null);
        otherBureau = open("other-bureau-" + n, Tier.CITY, null);
        town = open("town-" + n, Tier.TOWNSHIP, null);
        otherTown = open("other-town-" + n, Tier.TOWNSHIP, null);
        village = open("village-" + n, Tier.VILLAGE, town);
        otherVillage = open("other-village-" + n, Tier.VILLAGE, town);
        handler = add("of-bureau-" + n, bureau, Role.HANDLER);
        colleague = add("colleague-" + n, bureau, Role.HANDLER);
    }

    @Test
    void aTreeThatWouldBeNoneIsRefusedAndNothingChanges() {
        assertRefused(() -> open(bureau, Tier.CITY, null), "organization.unit.exists");
        assertRefused(() -> open("no-parent-" + bureau, Tier.VILLAGE, null), "organization.unit.parent-missing");
        assertRefused(() -> open("nowhere-" + bureau, Tier.VILLAGE, "nowhere"), "organization.unit.parent-unknown");
        assertRefused(() -> open("wrong-" + bureau, Tier.VILLAGE, bureau), "organization.unit.tier");
        assertRefused(() -> open("Bad Code", Tier.CITY, null), "organization.unit.code");
        assertRefused(
                () -> change(() -> unitChanges.open(new Unit("d-" + village, "科", Tier.VILLAGE, village, true, null))),
                "organization.unit.village-department");
        change(() -> unitChanges.open(new Unit("d-" + bureau, "一科", Tier.CITY, bureau, true, null)));
        assertRefused(() -> move(bureau, "d-" + bureau, none()), "organization.unit.tier");
        assertRefused(() -> move(bureau, bureau, none()), "organization.unit.circle");
        assertRefused(() -> close(town, none()), "organization.unit.has-below");
        assertRefused(() -> close(bureau, none()), "organization.unit.has-people");
        assertThat(organization.unit(bureau).orElseThrow().parentCode()).isNull();
        assertThat(organization.withBelow(bureau)).containsExactlyInAnyOrder(bureau, "d-" + bureau);
        assertThat(organization.unit("no-parent-" + bureau)).isEmpty();
    }

    @Test
    void onlyAnAdministratorChangesIt() {
        for (String person : List.of("handler", "head", "operator", "registrar")) {
            assertRefused(
                    () -> people.as(person, () -> unitChanges.open(new Unit("mine", "我的", Tier.CITY, null))),
                    "organization.administrator");
        }
        assertRefused(
                () -> change(() -> changes.removePerson("administrator", succession(null))),
                "organization.person.last-administrator");
    }

    @Test
    void groupsGrantsAndTreeFollowAtOnceAndARollbackLeavesNothing() {
        assertThat(groupsOf(handler)).containsExactly(Role.handlersOf(bureau));
        assertThat(grantsOn(Resources.PROCESS_DEFINITION, bureau))
                .isEqualTo(grantsOn(Resources.PROCESS_DEFINITION, Samples.CITY_UNIT))
                .isPositive();

        transaction.executeWithoutResult(status -> {
            open("rolled-back-" + bureau, Tier.VILLAGE, town);
            assertThat(organization.withBelow(town)).contains("rolled-back-" + bureau);
            status.setRollbackOnly();
        });
        assertThat(organization.withBelow(town)).containsExactlyInAnyOrder(town, village, otherVillage);
        assertThat(group(Role.handlersOf("rolled-back-" + bureau))).isZero();

        move(village, otherTown, none());
        assertThat(organization.withBelow(otherTown)).containsExactlyInAnyOrder(otherTown, village);
        assertThat(organization.withBelow(town)).containsExactlyInAnyOrder(town, otherVillage);

        change(() -> unitChanges.rename(village, "新名村"));
        assertThat(engine.getIdentityService()
                        .createGroupQuery()
                        .groupId(Role.handlersOf(village))
                        .singleResult()
                        .getName())
                .startsWith("新名村");
        close(village, none());
        assertThat(group(Role.handlersOf(village))).isZero();
        assertThat(organization.units()).extracting(Unit::code).doesNotContain(village);
        assertThat(organization.unit(village)).as("history names it").isPresent();
        assertThat(auditTrail.page(AuditEventKind.PERMISSION_CHANGED, "administrator", null, 1))
                .singleElement()
                .satisfies(event -> assertThat(event.subject()).isEqualTo(village));
    }

    /** Names are kept in memory. */
    @Test
    void aNameIsTheNewOneAtOnceAndARollbackLeavesTheOldOne() {
        Person before = organization.person(handler).orElseThrow();
        Person renamed = new Person(handler, "改名甲", before.unitCode(), before.roles());
        assertThat(organization.personName(handler)).isEqualTo(before.name());

        transaction.executeWithoutResult(status -> {
            organization.save(renamed, null);
            assertThat(organization.personName(handler)).isEqualTo("改名甲");
            status.setRollbackOnly();
        });
        assertThat(organization.personName(handler)).isEqualTo(before.name());

        transaction.executeWithoutResult(status -> organization.save(renamed, null));
        assertThat(organization.personNames(List.of(handler, "nobody-" + handler)))
                .isEqualTo(Map.of(handler, "改名甲"));
        assertThat(organization.personName("nobody-" + handler)).isEqualTo("nobody-" + handler);
    }

    @Test
    void nothingIsRegisteredForAUnitThatIsClosed() {
        close(otherVillage, none());
        Map<String, Object> registration = lifeCycle.registration();
        registration.put("leadUnit", otherVillage);
        assertThatThrownBy(() -> lifeCycle.register(registration)).hasMessageContaining(otherVillage);
    }

    @Test
    void somebodyWithTwoPostsWorksForBothUnits() {
        String here = registered(bureau);
        String there = registered(otherBureau);
        change(() -> changes.putPost(handler, new Post(otherBureau, EnumSet.of(Role.HANDLER)), succession(null)));
        assertThat(groupsOf(handler)).containsExactlyInAnyOrder(Role.handlersOf(bureau), Role.handlersOf(otherBureau));

        lifeCycle.complete(handler, here, Samples.claim(handler));
        lifeCycle.complete(handler, there, Samples.claim(handler));
        assertThat(lifeCycle.item(there).responsibility().handler()).isEqualTo(handler);

        // what they handle there is not left behind
        assertRefused(
                () -> change(() -> changes.removePost(handler, otherBureau, succession(null))),
                "organization.person.items");
        change(() -> changes.putPost(colleague, new Post(otherBureau, EnumSet.of(Role.HANDLER)), succession(null)));
        change(() -> changes.removePost(handler, otherBureau, succession(colleague)));
        assertThat(groupsOf(handler)).containsExactly(Role.handlersOf(bureau));
        assertHandledBy(there, colleague);
        assertHandledBy(here, handler);
    }

    @Test
    void whoeverLeavesHandsOverAndIsLetInNowhere() {
        String drafted = planning(bureau, handler);
        String claimed = registered(bureau);
        String taskId = lifeCycle.waiting(claimed).taskId();
        people.as(handler, () -> tasks.claim(taskId));

        assertRefused(() -> change(() -> changes.removePerson(handler, succession(null))), "organization.person.items");
        assertThat(organization.person(handler)).isPresent();
        assertRefused(
                () -> change(() -> changes.removePerson(handler, succession("verifier"))),
                "organization.person.successor");

        change(() -> changes.removePerson(handler, succession(colleague)));

        assertThat(organization.person(handler)).isEmpty();
        assertThat(groupsOf(handler)).isEmpty();
        assertHandledBy(drafted, colleague);
        assertThat(lifeCycle.waiting(claimed).assignee()).isNull();
        // the successor hears of what comes to them, and the group of what comes back to it
        assertThat(toldOfTask(drafted)).contains(colleague);
        assertThat(toldOfTask(claimed)).contains(colleague);
        lifeCycle.complete(colleague, drafted, Samples.plan(lifeCycle.today()));
        // who comes back has the account of before
        change(() -> changes.addPerson(
                new Person(handler, "复职", otherBureau, Set.of(Role.HANDLER)), new Addresses(null, null, null)));
        assertThat(groupsOf(handler)).containsExactly(Role.handlersOf(otherBureau));
    }

    @Test
    void whatWaitsForAUnitIsToldAboveOnceItsLastHandlerIsGoneAndToWhoeverComes() {
        Map<String, Consumer<String>> ways = new LinkedHashMap<>();
        ways.put("left", id -> changes.removePerson(id, succession(null)));
        ways.put("shut out", changes::shutOut);
        ways.put(
                "moved",
                id -> changes.changePerson(new Person(id, "调动", otherBureau, Set.of(Role.HANDLER)), succession(null)));
        ways.put(
                "role taken",
                id -> changes.changePerson(new Person(id, "改任", bureau, Set.of(Role.VERIFIER)), succession(null)));
        String waiting = registered(bureau);
        int n = 0;
        for (Map.Entry<String, Consumer<String>> way : ways.entrySet()) {
            n++;
            String last = n == 1 ? handler : add("last-" + n + "-" + bureau, bureau, Role.HANDLER);
            if (n == 1) {
                // one of two goes: the other has been told
                change(() -> way.getValue().accept(colleague));
                assertThat(toldOfTask(waiting)).isEmpty();
            } else {
                // whoever comes hears of it, and those above need do nothing
                assertThat(toldOfTask(waiting)).as(way.getKey()).containsExactly(last);
            }

            change(() -> way.getValue().accept(last));

            assertThat(toldOfTask(waiting))
                    .as(way.getKey())
                    .contains("supervisor")
                    .doesNotContain("handler");
            clock.advance(Duration.ofDays(1));
        }
        // of two changes at once only what came of them is told
        change(() -> transaction.executeWithoutResult(status -> {
            add("gone-" + bureau, bureau, Role.HANDLER);
            changes.shutOut("gone-" + bureau);
            add("stays-" + bureau, bureau, Role.HANDLER);
        }));
        assertThat(toldOfTask(waiting)).containsExactly("stays-" + bureau);
    }

    @Test
    void whatSomebodyWhoIsShutOutHasInHandIsToldAboveAndRemindedOfThere() {
        String planned = planning(bureau, handler);

        change(() -> changes.shutOut(handler));

        assertThat(toldOfTask(planned)).contains("supervisor").doesNotContain(handler);
        lifeCycle.climbToCard(planned);
        assertThat(jdbc.sql("select distinct kind from notice where item_no = ? and person = 'supervisor'")
                        .param(planned)
                        .query(String.class)
                        .list())
                .contains("REMINDER", "URGED");
    }

    @Test
    void whoeverMovesLosesTheOldUnitAtOnce() {
        change(() ->
                changes.changePerson(new Person(handler, "调动", otherBureau, Set.of(Role.HANDLER)), succession(null)));
        assertThat(groupsOf(handler)).containsExactly(Role.handlersOf(otherBureau));
        String itemNo = registered(bureau);
        assertThatThrownBy(() -> lifeCycle.complete(handler, itemNo, Samples.claim(colleague)))
                .isInstanceOf(RuntimeException.class);
        assertThat(toDos.waitingFor(organization.person(handler).orElseThrow(), 0, 50)
                        .toDos())
                .isEmpty();
    }

    @Test
    void aUnitWithOpenItemsIsClosedOnlyWithAReceivingUnitAndAReason() {
        String waiting = registered(bureau);
        String planned = planning(bureau, handler);
        String suspended = planning(bureau, handler);
        lifeCycle.raise(handler, RequestProcess.SUSPENSION, suspended, Samples.suspension(lifeCycle.workingDays(20)));
        lifeCycle.complete("supervisor", suspended, "decide-on-suspension", fields("decision", "APPROVE"));
        assertThat(lifeCycle.item(suspended).status()).isEqualTo(ItemStatus.SUSPENDED);

        assertRefused(() -> close(bureau, none()), "organization.unit.has-people");
        assertRefused(() -> close(bureau, new Transfer(otherBureau, null, " ")), "organization.transfer.reason");
        assertRefused(() -> close(bureau, new Transfer(bureau, null, "撤并")), "organization.transfer.itself");
        assertRefused(() -> close(bureau, new Transfer(town, null, "撤并")), "organization.transfer.tier");
        assertThat(lifeCycle.item(waiting).registration().leadUnit()).isEqualTo(bureau);

        close(bureau, new Transfer(otherBureau, null, "机构改革，职责并入"));

        for (String itemNo : List.of(waiting, planned, suspended)) {
            Item item = lifeCycle.item(itemNo);
            assertThat(item.registration().leadUnit()).isEqualTo(otherBureau);
            assertThat(timeline.of(item)).last().satisfies(entry -> {
                assertThat(entry.action()).isEqualTo(Action.CHANGE_UNIT);
                assertThat(entry.actor()).isEqualTo("administrator");
                assertThat(entry.note()).isEqualTo(bureau + " → " + otherBureau);
                assertThat(entry.reason()).isEqualTo("机构改革，职责并入");
            });
            assertThat(engine.getRuntimeService().getVariable(instance(itemNo).getId(), "leadUnit"))
                    .isEqualTo(otherBureau);
        }
        // the people came along, so that what they handle goes on in the same hands
        assertThat(groupsOf(handler)).containsExactly(Role.handlersOf(otherBureau));
        assertHandledBy(planned, handler);
        lifeCycle.complete(handler, planned, Samples.plan(lifeCycle.today()));
        // and what a group may claim waits for the receiving unit's
        BpmnAwareTests.assertThat(BpmnAwareTests.task("claim-item", instance(waiting)))
                .hasCandidateGroup(Role.handlersOf(otherBureau));
        assertThat(lifeCycle.waiting(waiting).group()).isEqualTo(Role.handlersOf(otherBureau));
        assertThat(toldOfTask(waiting)).contains(colleague);
        lifeCycle.complete(colleague, waiting, Samples.claim(colleague));
        // what is suspended stays so
        assertThat(instance(suspended).isSuspended()).isTrue();
    }

    @Test
    void aCardThatWaitsForItsAnswerGoesToTheReceivingUnit() {
        String itemNo = planning(bureau, handler);
        lifeCycle.issueCard(itemNo);
        assertThat(lifeCycle.waiting(itemNo, "answer-card").group()).isEqualTo(Role.handlersOf(bureau));

        close(bureau, new Transfer(otherBureau, null, "机构改革，职责并入"));

        assertThat(lifeCycle.waiting(itemNo, "answer-card").group()).isEqualTo(Role.handlersOf(otherBureau));
        assertThat(cards.of(lifeCycle.item(itemNo)))
                .extracting(Card::unit, Card::awaitsReply)
                .containsExactly(tuple(otherBureau, true));
        lifeCycle.complete(colleague, itemNo, "answer-card", Samples.cardReply());
        assertThat(cards.of(lifeCycle.item(itemNo)))
                .extracting(card -> card.reply().repliedBy())
                .containsExactly(colleague);
    }

    @Test
    void aVillageThatMovesTakesItsItemsAlongOnPurposeAndItsLeadersChange() {
        String villager = add("villager-" + village, village, Role.HANDLER);
        String leader = add("leader-" + otherTown, otherTown, Role.UNIT_LEADER);
        String itemNo = planning(village, villager);
        lifeCycle.complete(villager, itemNo, Samples.plan(lifeCycle.today()));
        lifeCycle.complete("supervisor", itemNo, Samples.planApproval());
        lifeCycle.complete(villager, itemNo, Samples.rectification(lifeCycle.today()));
        lifeCycle.complete("verifier", itemNo, Samples.verification(lifeCycle.today()));
        assertThat(lifeCycle.waiting(itemNo).group()).isEqualTo(Role.leadersOf(town));

        assertRefused(() -> move(village, otherTown, none()), "organization.transfer.items");
        assertThat(organization.unit(village).orElseThrow().parentCode()).isEqualTo(town);
        move(village, otherTown, new Transfer(village, null, "区划调整"));

        assertThat(timeline.of(lifeCycle.item(itemNo)))
                .last()
                .extracting(TimelineEntry::action, TimelineEntry::note)
                .containsExactly(Action.CHANGE_UNIT, village + " → " + village);
        assertThat(lifeCycle.waiting(itemNo).group()).isEqualTo(Role.leadersOf(otherTown));
        lifeCycle.complete(leader, itemNo, Samples.signOff());
        assertThat(lifeCycle.item(itemNo).status()).isNotEqualTo(ItemStatus.CLOSING);
    }

    @Test
    void itemsGoToAnotherUnitWithAHandlerOfItsOwn() {
        String villager = add("villager-" + village, village, Role.HANDLER);
        String neighbour = add("neighbour-" + village, otherVillage, Role.HANDLER);
        String itemNo = planning(village, villager);

        assertRefused(
                () -> move(village, otherTown, new Transfer(otherVillage, null, "区划调整")),
                "organization.transfer.handler");
        move(village, otherTown, new Transfer(otherVillage, neighbour, "区划调整"));

        assertHandledBy(itemNo, neighbour);
        assertThat(lifeCycle.item(itemNo).registration().leadUnit()).isEqualTo(otherVillage);
        lifeCycle.complete(neighbour, itemNo, Samples.plan(lifeCycle.today()));
    }

    /** The people who were told today that a task which had waited before waits for them now. */
    private List<String> toldOfTask(String itemNo) {
        return jdbc.sql("""
                        select person from notice
                        where item_no = ? and kind = 'TASK_WAITING' and occasion like '% %' and read_at is null
                        order by person""").param(itemNo).query(String.class).list();
    }

    private void assertHandledBy(String itemNo, String person) {
        assertThat(lifeCycle.item(itemNo).responsibility().handler()).isEqualTo(person);
        assertThat(lifeCycle.waiting(itemNo).assignee()).isEqualTo(person);
        assertThat(engine.getRuntimeService().getVariable(instance(itemNo).getId(), "handler"))
                .isEqualTo(person);
    }

    private String registered(String unit) {
        Map<String, Object> registration = lifeCycle.registration();
        registration.put("leadUnit", unit);
        String itemNo = lifeCycle.register(registration);
        lifeCycle.complete("reviewer", itemNo, Samples.acceptance());
        return itemNo;
    }

    private String planning(String unit, String by) {
        String itemNo = registered(unit);
        lifeCycle.complete(by, itemNo, Samples.claim(by));
        return itemNo;
    }

    private String open(String code, Tier tier, String parent) {
        change(() -> unitChanges.open(new Unit(code, "测试单位" + code, tier, parent)));
        return code;
    }

    private String add(String id, String unit, Role role) {
        change(() -> changes.addPerson(new Person(id, "测试" + id, unit, Set.of(role)), new Addresses(null, null, null)));
        return id;
    }

    private void move(String unit, String parent, Transfer transfer) {
        change(() -> unitChanges.move(unit, parent, transfer));
    }

    private void close(String unit, Transfer transfer) {
        change(() -> unitChanges.close(unit, transfer));
    }

    private void change(Runnable change) {
        people.as("administrator", change);
    }

    private static Transfer none() {
        return new Transfer(null, null, null);
    }

    private static Succession succession(String successor) {
        return new Succession(successor, "测试调整");
    }

    private static void assertRefused(ThrowingCallable change, String code) {
        assertThatThrownBy(change).isInstanceOf(RefusedException.class).hasMessage(code);
    }

    private long group(String id) {
        return engine.getIdentityService().createGroupQuery().groupId(id).count();
    }

    private long grantsOn(Resource resource, String unit) {
        return engine.getAuthorizationService()
                .createAuthorizationQuery()
                .resourceType(resource)
                .groupIdIn(Role.handlersOf(unit))
                .count();
    }
}
