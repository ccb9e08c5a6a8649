package org.guiling.engine.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.guiling.engine.Samples.fields;

import java.time.LocalDate;
import java.util.List;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.guiling.GuilingTest;
import org.guiling.TestClock;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.item.ItemStatus;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineEntry;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.workflow.LookBack;
import org.guiling.workflow.RequestProcess;
import org.guiling.workflow.SupervisionTask;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Look-backs, visits, decisions on cards and on reopenings are watched like items. */
@GuilingTest
class TaskWatchTest {

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    TaskWatch watch;

    @Autowired
    Organization organization;

    @Autowired
    Timeline timeline;

    @Autowired
    ProcessEngine engine;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestClock clock;

    @Test
    void aLookBackClimbsFromItsReminderToTheSuperiorsOfWhoeverMayLook() {
        // given a look-back whose day has come
        String itemNo = lookBackWaits();
        LocalDate due = dueOf(itemNo, "look-back-check");

        // when nothing is due yet
        watch.look();
        assertThat(told(itemNo)).isEmpty();

        // then the one who may look is reminded, once
        on(due, -1);
        watch.look();
        assertThat(told(itemNo)).containsExactly("REMINDER verifier3");

        // and urged, once it is late
        on(due, 1);
        assertThat(told(itemNo)).containsExactly("REMINDER verifier3", "URGED verifier3");

        // and those above hear of it
        on(due, 3);
        assertThat(told(itemNo)).containsExactly("REMINDER verifier3", "URGED verifier3", "REPORTED supervisor");
        assertThat(timeline.of(lifeCycle.item(itemNo)))
                .extracting(TimelineEntry::notice)
                .contains(new TimelineEntry.Notice("REPORTED", List.of("supervisor")));

        // when it is done
        lifeCycle.complete("verifier3", itemNo, "look-back-check", Samples.confirmation(lifeCycle.today()));
        on(due, 8);

        // then nobody hears any more
        assertThat(told(itemNo)).hasSize(3);
    }

    @Test
    void aProposalOfACardIsWatchedAndStaysWhileItIs() {
        // given
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        lifeCycle.climbToCard(itemNo);
        LocalDate due = dueOf(itemNo, "decide-on-card");
        String proposed = lifeCycle.waiting(itemNo, "decide-on-card").taskId();
        int before = told(itemNo).size();

        // when
        on(due, 1);
        on(due, 3);

        // then whoever decides was urged, those above them heard, and the proposal waits still
        assertThat(told(itemNo).subList(before, told(itemNo).size()))
                .containsExactly("URGED supervisor", "REPORTED leader");
        assertThat(lifeCycle.waiting(itemNo, "decide-on-card").taskId()).isEqualTo(proposed);
    }

    @Test
    void aReopeningIsWatchedThoughTheItemIsClosed() {
        String itemNo = lifeCycle.itemAt(ItemStatus.CLOSED);
        lifeCycle.raise(
                "registrar",
                RequestProcess.REOPENING,
                itemNo,
                Samples.reopening(lifeCycle.workingDayFrom(lifeCycle.today().plusDays(40))));
        List<String> decide = lifeCycle.waiting(itemNo, "decide-on-reopening").group() == null
                ? List.of()
                : organization
                        .peopleOf(
                                lifeCycle.waiting(itemNo, "decide-on-reopening").group())
                        .stream()
                        .map(Person::id)
                        .toList();
        LocalDate due = dueOf(itemNo, "decide-on-reopening");

        on(due, 1);

        assertThat(told(itemNo))
                .isNotEmpty()
                .isEqualTo(decide.stream().map(id -> "URGED " + id).toList());
        lifeCycle.complete(
                decide.get(0), itemNo, "decide-on-reopening", fields("decision", "REFUSE", "opinion", "并未反弹。"));
    }

    @Test
    void aRequestAtAnOpenItemIsReportedByTheItemsOwnSupervision() {
        // given an item whose own date is far away, and a request that nobody decides on
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        lifeCycle.raise(
                "registrar",
                RequestProcess.WITHDRAWAL,
                itemNo,
                fields("kind", "CANCELLATION", "ground", "DUPLICATE", "reason", "与另一事项重复。"));
        LocalDate due = dueOf(itemNo, "decide-on-withdrawal");

        // when its supervision looks on the days that it waits for
        LocalDate until = lifeCycle.workingDayAfter(due, 3);
        while (!lifeCycle.item(itemNo).nextLook().isAfter(until)) {
            clock.set(lifeCycle.item(itemNo).nextLook());
            executeTimer(SupervisionTask.KEY, itemNo);
        }

        // then
        assertThat(told(itemNo)).contains("REMINDER supervisor", "URGED supervisor", "REPORTED leader");
        watch.look();
        assertThat(told(itemNo).stream().filter("REPORTED leader"::equals)).hasSize(1);
    }

    private String lookBackWaits() {
        String itemNo = lifeCycle.itemAt(ItemStatus.CLOSED);
        clock.set(lifeCycle.item(itemNo).outcome().lookBackOn());
        executeTimer(LookBack.KEY, itemNo);
        return itemNo;
    }

    private void executeTimer(String process, String itemNo) {
        ManagementService management = engine.getManagementService();
        String instance = engine.getRuntimeService()
                .createProcessInstanceQuery()
                .processDefinitionKey(process)
                .processInstanceBusinessKey(itemNo)
                .singleResult()
                .getId();
        management.executeJob(management
                .createJobQuery()
                .processInstanceId(instance)
                .timers()
                .singleResult()
                .getId());
    }

    private LocalDate dueOf(String itemNo, String taskKey) {
        return lifeCycle.waiting(itemNo, taskKey).due().atZone(clock.getZone()).toLocalDate();
    }

    private void on(LocalDate due, int workingDays) {
        clock.set(
                workingDays < 0
                        ? lifeCycle.workingDayBefore(due, -workingDays)
                        : lifeCycle.workingDayAfter(due, workingDays));
        watch.look();
    }

    private List<String> told(String itemNo) {
        return jdbc.sql("""
                        select kind || ' ' || person from notice
                        where item_no = ? and kind in ('REMINDER', 'URGED', 'REPORTED') order by id""").param(itemNo).query(String.class).list();
    }
}
