package org.guiling.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.guiling.engine.Samples.fields;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.guiling.GuilingTest;
import org.guiling.TestClock;
import org.guiling.engine.form.ItemFacts;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.timeline.DueChange;
import org.guiling.item.timeline.RefusedAttempt;
import org.guiling.item.timeline.RefusedAttempts;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineEntry;
import org.guiling.refusal.Problem;
import org.guiling.workflow.RequestProcess;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Tests the lines of the timeline (时间线): every change of a date with its reason, every notice, every refusal once. */
@GuilingTest
class TimelineTest {

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    Timeline timeline;

    @Autowired
    RefusedAttempts refusedAttempts;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ItemFacts itemFacts;

    @Autowired
    TestClock clock;

    @Test
    void aClaimAfterItsLimitIsMarked() {
        // given two items that wait for their claim until the same day
        String inTime = lifeCycle.itemAt(ItemStatus.DISPATCHED);
        String late = lifeCycle.itemAt(ItemStatus.DISPATCHED);
        LocalDate last = lifeCycle.waiting(late).due().atZone(clock.getZone()).toLocalDate();

        // when one is claimed on its last day and the other on the next
        clock.set(last);
        lifeCycle.complete("handler", inTime, Samples.claim("handler"));
        clock.set(last.plusDays(1));
        lifeCycle.complete("handler", late, Samples.claim("handler"));

        // then the history says so of the later one, and so do the item's facts
        assertThat(only(inTime, Action.CLAIM).note()).isEqualTo("handler");
        assertThat(only(late, Action.CLAIM).note()).isEqualTo("handler " + last);
        assertThat(facts(inTime)).doesNotContain("认领超期");
        assertThat(facts(late)).contains("认领超期", last.plusDays(1) + " 认领，最后一日是 " + last);
    }

    private String facts(String itemNo) {
        return itemFacts.of(item(itemNo), null, null).toString();
    }

    @Test
    void thePlansApprovalSetsTheDateAndAReworkMovesIt() {
        // given an item whose plan was approved
        String itemNo = lifeCycle.itemAt(ItemStatus.VERIFYING);
        LocalDate planned = lifeCycle.workingDayFrom(lifeCycle.today().plusDays(30));

        // then the approval says from when on it has a date, and on what that rests
        TimelineEntry approval = only(itemNo, Action.APPROVE_PLAN);
        assertThat(approval.due().from()).isNull();
        assertThat(approval.due().to()).isEqualTo(planned);
        assertThat(approval.due().basis()).isEqualTo(item(itemNo).dueBasis()).isNotBlank();
        assertThat(of(itemNo)).filteredOn(entry -> entry.due() != null).hasSize(1);

        // when it is returned for rework
        LocalDate again = lifeCycle.workingDayFrom(lifeCycle.today().plusDays(15));
        lifeCycle.complete("verifier", itemNo, Samples.failedVerification(lifeCycle.today(), "第二处井盖松动"));

        // then the verification says which date replaced which, and why
        TimelineEntry verification = only(itemNo, Action.VERIFY);
        assertThat(verification.due()).isEqualTo(new DueChange(planned, again, null));
        assertThat(verification.note()).isEqualTo("FAIL");
        assertThat(verification.reason()).isEqualTo("现场查看，三处井盖均已安装牢固。");
        // and the handler was told in the same breath
        assertThat(last(itemNo).action()).isEqualTo(Action.NOTIFIED);
        assertThat(last(itemNo).notice()).isEqualTo(new TimelineEntry.Notice("RETURNED", List.of("handler")));
    }

    @Test
    void aDateFromTheSourceIsThereFromTheFirstDayAndAnAmendmentMovesIt() {
        // given an item with a date of its source
        LocalDate due = lifeCycle.today().plusDays(20);
        Map<String, Object> facts = lifeCycle.registration();
        facts.put("originalDue", due.toString());
        facts.put("dueBasis", "测试〔2026〕8号");
        String itemNo = lifeCycle.register(facts);
        assertThat(only(itemNo, Action.REGISTER).due()).isEqualTo(new DueChange(null, due, "测试〔2026〕8号"));

        // when the registration is returned and amended with another date
        lifeCycle.complete(
                "reviewer", itemNo, fields("duplicateAnswer", "NONE", "decision", "RETURN", "opinion", "期限与来源不符。"));
        facts.put("originalDue", due.plusDays(5).toString());
        lifeCycle.complete("registrar", itemNo, facts);

        // then both dates are told, and why it was returned
        assertThat(only(itemNo, Action.REVIEW_REGISTRATION).reason()).isEqualTo("期限与来源不符。");
        assertThat(only(itemNo, Action.AMEND).due()).isEqualTo(new DueChange(due, due.plusDays(5), "测试〔2026〕8号"));
    }

