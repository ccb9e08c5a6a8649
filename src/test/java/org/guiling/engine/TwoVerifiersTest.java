package org.guiling.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.ManagementService;
import org.guiling.People;
import org.guiling.engine.service.Tasks;
import org.guiling.item.Action;
import org.guiling.item.ItemStatus;
import org.guiling.item.access.VisibleItems;
import org.guiling.item.record.FourEyes;
import org.guiling.item.record.ItemRecords;
import org.guiling.item.record.JointFinding;
import org.guiling.item.record.Verification;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineEntry;
import org.guiling.item.todo.ToDos.ToDo;
import org.guiling.organization.Addresses;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.organization.change.OrganizationChanges;
import org.guiling.organization.change.OrganizationChanges.Succession;
import org.guiling.organization.substitution.Substitution;
import org.guiling.organization.substitution.Substitutions;
import org.guiling.refusal.RefusedException;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.SupervisionTask;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** 双人核查: what two find on site counts when both have said so by their own sign-on (DOMAIN.md §1, step 4). */
class TwoVerifiersTest extends ProcessTest {

    private static final String CONFIRM = "confirm-verification";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @Autowired
    Tasks tasks;

    @Autowired
    People people;

    @Autowired
    ItemRecords records;

    @Autowired
    Timeline timeline;

    @Autowired
    FourEyes fourEyes;

    @Autowired
    VisibleItems visibleItems;

    @Autowired
    Organization organization;

    @Autowired
    OrganizationChanges changes;

    @Autowired
    Substitutions substitutions;

    @Autowired
    JdbcClient jdbc;

    TwoVerifiersTest() {
        super(FiveStepZeroing.KEY);
    }

    @Test
    void theItemGoesOnOnceTheSecondHasConfirmedIt() {
        // given what the first found on site
        String itemNo = foundByTheFirst("verifier2");

        // then it waits for the second, who hears of it, by the day on which both have to be done
        LocalDate due = lifeCycle.workingDayFrom(lifeCycle.today().plusDays(10));
        ToDo waiting = lifeCycle.waiting(itemNo);
        assertThat(waiting.taskKey()).isEqualTo(CONFIRM);
        assertThat(waiting.assignee()).isEqualTo("verifier2");
        assertThat(waiting.due().atZone(clock.getZone()).toLocalDate()).isEqualTo(due);
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.VERIFYING);
        assertThat(unread(itemNo)).containsExactly("TASK_WAITING verifier2");
        assertThat(records.verifications(lifeCycle.item(itemNo))).isEmpty();
        assertThat(people.as("verifier", () -> visibleItems.isVisible(itemNo))).isTrue();

        // when
        lifeCycle.complete("verifier2", itemNo, CONFIRM, Samples.secondVerification());

