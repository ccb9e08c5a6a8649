package org.guiling.engine.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.guiling.engine.Samples.fields;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.guiling.GuilingTest;
import org.guiling.People;
import org.guiling.TestClock;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.engine.service.Tasks;
import org.guiling.item.ItemStatus;
import org.guiling.notification.Inbox;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.organization.Unit;
import org.guiling.workflow.LookBack;
import org.guiling.workflow.RequestProcess;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Nothing arrives in silence: whoever a task waits for hears of it when it comes. */
@GuilingTest
class TaskArrivalsTest {

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    People people;

    @Autowired
    Tasks tasks;

    @Autowired
    ProcessEngine engine;

    @Autowired
    Organization organization;

    @Autowired
    Inbox inbox;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestClock clock;

    @Test
    void eachStepIsToldToThoseWhoMayDoIt() {
        // given
        String itemNo = lifeCycle.register(lifeCycle.registration());

        // then
        assertThat(waiting(itemNo)).containsExactlyElementsOf(of("reviewers"));
        assertThat(waiting(itemNo)).contains("reviewer").doesNotContain("registrar");

        // when it goes on
        lifeCycle.complete("reviewer", itemNo, Samples.acceptance());

        // then what waited is read, and the next ones hear of it
        assertThat(waiting(itemNo)).containsExactlyElementsOf(of(Role.handlersOf(Samples.CITY_UNIT)));

        // when the handler goes on with what is theirs
        lifeCycle.complete("handler", itemNo, Samples.claim("handler"));

        // then nobody tells them what they did
        assertThat(waiting(itemNo)).isEmpty();

        lifeCycle.complete("handler", itemNo, Samples.plan(lifeCycle.today()));
        assertThat(waiting(itemNo)).containsExactlyElementsOf(of("supervisors"));

        // when the plan comes back
        lifeCycle.complete("supervisor", itemNo, fields("decision", "RETURN", "opinion", "缺少时限。"));

        // then the handler hears of it
        assertThat(waiting(itemNo)).containsExactly("handler");
    }

    @Test
    void whatOneTakesWaitsForTheOthersNoLongerUntilItIsGivenBack() {
        String itemNo = lifeCycle.itemAt(ItemStatus.VERIFYING);
        List<String> verifiers = waiting(itemNo);
        assertThat(verifiers).contains("verifier", "verifier2").doesNotContain("handler", "supervisor");
        String taskId = lifeCycle.waiting(itemNo).taskId();

        people.as("verifier", () -> tasks.claim(taskId));
        assertThat(waiting(itemNo)).containsExactly("verifier");

        people.as("verifier", () -> engine.getTaskService().setAssignee(taskId, null));
        assertThat(waiting(itemNo)).containsExactlyElementsOf(verifiers);
    }

    @Test
    void whoHeardThatItCameBackIsNotToldTwice() {
        String itemNo = lifeCycle.itemAt(ItemStatus.VERIFYING);

        lifeCycle.complete("verifier", itemNo, Samples.failedVerification(lifeCycle.today(), "第二处井盖松动"));

        // the claim, the rectification, and the return
        assertThat(lifeCycle.told(itemNo, "handler")).containsExactly("TASK_WAITING", "TASK_WAITING", "RETURNED");
        assertThat(waiting(itemNo)).isEmpty();
    }

    @Test
    void aRequestIsToldToWhoeverDecidesAndAReopeningToWhoeverSignedAndToTheHandler() {
        // given
        String itemNo = lifeCycle.itemAt(ItemStatus.CLOSED);
        int before = lifeCycle.told(itemNo, "handler").size();

        // when somebody asks for another round
        lifeCycle.raise(
                "registrar",
                RequestProcess.REOPENING,
                itemNo,
                Samples.reopening(lifeCycle.workingDayFrom(lifeCycle.today().plusDays(20))));

        // then those who decide hear of it
        String decides = lifeCycle.waiting(itemNo, "decide-on-reopening").group();
        assertThat(waiting(itemNo)).isNotEmpty().containsExactlyElementsOf(of(decides));
        String decider = waiting(itemNo).get(0);

        // when it is granted
        lifeCycle.complete(decider, itemNo, "decide-on-reopening", fields("decision", "APPROVE"));

        // then
        assertThat(lifeCycle.told(itemNo, "supervisor").contains("REOPENED")).isEqualTo(!decider.equals("supervisor"));
        assertThat(lifeCycle.told(itemNo, "handler")).hasSize(before + 1).endsWith("REOPENED");
        assertThat(waiting(itemNo)).isEmpty();
    }