    @Test
    void anExtensionSaysFromWhenToWhenAndWhy() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        LocalDate due = item(itemNo).currentDue();
        lifeCycle.raise("handler", RequestProcess.EXTENSION, itemNo, Samples.extension(due.plusDays(9)));
        lifeCycle.complete("leader", itemNo, "decide-on-extension", fields("decision", "APPROVE"));

        TimelineEntry extension = only(itemNo, Action.EXTEND);
        assertThat(extension.due())
                .isEqualTo(new DueChange(
                        due,
                        lifeCycle.workingDayFrom(due.plusDays(9)),
                        item(itemNo).dueBasis()));
        assertThat(extension.reason()).isEqualTo("材料到货推迟，井盖需定制。");
        assertThat(only(itemNo, Action.REQUEST).reason()).isEqualTo("材料到货推迟，井盖需定制。");
        assertThat(last(itemNo).notice()).isEqualTo(new TimelineEntry.Notice("DECIDED", List.of("handler")));
        assertThat(last(itemNo).actor()).isEqualTo("leader");
    }

    @Test
    void aSuspensionMovesTheItemsDateAndThatOfTheTaskThatWaits() {
        // given an item that is suspended while its verification waits
        String itemNo = lifeCycle.itemAt(ItemStatus.VERIFYING);
        LocalDate due = item(itemNo).currentDue();
        LocalDate verifyBy = day(lifeCycle.waiting(itemNo));
        lifeCycle.raise(
                "handler",
                RequestProcess.SUSPENSION,
                itemNo,
                Samples.suspension(lifeCycle.today().plusDays(30)));
        lifeCycle.complete("supervisor", itemNo, "decide-on-suspension", fields("decision", "APPROVE"));
        assertThat(only(itemNo, Action.SUSPEND).reason()).isEqualTo("行政复议〔2026〕12号已受理。");
        assertThat(only(itemNo, Action.SUSPEND).due()).isNull();

        // when it is taken up again after ten days
        clock.advance(Duration.ofDays(10));
        lifeCycle.complete("supervisor", itemNo, "resume-item", fields("opinion", "复议已撤回。"));

        // then both dates are told, the one why and the other whose
        TimelineEntry resumption = only(itemNo, Action.RESUME);
        assertThat(resumption.due())
                .isEqualTo(new DueChange(
                        due,
                        lifeCycle.workingDayFrom(due.plusDays(10)),
                        item(itemNo).dueBasis()));
        assertThat(resumption.reason()).isEqualTo("复议已撤回。");
        assertThat(resumption.note()).isEqualTo("10");
        TimelineEntry task = only(itemNo, Action.DUE_MOVED);
        assertThat(task.task()).isEqualTo("verify");
        assertThat(task.due())
                .isEqualTo(new DueChange(verifyBy, lifeCycle.workingDayFrom(verifyBy.plusDays(10)), null));
    }

    @Test
    void aMergerSaysWhoseEarlierDateWins() {
        // given two items about the same fact
        String target = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        LocalDate before = item(target).currentDue();
        LocalDate earlier = lifeCycle.today().plusDays(12);
        Map<String, Object> facts = lifeCycle.registration();
        facts.put("originalDue", earlier.toString());
        facts.put("dueBasis", "测试〔2026〕88号");
        String merged = lifeCycle.register(facts);
        lifeCycle.moveTo(ItemStatus.PLANNING, merged);

        // when the one with the earlier date is merged into the other
        lifeCycle.raise(
                "handler",
                RequestProcess.WITHDRAWAL,
                merged,
                fields("kind", "MERGER", "targetNo", target, "reason", "同一处井盖。"));
        lifeCycle.complete("supervisor", merged, "decide-on-withdrawal", fields("decision", "APPROVE"));

        // then the other's timeline says why its date is another one, and its task waits until then
        TimelineEntry merger = only(target, Action.MERGE);
        assertThat(merger.due()).isEqualTo(new DueChange(before, earlier, "测试〔2026〕88号"));
        assertThat(merger.reason()).isEqualTo("同一处井盖。");
        assertThat(day(lifeCycle.waiting(target))).isEqualTo(earlier);
        assertThat(only(merged, Action.MERGE).due()).isNull();
    }

    @Test
    void aReopenedItemHasADateAgain() {
        String itemNo = lifeCycle.itemAt(ItemStatus.CLOSED);
        LocalDate before = item(itemNo).currentDue();
        LocalDate due = lifeCycle.workingDayFrom(lifeCycle.today().plusDays(15));
        lifeCycle.raise("registrar", RequestProcess.REOPENING, itemNo, Samples.reopening(due));
        lifeCycle.complete("supervisor", itemNo, "decide-on-reopening", fields("decision", "APPROVE"));

        assertThat(only(itemNo, Action.REOPEN).due()).isEqualTo(new DueChange(before, due, null));
        assertThat(only(itemNo, Action.REOPEN).reason()).isEqualTo("原处井盖再次缺失一处。");
    }

    @Test
    void theStraightWayHasALineForEachStepAndNoMore() {
        String itemNo = lifeCycle.itemAt(ItemStatus.CLOSED);

        assertThat(of(itemNo))
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
    void theSameRefusalIsOneLineForAWhile() {
        // given a client that is refused the same again and again, with other arguments each time
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        IntStream.range(0, 5).forEach(i -> refusedAttempts.append(refused(itemNo, "handler", "cap", i)));
        assertThat(refusals(itemNo)).hasSize(1);

        // when somebody else, or another rule, or a later hour refuses
        refusedAttempts.append(refused(itemNo, "supervisor", "cap", 1));
        refusedAttempts.append(refused(itemNo, "handler", "used", 1));
        clock.advance(Duration.ofMinutes(11));
        refusedAttempts.append(refused(itemNo, "handler", "cap", 1));

        // then each of these is a line of its own
        assertThat(refusals(itemNo))
                .extracting(entry ->
                        entry.actor() + " " + entry.refusal().problems().get(0).code())
                .containsExactly("handler cap", "supervisor cap", "handler used", "handler cap");
    }

    @Test
    void equalRefusalsAtTheSameMomentAreOneLine() throws Exception {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        ExecutorService clients = Executors.newFixedThreadPool(8);
        CountDownLatch start = new CountDownLatch(1);
        try {
            var tries = IntStream.range(0, 24)
                    .mapToObj(i -> clients.submit(() -> {
                        start.await();
                        refusedAttempts.append(refused(itemNo, "handler", "cap", i));
                        return null;
                    }))
                    .toList();
            start.countDown();
            for (var attempt : tries) {
                attempt.get();
            }
        } finally {
            clients.shutdownNow();
        }

        assertThat(refusals(itemNo)).hasSize(1);
    }

    @Test
    void aRefusalIsWrittenAfterWhoeverWorksOnTheItemAndGivesUpOnALockedOne() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);

        // given somebody's transaction that has changed the item and ends soon: a refusal comes after it
        CompletableFuture<Void> appended = transaction.execute(open -> {
            jdbc.sql("update item set round = round where item_no = ?")
                    .param(itemNo)
                    .update();
            return CompletableFuture.runAsync(() -> refusedAttempts.append(refused(itemNo, "handler", "cap", 1)));
        });
        assertThat(appended).succeedsWithin(Duration.ofMinutes(1));
        assertThat(refusals(itemNo)).hasSize(1);

        // when the row is locked against everything, it gives up and does not hang
        transaction.executeWithoutResult(open -> {
            jdbc.sql("select id from item where item_no = ? for update")
                    .param(itemNo)
                    .query(Long.class)
                    .single();
            assertThatThrownBy(() -> refusedAttempts.append(refused(itemNo, "handler", "used", 1)))
                    .isInstanceOf(DataAccessException.class);
        });
        assertThat(refusals(itemNo)).hasSize(1);
    }

    @Test
    void anUnknownItemHasNoTimeline() {
        long before = jdbc.sql("select count(*) from timeline where action = 'REFUSED'")
                .query(Long.class)
                .single();

        refusedAttempts.append(refused("ZG-2026-999999", "handler", "cap", 1));

        assertThat(jdbc.sql("select count(*) from timeline where action = 'REFUSED'")
                        .query(Long.class)
                        .single())
                .isEqualTo(before);
    }

    private static RefusedAttempt refused(String itemNo, String person, String code, Object argument) {
        return new RefusedAttempt(
                itemNo, person, Action.REQUEST, "deadline-extension", List.of(Problem.of("newDue", code, argument)));
    }

    private LocalDate day(org.guiling.item.todo.ToDos.ToDo toDo) {
        return toDo.due().atZone(clock.getZone()).toLocalDate();
    }

    private Item item(String itemNo) {
        return lifeCycle.item(itemNo);
    }

    private List<TimelineEntry> of(String itemNo) {
        return timeline.of(item(itemNo));
    }

    private List<TimelineEntry> refusals(String itemNo) {
        return of(itemNo).stream()
                .filter(entry -> entry.action() == Action.REFUSED)
                .toList();
    }

    private TimelineEntry last(String itemNo) {
        List<TimelineEntry> all = of(itemNo);
        return all.get(all.size() - 1);
    }

    private TimelineEntry only(String itemNo, Action action) {
        return of(itemNo).stream()
                .filter(entry -> entry.action() == action)
                .reduce((one, other) -> {
                    throw new AssertionError(action + " twice");
                })
                .orElseThrow();
    }
}