        // then
        assertThat(lifeCycle.waiting(itemNo).taskKey()).isEqualTo("sign-off");
        Verification verification =
                records.verifications(lifeCycle.item(itemNo)).get(0);
        assertThat(verification.verifiers()).containsExactly("verifier", "verifier2");
        assertThat(actions(itemNo)).endsWith("verifier RECORD_FINDING", "verifier2 VERIFY");
        assertThat(lifeCycle.told(itemNo, "verifier")).endsWith("DECIDED");
        // and neither of them judges it afterwards
        for (String verifier : List.of("verifier", "verifier2")) {
            for (Action action : List.of(Action.SIGN_OFF, Action.LOOK_BACK, Action.SPOT_CHECK)) {
                assertThat(fourEyes.conflict(lifeCycle.item(itemNo), action, person(verifier)))
                        .as("%s by %s", action, verifier)
                        .isPresent();
            }
        }
    }

    @Test
    void whatTheSecondDoesNotConfirmIsTheFirstOnesAgain() {
        // given
        String itemNo = foundByTheFirst("verifier2");

        // when
        lifeCycle.complete("verifier2", itemNo, CONFIRM, Samples.refusedVerification());

        // then the first goes on from what they wrote, and reads why
        ToDo back = lifeCycle.waiting(itemNo);
        assertThat(back.taskKey()).isEqualTo("verify");
        assertThat(back.assignee()).isEqualTo("verifier");
        assertThat(back.group()).isEqualTo("verifiers");
        assertThat(unread(itemNo)).containsExactly("DECIDED verifier");
        Map<String, Object> form =
                people.as("verifier", () -> tasks.form(back.taskId()).data());
        assertThat(form)
                .containsEntry("verifyMethod", "ON_SITE")
                .containsEntry("coVerifiers", List.of("verifier2"))
                .containsEntry(
                        "opinion", Samples.verification(lifeCycle.today()).get("opinion"));
        assertThat(form.get("findingFacts").toString()).contains("第三处未看，不能确认。");
        assertThat(actions(itemNo)).endsWith("verifier RECORD_FINDING", "verifier2 REFUSE_FINDING");

        // when the first looks again, with somebody else
        lifeCycle.complete("verifier", itemNo, "verify", verification("verifier3"));
        lifeCycle.complete("verifier3", itemNo, CONFIRM, Samples.secondVerification());

        // then what was refused stays in the record
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.CLOSING);
        assertThat(records.jointFindings(lifeCycle.item(itemNo)))
                .extracting(JointFinding::answer)
                .extracting(JointFinding.Answer::by, JointFinding.Answer::confirmed)
                .containsExactly(tuple("verifier2", false), tuple("verifier3", true));
    }

    @Test
    void theFirstMayFindItOtherwiseAfterwards() {
        String itemNo = foundByTheFirst("verifier2");
        lifeCycle.complete("verifier2", itemNo, CONFIRM, Samples.refusedVerification());

        lifeCycle.complete("verifier", itemNo, Samples.failedVerification(lifeCycle.today(), "第三处未补"));

        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.REWORK);
    }

    @Test
    void nobodyConfirmsTheirOwnFindingNorWhatTheyDidNotSee() {
        String itemNo = foundByTheFirst("verifier2");
        String taskId = lifeCycle.waiting(itemNo).taskId();

        for (String other : List.of("verifier", "verifier3", "handler", "supervisor", "administrator")) {
            assertThatThrownBy(() -> lifeCycle.complete(other, itemNo, CONFIRM, Samples.secondVerification()))
                    .as(other)
                    .isInstanceOf(RefusedException.class);
        }
        Map<String, Object> fromAfar = Samples.secondVerification();
        fromAfar.put("wasThere", false);
        assertThatThrownBy(() -> lifeCycle.complete("verifier2", itemNo, CONFIRM, fromAfar))
                .hasMessageContaining("本人已到现场");

        // when the second gives it back
        people.as("verifier2", () -> engine.getTaskService().setAssignee(taskId, null));

        // then the others hear of it, and the first cannot take it
        assertThat(unread(itemNo)).contains("TASK_WAITING verifier3").doesNotContain("TASK_WAITING verifier");
        assertThatThrownBy(() -> people.as("verifier", () -> tasks.claim(taskId)))
                .isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> lifeCycle.complete("verifier", itemNo, CONFIRM, Samples.secondVerification()))
                .isInstanceOf(RefusedException.class);
        assertThat(lifeCycle.waiting(itemNo).taskKey()).isEqualTo(CONFIRM);
    }

    @Test
    void somebodyElseConfirmsWhenTheSecondLeaves() {
        // given
        String second = "second-" + NUMBER.incrementAndGet();
        Person person = new Person(second, "测试" + second, "leading-group-office", Set.of(Role.VERIFIER));
        people.as("administrator", () -> changes.addPerson(person, new Addresses(null, null, null)));
        String itemNo = foundByTheFirst(second);

        // when
        people.as("administrator", () -> changes.removePerson(second, new Succession(null, "离职")));

        // then it waits for any of the verifiers but the first
        assertThat(lifeCycle.waiting(itemNo).assignee()).isNull();
        assertThat(unread(itemNo)).contains("TASK_WAITING verifier2", "TASK_WAITING verifier3");
        lifeCycle.complete("verifier3", itemNo, CONFIRM, Samples.secondVerification());
        assertThat(records.verifications(lifeCycle.item(itemNo)).get(0).verifiers())
                .startsWith("verifier", "verifier3");
    }

    /** Whoever acts for the second is the first, who does not confirm their own finding. */
    @Test
    void somebodyElseConfirmsWhenTheSecondIsAbsentAndTheFirstActsForThem() {
        String before = foundByTheFirst("verifier2");
        Substitution substitution = people.as(
                "administrator",
                () -> substitutions.plan("verifier2", "verifier", lifeCycle.today(), lifeCycle.today()));
        try {
            for (String itemNo : List.of(before, foundByTheFirst("verifier2"))) {
                assertThat(lifeCycle.waiting(itemNo).assignee()).isNull();
                assertThat(unread(itemNo))
                        .contains("TASK_WAITING verifier3")
                        .doesNotContain("TASK_WAITING verifier", "TASK_WAITING verifier2");
                lifeCycle.complete("verifier3", itemNo, CONFIRM, Samples.secondVerification());
            }
        } finally {
            people.as("administrator", () -> substitutions.end(substitution.id()));
        }
    }

    @Test
    void theLadderUrgesWhoeverDoesNotAnswer() {
        String itemNo = foundByTheFirst("verifier2");
        clock.set(lifeCycle.workingDayAfter(
                lifeCycle.waiting(itemNo).due().atZone(clock.getZone()).toLocalDate(), 1));

        ManagementService management = engine.getManagementService();
        management.executeJob(management
                .createJobQuery()
                .processInstanceId(engine.getRuntimeService()
                        .createProcessInstanceQuery()
                        .processDefinitionKey(SupervisionTask.KEY)
                        .processInstanceBusinessKey(itemNo)
                        .singleResult()
                        .getId())
                .timers()
                .list()
                .get(0)
                .getId());

        assertThat(unread(itemNo)).contains("URGED verifier2").doesNotContain("URGED verifier");
    }

    @Test
    void whatOneMayVerifyAloneNeedsNoSecondNorDoesWhatIsReturned() {
        String small = lifeCycle.itemAt(ItemStatus.VERIFYING);
        lifeCycle.complete("verifier", small, Samples.verification(lifeCycle.today()));
        assertThat(lifeCycle.item(small).status()).isEqualTo(ItemStatus.CLOSING);

        String larger = lifeCycle.itemAt(ItemStatus.VERIFYING, Map.of("level", "2"));
        lifeCycle.complete("verifier", larger, Samples.failedVerification(lifeCycle.today(), "第二处未补"));
        assertThat(lifeCycle.item(larger).status()).isEqualTo(ItemStatus.REWORK);
    }

    @Test
    void falsifiedWorkIsConfirmedByNobody() {
        String itemNo = foundByTheFirst("verifier2");

        lifeCycle.findFalsified(itemNo, lifeCycle.workingDays(6));

        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.REWORK);
        assertThat(lifeCycle.waiting(itemNo).taskKey()).isEqualTo("rectify");
        // and the next round is verified by both again
        lifeCycle.moveTo(ItemStatus.VERIFYING, itemNo);
        assertThat(lifeCycle.waiting(itemNo).assignee()).isNull();
        lifeCycle.complete("verifier", itemNo, Samples.verification(lifeCycle.today()));
        lifeCycle.complete("verifier2", itemNo, CONFIRM, Samples.secondVerification());
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.CLOSING);
    }

    private String foundByTheFirst(String second) {
        String itemNo = lifeCycle.itemAt(ItemStatus.VERIFYING, Map.of("level", "2"));
        lifeCycle.complete("verifier", itemNo, "verify", verification(second));
        return itemNo;
    }

    private Map<String, Object> verification(String second) {
        Map<String, Object> fields = Samples.verification(lifeCycle.today());
        fields.put("coVerifiers", List.of(second));
        return fields;
    }

    private Person person(String id) {
        return organization.person(id).orElseThrow();
    }

    private List<String> actions(String itemNo) {
        return timeline.of(lifeCycle.item(itemNo)).stream()
                .filter(entry -> entry.action() != Action.NOTIFIED && entry.action() != Action.REFUSED)
                .map(TwoVerifiersTest::action)
                .toList();
    }

    private static String action(TimelineEntry entry) {
        return entry.actor() + " " + entry.action();
    }

    private List<String> unread(String itemNo) {
        return jdbc.sql("""
                        select kind || ' ' || person from notice where item_no = ? and read_at is null
                          and kind in ('TASK_WAITING', 'DECIDED', 'URGED')
                          and person like any (array['verifier%', 'second%']) order by id""").param(itemNo).query(String.class).list();
    }
}