    @Test
    void aProposedCardIsToldToThoseWhoDecideOnIt() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);

        lifeCycle.climbToCard(itemNo);

        assertThat(waiting(itemNo)).containsExactly("handler", "supervisor");
        assertThat(lifeCycle.told(itemNo, "supervisor")).endsWith("TASK_WAITING");
    }

    @Test
    void aLookBackIsToldToThoseWhoMayLookAndWhatItFindsToWhoeverSigned() {
        String itemNo = lifeCycle.itemAt(ItemStatus.CLOSED);
        clock.set(lifeCycle.item(itemNo).outcome().lookBackOn());
        ManagementService management = engine.getManagementService();
        management.executeJob(management
                .createJobQuery()
                .processInstanceId(engine.getRuntimeService()
                        .createProcessInstanceQuery()
                        .processDefinitionKey(LookBack.KEY)
                        .processInstanceBusinessKey(itemNo)
                        .singleResult()
                        .getId())
                .singleResult()
                .getId());

        // whoever verified it may not look
        assertThat(waiting(itemNo)).containsExactly("verifier3");

        lifeCycle.complete("verifier3", itemNo, "look-back-check", Samples.rebound(lifeCycle.today()));

        assertThat(lifeCycle.told(itemNo, "supervisor")).endsWith("REOPENED");
        assertThat(lifeCycle.told(itemNo, "handler")).endsWith("REOPENED");
        assertThat(waiting(itemNo)).isEmpty();
    }

    @Test
    void theSuperiorHearsOfWhatWaitsForAUnitWithoutAHandler() {
        String unit = organization.units().stream()
                .filter(each -> each.isOpen() && each.code().endsWith("-bureau"))
                .map(Unit::code)
                .filter(code -> organization.people(code, Role.HANDLER).isEmpty()
                        && organization.people(code, Role.UNIT_LEADER).isEmpty())
                .findFirst()
                .orElseThrow();

        String itemNo = lifeCycle.itemAt(ItemStatus.DISPATCHED, Map.of("leadUnit", unit));

        assertThat(waiting(itemNo)).isNotEmpty().containsExactlyElementsOf(of("supervisors"));
    }

    @Test
    void tasksThatOneStepMakesWaitForSomebodyAreOneNotice() {
        // given what was told before
        String alone = lifeCycle.register(lifeCycle.registration());

        // when one step makes several tasks wait for the same people
        List<String> itemNos = new ArrayList<>();
        transaction.executeWithoutResult(status -> {
            for (int i = 0; i < 40; i++) {
                itemNos.add(lifeCycle.register(lifeCycle.registration()));
            }
        });

        // then each of the tasks was told, and they are one notice in the application, as what came before is
        assertThat(itemNos).allSatisfy(itemNo -> assertThat(waiting(itemNo)).contains("reviewer"));
        List<Inbox.Bundle> shown = inbox.bundles("reviewer", 0, 2);
        assertThat(shown)
                .extracting(Inbox.Bundle::told, Inbox.Bundle::unread)
                .containsExactly(tuple(40, 40), tuple(1, 1));
        assertThat(shown.get(1).shown().itemNo()).isEqualTo(alone);
        assertThat(inbox.unreadBundles("reviewer", 2))
                .extracting(Inbox.Bundle::told, Inbox.Bundle::unread)
                .containsExactly(tuple(40, 40), tuple(1, 1));
        long first = shown.get(0).shown().id();
        assertThat(inbox.countTogether("reviewer", first)).isEqualTo(40);
        assertThat(inbox.together("reviewer", first, 0, 100))
                .extracting(Inbox.Entry::itemNo)
                .containsExactlyElementsOf(itemNos);
        assertThat(inbox.countTogether("handler", first)).isZero();

        // when one of them is done
        lifeCycle.complete("reviewer", itemNos.get(0), Samples.acceptance());

        // then the others wait still
        assertThat(inbox.bundles("reviewer", 0, 1)).singleElement().satisfies(bundle -> assertThat(
                        List.of(bundle.told(), bundle.unread()))
                .containsExactly(40, 39));

        // and whoever has read of one has read of all
        long before = inbox.unreadBundleCount("reviewer");
        inbox.markBundleRead("reviewer", first);
        assertThat(inbox.unreadBundleCount("reviewer")).isEqualTo(before - 1);
        assertThat(itemNos).allSatisfy(itemNo -> assertThat(waiting(itemNo)).doesNotContain("reviewer"));
        assertThat(waiting(alone)).contains("reviewer");
    }

    private List<String> of(String group) {
        return organization.peopleOf(group).stream().map(Person::id).sorted().toList();
    }

    /** The people who have an unread notice that a task of the item waits. */
    private List<String> waiting(String itemNo) {
        return jdbc.sql("""
                        select person from notice where item_no = ? and kind = 'TASK_WAITING' and read_at is null
                        order by person collate "C\"""").param(itemNo).query(String.class).list();
    }
}
