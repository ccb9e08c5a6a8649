package org.guiling.engine.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.guiling.engine.Samples.fields;

import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests;
import org.guiling.calendar.WorkingCalendars;
import org.guiling.engine.ModelCoverage;
import org.guiling.engine.ProcessTest;
import org.guiling.engine.Samples;
import org.guiling.item.Action;
import org.guiling.item.ItemStatus;
import org.guiling.item.Items;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineEntry;
import org.guiling.notification.NoticeKind;
import org.guiling.refusal.RefusedException;
import org.guiling.supervision.Card;
import org.guiling.supervision.CardState;
import org.guiling.supervision.Cards;
import org.guiling.supervision.Cause;
import org.guiling.supervision.Rung;
import org.guiling.workflow.RequestProcess;
import org.guiling.workflow.SupervisionTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every path of {@code supervision.bpmn}. */
class SupervisionTest extends ProcessTest {

    @Autowired
    Cards cards;

    @Autowired
    Items items;

    @Autowired
    Supervision supervision;

    @Autowired
    Timeline timeline;

    @Autowired
    WorkingCalendars calendars;

    @Autowired
    JdbcClient jdbc;

    SupervisionTest() {
        super(SupervisionTask.KEY);
    }

    @BeforeEach
    void monday() {
        clock.set(MONDAY);
    }

    @AfterAll
    static void everyElementOfTheModelWasPassed(@Autowired ModelCoverage coverage) {
        assertThat(coverage.missing(SupervisionTask.KEY)).isEmpty();
    }

    @Test
    void beforeItsDateAnItemIsRemindedOfThreeTimes() {
        // given an item to be rectified by Wednesday 1 April
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        LocalDate due = lifeCycle.item(itemNo).currentDue();
        assertThat(due).isEqualTo(LocalDate.of(2026, 4, 1));

        // when the days come, one timer at a time, then the handler hears of it seven, three and one working days
        // before
        looksNextOn(itemNo, LocalDate.of(2026, 3, 3));
        for (LocalDate day : List.of(LocalDate.of(2026, 3, 23), LocalDate.of(2026, 3, 27), LocalDate.of(2026, 3, 31))) {
            climbUntil(itemNo, day);
            assertThat(lifeCycle.told(itemNo)).endsWith(tuple(NoticeKind.REMINDER, "handler"));
        }
        assertThat(lifeCycle.told(itemNo)).hasSize(3);

        // and on the working day after its date they are urged
        climbUntil(itemNo, LocalDate.of(2026, 4, 2));
        assertThat(lifeCycle.told(itemNo)).hasSize(4).endsWith(tuple(NoticeKind.URGED, "handler"));
        BpmnAwareTests.assertThat(instance(itemNo))
                .hasPassed("climb-ladder")
                .hasNotPassed("decide-on-card")
                .isWaitingAt("watching");
    }

    @Test
    void aCardIsProposedAPersonIssuesItAndTheUnitHearsOfIt() {
        // given an item three working days late
        String itemNo = itemWithProposedCard();
        assertWaiting(itemNo, "decide-on-card", "supervisors", null, lifeCycle.workingDays(2));
        BpmnAwareTests.assertThat(BpmnAwareTests.task("decide-on-card", instance(itemNo)))
                .hasName("发牌决定：黄牌");
        assertThat(lifeCycle.told(itemNo)).doesNotContain(tuple(NoticeKind.YELLOW_CARD, "handler"));
        BpmnAwareTests.assertThat(instance(itemNo))
                .variables()
                .containsOnlyKeys("itemNo", "title", "unitName", "leadUnit");

        // when a supervisor issues it
        lifeCycle.complete("supervisor", itemNo, "decide-on-card", fields("decision", "ISSUE"));

        // then the handler hears of it, and the supervisor has 24 hours to take it back
        assertThat(lifeCycle.told(itemNo)).endsWith(tuple(NoticeKind.YELLOW_CARD, "handler"));
        var undo = lifeCycle.waiting(itemNo, "take-back-card");
        assertThat(undo.assignee()).isEqualTo("supervisor");
        assertThat(undo.due()).isCloseTo(clock.instant().plus(Duration.ofHours(24)), within(5));
        assertThat(timers(itemNo)).singleElement().satisfies(timer -> assertThat(
                        timer.getDuedate().toInstant())
                .isCloseTo(clock.instant().plus(Duration.ofHours(24)), within(5)));

        // and after that the card stands and the ladder goes on to the red-card letter
        clock.advance(Duration.ofHours(25));
        fire(itemNo);
        BpmnAwareTests.assertThat(instance(itemNo))
                .hasPassed("deliver-card", "card-stands")
                .hasNotPassed("revoke-card", "card-not-issued")
                .isWaitingAt("watching");
        looksNextOn(itemNo, LocalDate.of(2026, 4, 16));
        assertThat(cards.of(lifeCycle.item(itemNo)))
                .extracting(Card::rung, Card::cause, Card::state, Card::decidedBy)
                .containsExactly(tuple(Rung.YELLOW_CARD, Cause.DUE, CardState.ISSUED, "supervisor"));
        assertThat(timeline.of(lifeCycle.item(itemNo)))
                .extracting(TimelineEntry::action, TimelineEntry::actor, TimelineEntry::note)
                .endsWith(
                        tuple(Action.PROPOSE_CARD, null, "YELLOW_CARD"),
                        tuple(Action.ISSUE_CARD, "supervisor", "YELLOW_CARD"),
                        tuple(Action.NOTIFIED, "supervisor", null));
    }

    @Test
    void aCardThatIsDroppedNeedsAReasonAndIsToldToNobody() {
        String itemNo = itemWithProposedCard();

        assertThatThrownBy(() -> lifeCycle.complete("supervisor", itemNo, "decide-on-card", fields("decision", "DROP")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("不发的理由");
        lifeCycle.complete("supervisor", itemNo, "decide-on-card", fields("decision", "DROP", "opinion", "材料已在路上。"));

        BpmnAwareTests.assertThat(instance(itemNo))
                .hasPassed("card-not-issued")
                .hasNotPassed("deliver-card")
                .isWaitingAt("watching");
        assertThat(lifeCycle.told(itemNo)).doesNotContain(tuple(NoticeKind.YELLOW_CARD, "handler"));
        assertThat(states(itemNo)).containsExactly(CardState.DROPPED);
        // The next rung comes all the same.
        looksNextOn(itemNo, LocalDate.of(2026, 4, 16));
    }

    @Test
    void whoIssuedACardTakesItBackWithinADay() {
        String itemNo = itemWithProposedCard();
        lifeCycle.complete("supervisor", itemNo, "decide-on-card", fields("decision", "ISSUE"));

        assertThatThrownBy(() -> lifeCycle.complete("leader", itemNo, "take-back-card", fields("opinion", "与我无关。")))
                .isInstanceOf(RefusedException.class);
        lifeCycle.complete("supervisor", itemNo, "take-back-card", fields("opinion", "期限看错了。"));

        BpmnAwareTests.assertThat(instance(itemNo))
                .hasPassed("revoke-card", "card-revoked")
                .hasNotPassed("card-stands")
                .isWaitingAt("watching");
        assertThat(states(itemNo)).containsExactly(CardState.TAKEN_BACK);
        assertThat(lifeCycle.told(itemNo)).endsWith(tuple(NoticeKind.CARD_TAKEN_BACK, "handler"));
    }

    @Test
    void whoWorkedOnTheItemDecidesOnNoCardOfIt() {
        String itemNo = itemWithProposedCard();
        jdbc.sql("update person set roles = array_append(roles, 'SUPERVISOR') where id = 'handler'")
                .update();
        try {
            assertThatThrownBy(
                            () -> lifeCycle.complete("handler", itemNo, "decide-on-card", fields("decision", "ISSUE")))
                    .hasMessageContaining("您对该事项已做过");
        } finally {
            jdbc.sql("update person set roles = array_remove(roles, 'SUPERVISOR') where id = 'handler'")
                    .update();
        }
        assertThat(states(itemNo)).containsExactly(CardState.PROPOSED);
    }

    @Test
    void aCardThatNobodyDecidesOnGivesWayToTheNextRung() {
        String itemNo = itemWithProposedCard();

        climbUntil(itemNo, LocalDate.of(2026, 4, 16));

        assertThat(states(itemNo)).containsExactly(CardState.VOID, CardState.PROPOSED);
        assertThat(cards.proposed(lifeCycle.item(itemNo)).rung()).isEqualTo(Rung.RED_CARD);
        BpmnAwareTests.assertThat(instance(itemNo)).hasPassed("rung-overtaken");
        assertWaiting(itemNo, "decide-on-card", "supervisors", null, lifeCycle.workingDays(2));
        assertThat(timers(itemNo)).hasSize(1);
    }

    @Test
    void aProposalIsVoidWhenTheWorkIsHandedIn() {
        String itemNo = itemWithProposedCard();

        lifeCycle.complete("handler", itemNo, "rectify", Samples.rectification(lifeCycle.today()));

        assertThat(states(itemNo)).containsExactly(CardState.VOID);
        BpmnAwareTests.assertThat(instance(itemNo))
                .hasPassed("card-voided")
                .hasNotPassed("deliver-card")
                .isWaitingAt("watching");
        assertThat(lifeCycle.waiting(itemNo).taskKey()).isEqualTo("verify");
        assertThat(timers(itemNo)).hasSize(1);
    }

    /** Found by the property test: between the end of a proposal and the next look nobody waits for the message. */
    @Test
    void aProposalThatWasJustOvertakenIsVoidAllTheSame() {
        String itemNo = itemWithProposedCard();
        clock.set(lifeCycle.item(itemNo).nextLook());
        engine.getManagementService().executeJob(timers(itemNo).get(0).getId());
        BpmnAwareTests.assertThat(instance(itemNo)).hasPassed("rung-overtaken").isWaitingAt("watching");

        lifeCycle.complete("handler", itemNo, "rectify", Samples.rectification(lifeCycle.today()));

        assertThat(states(itemNo)).containsExactly(CardState.VOID);
        fire(itemNo);
        assertThat(states(itemNo)).containsExactly(CardState.VOID);
        assertThat(timers(itemNo)).hasSize(1);
    }

    @Test
    void reportedProgressDoesNotUndoALateDate() {
        String itemNo = itemWithProposedCard();

        lifeCycle.complete("handler", itemNo, "rectify", progress());

        assertThat(states(itemNo)).containsExactly(CardState.PROPOSED);
        // And what was climbed is not climbed again.
        int heard = lifeCycle.told(itemNo).size();
        climbUntil(itemNo, LocalDate.of(2026, 4, 10));
        assertThat(lifeCycle.told(itemNo)).hasSize(heard);
    }

    @Test
    void theLadderIsClimbedOncePerRungHoweverOftenItsJobRuns() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        climbUntil(itemNo, LocalDate.of(2026, 3, 23));
        assertThat(lifeCycle.told(itemNo)).hasSize(1);

        // when an operator fires the timer again and again
        for (int i = 0; i < 3; i++) {
            engine.getManagementService().executeJob(timers(itemNo).get(0).getId());
        }

        assertThat(lifeCycle.told(itemNo)).hasSize(1);
        looksNextOn(itemNo, LocalDate.of(2026, 3, 27));
    }

    /** Two nodes that run the same timer: the item's row lets one of them through. */
    @Test
    void twoNodesThatClimbTogetherTellOnce() throws Exception {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        climbUntil(itemNo, LocalDate.of(2026, 3, 20));
        clock.set(LocalDate.of(2026, 3, 23));
        String timer = timers(itemNo).get(0).getId();
        ExecutorService nodes = Executors.newFixedThreadPool(2);
        try {
            List<Future<Boolean>> runs = nodes.invokeAll(Collections.nCopies(2, () -> {
                try {
                    engine.getManagementService().executeJob(timer);
                    return true;
                } catch (RuntimeException lost) {
                    return false;
                }
            }));
            assertThat(List.of(runs.get(0).get(), runs.get(1).get())).contains(true);
        } finally {
            nodes.shutdown();
        }

        assertThat(lifeCycle.told(itemNo)).containsExactly(tuple(NoticeKind.REMINDER, "handler"));
        assertThat(timers(itemNo)).hasSize(1);
        looksNextOn(itemNo, LocalDate.of(2026, 3, 27));
    }

    /** A trap that other products fell into: what was reminded of before a return was never reminded of again. */
    @Test
    void afterAReturnRemindersStartAfreshEvenForTheSameDate() {
        // given an item that was reminded of seven days before, handed in, and returned
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        LocalDate due = lifeCycle.item(itemNo).currentDue();
        climbUntil(itemNo, LocalDate.of(2026, 3, 27));
        assertThat(lifeCycle.told(itemNo)).hasSize(2);
        clock.set(MONDAY.plusDays(14));
        lifeCycle.complete("handler", itemNo, Samples.rectification(lifeCycle.today()));
        Map<String, Object> failed = Samples.failedVerification(lifeCycle.today(), "第二处井盖松动");
        failed.put("reworkDue", due.toString());
        lifeCycle.complete("verifier", itemNo, failed);
        assertThat(lifeCycle.item(itemNo).currentDue()).isEqualTo(due);
        int heard = lifeCycle.told(itemNo).size();

        // then each reminder comes once more
        for (LocalDate day : List.of(LocalDate.of(2026, 3, 23), LocalDate.of(2026, 3, 27), LocalDate.of(2026, 3, 31))) {
            climbUntil(itemNo, day);
        }
        assertThat(lifeCycle.told(itemNo)).hasSize(heard + 3).endsWith(tuple(NoticeKind.REMINDER, "handler"));
    }

    @Test
    void theSecondReturnRaisesAYellowCardTheFirstDoesNot() {
        String itemNo = lifeCycle.itemAt(ItemStatus.VERIFYING);
        lifeCycle.complete("verifier", itemNo, Samples.failedVerification(lifeCycle.today(), "第二处井盖松动"));
        fire(itemNo);
        assertThat(states(itemNo)).isEmpty();
        lifeCycle.complete("handler", itemNo, "rectify", Samples.rectification(lifeCycle.today()));
        lifeCycle.complete("verifier", itemNo, "verify", Samples.failedVerification(lifeCycle.today(), "第二处井盖仍松动"));

        // then supervision looks the same day
        looksNextOn(itemNo, lifeCycle.today());
        fire(itemNo);

        assertThat(cards.proposed(lifeCycle.item(itemNo)))
                .extracting(Card::rung, Card::cause)
                .containsExactly(Rung.YELLOW_CARD, Cause.REJECTION);
        // and once a round, whatever progress is reported in it
        lifeCycle.complete("supervisor", itemNo, "decide-on-card", fields("decision", "DROP", "opinion", "已约定时间。"));
        lifeCycle.complete("handler", itemNo, "rectify", progress());
        clock.set(lifeCycle.workingDays(1));
        fire(itemNo);
        assertThat(states(itemNo)).containsExactly(CardState.DROPPED);
    }

    /** Several causes are due at once after an outage. */
    @Test
    void afterAnOutageAnItemGetsOneRungADay() {
        // given an item that was returned twice while nobody looked, and whose date has passed as well
        String itemNo = lifeCycle.itemAt(ItemStatus.VERIFYING);
        lifeCycle.complete("verifier", itemNo, Samples.failedVerification(lifeCycle.today(), "第二处井盖松动"));
        lifeCycle.complete("handler", itemNo, "rectify", Samples.rectification(lifeCycle.today()));
        lifeCycle.complete("verifier", itemNo, "verify", Samples.failedVerification(lifeCycle.today(), "第二处井盖仍松动"));
        LocalDate due = lifeCycle.item(itemNo).currentDue();
        int heard = lifeCycle.told(itemNo).size();

        // when the server runs again, and an operator fires the timer once more
        clock.set(lifeCycle.workingDayAfter(due, 12));
        fire(itemNo);
        engine.getManagementService().executeJob(timers(itemNo).get(0).getId());

        // then there is one rung on the first day, and one on each of the next; that of the returns waits behind an
        // equal card
        assertThat(lifeCycle.told(itemNo)).hasSize(heard + 1).endsWith(tuple(NoticeKind.URGED, "handler"));
        assertThat(states(itemNo)).isEmpty();
        for (int cards : List.of(1, 1, 2)) {
            clock.set(lifeCycle.workingDays(1));
            fire(itemNo);
            assertThat(states(itemNo)).hasSize(cards);
        }
        assertThat(cards.of(lifeCycle.item(itemNo)))
                .extracting(Card::rung, Card::cause)
                .containsExactly(tuple(Rung.YELLOW_CARD, Cause.DUE), tuple(Rung.RED_CARD, Cause.DUE));
        assertThat(lifeCycle.told(itemNo)).hasSize(heard + 1);
    }

    /** Work that begins anew on the day of a rung waits for the next day. */
    @Test
    void whatIsReturnedOnTheDayOfARungGetsItsOwnTheNextDay() {
        String itemNo = lifeCycle.itemAt(ItemStatus.VERIFYING);
        Map<String, Object> failed = Samples.failedVerification(lifeCycle.today(), "第二处井盖松动");
        lifeCycle.complete("verifier", itemNo, failed);
        LocalDate urged = lifeCycle.workingDayAfter(lifeCycle.item(itemNo).currentDue(), 1);
        climbUntil(itemNo, urged);
        assertThat(lifeCycle.told(itemNo)).endsWith(tuple(NoticeKind.URGED, "handler"));

        // when it is returned again on that day
        lifeCycle.complete("handler", itemNo, "rectify", Samples.rectification(lifeCycle.today()));
        lifeCycle.complete("verifier", itemNo, "verify", Samples.failedVerification(lifeCycle.today(), "第二处井盖仍松动"));
        fire(itemNo);
        assertThat(states(itemNo)).isEmpty();

        // then its card is proposed on the next
        looksNextOn(itemNo, lifeCycle.workingDays(1));
        clock.set(lifeCycle.workingDays(1));
        fire(itemNo);
        assertThat(states(itemNo)).containsExactly(CardState.PROPOSED);
    }

    /** Handing it in again answers the defects, not how often it came back. */
    @Test
    void theCardForTheSecondReturnStandsUntilAPersonDecides() {
        String itemNo = lifeCycle.itemAt(ItemStatus.VERIFYING);
        returnTwice(itemNo);
        fire(itemNo);
        assertThat(states(itemNo)).containsExactly(CardState.PROPOSED);

        // when it is handed in again and verified
        lifeCycle.complete("handler", itemNo, "rectify", Samples.rectification(lifeCycle.today()));
        assertThat(states(itemNo)).containsExactly(CardState.PROPOSED);
        assertThat(lifeCycle.waiting(itemNo, "decide-on-card").group()).isEqualTo("supervisors");
        lifeCycle.complete("verifier", itemNo, "verify", Samples.verification(lifeCycle.today()));

        // then it is not closed before somebody has decided
        assertThat(states(itemNo)).containsExactly(CardState.PROPOSED);
        assertThatThrownBy(() -> lifeCycle.complete("supervisor", itemNo, "sign-off", Samples.signOff()))
                .hasMessage("还差：因多次退回建议的黄牌尚未决定发出与否。");
        lifeCycle.complete("supervisor", itemNo, "decide-on-card", fields("decision", "ISSUE"));
        assertThat(lifeCycle.told(itemNo)).contains(tuple(NoticeKind.YELLOW_CARD, "handler"));
        lifeCycle.complete("supervisor", itemNo, "sign-off", Samples.signOff());
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.CLOSED);
    }

    @Test
    void theSecondReturnRaisesItsCardThoughTheUnitHandsInFirst() {
        String itemNo = lifeCycle.itemAt(ItemStatus.VERIFYING);
        returnTwice(itemNo);

        lifeCycle.complete("handler", itemNo, "rectify", Samples.rectification(lifeCycle.today()));
        fire(itemNo);

        assertThat(cards.proposed(lifeCycle.item(itemNo)))
                .extracting(Card::rung, Card::cause)
                .containsExactly(Rung.YELLOW_CARD, Cause.REJECTION);
    }

    /** A higher card for the date takes its place, and gives it back when the date is kept after all. */
    @Test
    void theCardForTheSecondReturnComesBackWhenWhatTookItsPlaceIsSettled() {
        String itemNo = lifeCycle.itemAt(ItemStatus.VERIFYING);
        returnTwice(itemNo);
        fire(itemNo);
        do {
            clock.set(lifeCycle.item(itemNo).nextLook());
            fire(itemNo);
        } while (cards.proposed(lifeCycle.item(itemNo)).cause() == Cause.REJECTION);
        assertThat(cards.proposed(lifeCycle.item(itemNo)).rung()).isEqualTo(Rung.RED_CARD);

        lifeCycle.complete("handler", itemNo, "rectify", Samples.rectification(lifeCycle.today()));
        fire(itemNo);

        assertThat(cards.proposed(lifeCycle.item(itemNo)))
                .extracting(Card::rung, Card::cause)
                .containsExactly(Rung.YELLOW_CARD, Cause.REJECTION);
        lifeCycle.complete("supervisor", itemNo, "decide-on-card", fields("decision", "DROP", "opinion", "已约谈。"));
    }

    private void returnTwice(String itemNo) {
        lifeCycle.complete("verifier", itemNo, Samples.failedVerification(lifeCycle.today(), "第二处井盖松动"));
        lifeCycle.complete("handler", itemNo, "rectify", Samples.rectification(lifeCycle.today()));
        lifeCycle.complete("verifier", itemNo, "verify", Samples.failedVerification(lifeCycle.today(), "第二处井盖仍松动"));
    }

    @Test
    void withoutProgressAnItemIsUrgedThoughItsDateIsFar() {
        // given an item whose date is in a year
        String itemNo = longItem();

        climbUntil(itemNo, calendars.current().workingDayAfter(MONDAY, 20));
        assertThat(lifeCycle.told(itemNo)).containsExactly(tuple(NoticeKind.URGED, "handler"));

        // when progress is reported, then the days are counted from that day
        lifeCycle.complete("handler", itemNo, progress());
        LocalDate reported = lifeCycle.today();
        climbUntil(itemNo, calendars.current().workingDayAfter(reported, 19));
        assertThat(lifeCycle.told(itemNo)).hasSize(1);
        climbUntil(itemNo, calendars.current().workingDayAfter(reported, 20));
        assertThat(lifeCycle.told(itemNo)).hasSize(2);
        climbUntil(itemNo, calendars.current().workingDayAfter(reported, 30));
        assertThat(cards.proposed(lifeCycle.item(itemNo)).cause()).isEqualTo(Cause.STAGNATION);

        // and progress settles what was proposed because there was none
        lifeCycle.complete("handler", itemNo, "rectify", progress());
        assertThat(states(itemNo)).containsExactly(CardState.VOID);
    }

    @Test
    void aSuspensionPausesTheLadderAndItGoesOnWhereItStood() {
        // given an item that was reminded of seven days before its date, then suspended
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        climbUntil(itemNo, LocalDate.of(2026, 3, 23));
        lifeCycle.raise(
                "handler",
                RequestProcess.SUSPENSION,
                itemNo,
                Samples.suspension(lifeCycle.today().plusDays(28)));
        lifeCycle.complete("supervisor", itemNo, "decide-on-suspension", fields("decision", "APPROVE"));
        int heard = lifeCycle.told(itemNo).size();

        // then nothing watches it but the timer of the suspension
        assertThat(instance(itemNo)).isNull();
        assertEnded(itemNo, "supervision-over");
        assertThat(lifeCycle.item(itemNo).nextLook()).isNull();
        assertThat(timersOf(itemNo)).hasSize(1);

        // when it is taken up after four weeks
        clock.set(LocalDate.of(2026, 4, 20));
        lifeCycle.complete("supervisor", itemNo, "resume-item", fields("opinion", "诉讼已结。"));

        // then the reminder of seven days is not repeated, the one of three days comes before the later date
        assertThat(lifeCycle.item(itemNo).currentDue()).isEqualTo(LocalDate.of(2026, 4, 29));
        looksNextOn(itemNo, LocalDate.of(2026, 4, 24));
        assertThat(timersOf(itemNo)).hasSize(1);
        climbUntil(itemNo, LocalDate.of(2026, 4, 24));
        assertThat(lifeCycle.told(itemNo)).hasSize(heard + 2).endsWith(tuple(NoticeKind.REMINDER, "handler"));
    }

    @Test
    void anExtensionMovesRecordTaskAndTimerTogetherAndTheLadderBeginsAnew() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        climbUntil(itemNo, LocalDate.of(2026, 3, 23));
        LocalDate original = lifeCycle.item(itemNo).originalDue();
        lifeCycle.raise("handler", RequestProcess.EXTENSION, itemNo, extension(LocalDate.of(2026, 4, 30)));

        lifeCycle.complete("leader", itemNo, "decide-on-extension", fields("decision", "APPROVE"));

        assertThat(lifeCycle.item(itemNo).currentDue()).isEqualTo(LocalDate.of(2026, 4, 30));
        assertThat(lifeCycle.item(itemNo).originalDue()).isEqualTo(original);
        assertThat(lifeCycle.waiting(itemNo, "rectify").due())
                .isEqualTo(endOf(LocalDate.of(2026, 4, 30)).toInstant());
        // Twenty working days without progress come before the first reminder of the new date.
        looksNextOn(itemNo, LocalDate.of(2026, 3, 30));
        int heard = lifeCycle.told(itemNo).size();
        climbUntil(itemNo, LocalDate.of(2026, 3, 31));
        assertThat(lifeCycle.told(itemNo)).hasSize(heard + 1).endsWith(tuple(NoticeKind.URGED, "handler"));
        climbUntil(itemNo, LocalDate.of(2026, 4, 21));
        assertThat(lifeCycle.told(itemNo)).hasSize(heard + 2).endsWith(tuple(NoticeKind.REMINDER, "handler"));
    }

    @Test
    void aFailedTimerMovesWithItsDateAndIsReportedNotSkipped() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        climbUntil(itemNo, LocalDate.of(2026, 3, 23));
        engine.getManagementService().setJobRetries(timers(itemNo).get(0).getId(), 0);
        lifeCycle.raise("handler", RequestProcess.EXTENSION, itemNo, extension(LocalDate.of(2026, 4, 30)));

        lifeCycle.complete("leader", itemNo, "decide-on-extension", fields("decision", "APPROVE"));

        looksNextOn(itemNo, LocalDate.of(2026, 3, 30));
        assertThat(timers(itemNo).get(0).getRetries()).isZero();
        assertThat(lifeCycle.told(itemNo)).contains(tuple(NoticeKind.SUPERVISION_STUCK, "operator"));
    }

    @Test
    void anOpenItemHasOneTimerAndAClosedOneNoneOfThese() {
        String itemNo = lifeCycle.register(lifeCycle.registration());
        for (ItemStatus status : List.of(
                ItemStatus.REVIEW,
                ItemStatus.DISPATCHED,
                ItemStatus.PLANNING,
                ItemStatus.PLAN_REVIEW,
                ItemStatus.RECTIFYING,
                ItemStatus.VERIFYING,
                ItemStatus.CLOSING)) {
            lifeCycle.moveTo(status, itemNo);
            assertThat(timersOf(itemNo)).as(status.name()).hasSize(1);
            // Never later than the first day on which the ladder has anything to do.
            assertThat(lifeCycle.item(itemNo).nextLook()).isBeforeOrEqualTo(lifeCycle.workingDays(1));
        }
        lifeCycle.moveTo(ItemStatus.CLOSED, itemNo);

        assertEnded(itemNo, "supervision-over");
        assertThat(lifeCycle.item(itemNo).nextLook()).isNull();
        // The one that is left waits for the look-back.
        assertThat(timersOf(itemNo)).hasSize(1);
    }

    @Test
    void aCardIsVoidWhenTheItemIsWithdrawn() {
        String itemNo = itemWithProposedCard();
        lifeCycle.raise(
                "registrar",
                RequestProcess.WITHDRAWAL,
                itemNo,
                fields("kind", "CANCELLATION", "ground", "DUPLICATE", "reason", "与另一事项重复。"));

        lifeCycle.complete("supervisor", itemNo, "decide-on-withdrawal", fields("decision", "APPROVE"));

        assertEnded(itemNo, "supervision-over");
        assertNotPassed(itemNo, "deliver-card", "supervision-end-told");
        assertPassedInHistory(itemNo, "supervision-end-told-meanwhile");
        assertThat(states(itemNo)).containsExactly(CardState.VOID);
        assertThat(timersOf(itemNo)).isEmpty();
    }

    @Test
    void whatIsNotAcceptedIsNotWatched() {
        String itemNo = lifeCycle.register(lifeCycle.registration());
        Map<String, Object> rejection = Samples.acceptance();
        rejection.put("decision", "REJECT");
        rejection.put("opinion", "不属整改事项。");

        lifeCycle.complete("reviewer", itemNo, rejection);

        assertEnded(itemNo, "supervision-over");
        assertThat(timersOf(itemNo)).isEmpty();
    }

    @Test
    void theOfficeIsUrgedAsWellButGetsNoCard() {
        // given a registration that nobody reviews: due on Wednesday
        String itemNo = lifeCycle.register(lifeCycle.registration());

        climbUntil(itemNo, LocalDate.of(2026, 4, 30));

        // then every reviewer hears of it the day before and three times afterwards
        assertThat(lifeCycle.told(itemNo))
                .filteredOn(notice -> notice.toList().get(1).equals("reviewer"))
                .extracting(notice -> notice.toList().get(0))
                .containsExactly(NoticeKind.REMINDER, NoticeKind.URGED, NoticeKind.URGED, NoticeKind.URGED);
        assertThat(states(itemNo)).isEmpty();
        // At the end of its ladder it is looked at all the same.
        assertThat(timers(itemNo)).hasSize(1);
    }

    @Test
    void aMergerThatBringsAnEarlierDateMovesTheTasksDateAndTheTimer() {
        String source = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        clock.set(MONDAY.plusDays(7));
        String target = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        LocalDate earlier = lifeCycle.item(source).currentDue();
        assertThat(lifeCycle.item(target).currentDue()).isAfter(earlier);
        lifeCycle.raise(
                "registrar",
                RequestProcess.WITHDRAWAL,
                source,
                fields("kind", "MERGER", "targetNo", target, "reason", "同一处井盖。"));

        lifeCycle.complete("supervisor", source, "decide-on-withdrawal", fields("decision", "APPROVE"));

        assertThat(lifeCycle.item(target).currentDue()).isEqualTo(earlier);
        assertThat(lifeCycle.waiting(target).due()).isEqualTo(endOf(earlier).toInstant());
        climbUntil(target, LocalDate.of(2026, 3, 23));
        assertThat(lifeCycle.told(target))
                .containsExactly(tuple(NoticeKind.MERGED_IN, "handler"), tuple(NoticeKind.REMINDER, "handler"));
    }

    /** Items of a version without supervision are taken up when the application starts. */
    @Test
    void anItemThatNobodyWatchesIsTakenUp() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        engine.getRuntimeService().deleteProcessInstance(instance(itemNo).getId(), "as before supervision");
        jdbc.sql("update item set next_look = null where item_no = ?")
                .param(itemNo)
                .update();

        supervision.takeUp();

        assertThat(timers(itemNo)).hasSize(1);
        looksNextOn(itemNo, LocalDate.of(2026, 3, 23));
    }

    private String itemWithProposedCard() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        climbUntil(itemNo, LocalDate.of(2026, 4, 7));
        assertThat(states(itemNo)).containsExactly(CardState.PROPOSED);
        return itemNo;
    }

    private String longItem() {
        String itemNo = lifeCycle.itemAt(ItemStatus.PLANNING);
        Map<String, Object> plan = Samples.plan(lifeCycle.today());
        plan.put("rectType", "PHASED");
        plan.put("plannedDue", lifeCycle.workingDayFrom(MONDAY.plusMonths(9)).toString());
        lifeCycle.complete("handler", itemNo, plan);
        lifeCycle.moveTo(ItemStatus.RECTIFYING, itemNo);
        return itemNo;
    }

    private static Map<String, Object> progress() {
        return fields("decision", "PROGRESS", "progress", "第一处已完成。");
    }

    private static Map<String, Object> extension(LocalDate newDue) {
        return fields("newDue", newDue.toString(), "reason", "管网改造延后。", "evidence", "施工变更通知。");
    }

    /** Lets the days go by, and what is due on each of them happen. */
    private void climbUntil(String itemNo, LocalDate last) {
        for (LocalDate day = lifeCycle.today(); !day.isAfter(last); day = day.plusDays(1)) {
            clock.set(day);
            fire(itemNo);
        }
    }

    /** Runs what is due, as the job executor would. */
    private void fire(String itemNo) {
        for (List<Job> due = due(itemNo); !due.isEmpty(); due = due(itemNo)) {
            engine.getManagementService().executeJob(due.get(0).getId());
        }
    }

    private List<Job> due(String itemNo) {
        return timers(itemNo).stream()
                .filter(timer -> !timer.getDuedate().after(Date.from(clock.instant())))
                .toList();
    }

    private List<Job> timers(String itemNo) {
        return engine.getManagementService()
                .createJobQuery()
                .processInstanceId(instance(itemNo).getId())
                .timers()
                .list();
    }

    /** Whatever waits for a moment at the item. */
    private List<Job> timersOf(String itemNo) {
        return engine
                .getRuntimeService()
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(itemNo)
                .list()
                .stream()
                .flatMap(
                        instance -> engine
                                .getManagementService()
                                .createJobQuery()
                                .processInstanceId(instance.getId())
                                .timers()
                                .list()
                                .stream())
                .toList();
    }

    private void looksNextOn(String itemNo, LocalDate day) {
        assertThat(lifeCycle.item(itemNo).nextLook()).isEqualTo(day);
        assertThat(timers(itemNo))
                .extracting(Job::getDuedate)
                .containsExactly(Date.from(day.atStartOfDay(clock.getZone()).toInstant()));
    }

    private List<CardState> states(String itemNo) {
        return cards.of(lifeCycle.item(itemNo)).stream().map(Card::state).toList();
    }

    private void assertPassedInHistory(String itemNo, String element) {
        assertThat(engine.getHistoryService()
                        .createHistoricActivityInstanceQuery()
                        .processInstanceId(historicInstance(itemNo).getId())
                        .activityId(element)
                        .finished()
                        .count())
                .as("%s passed", element)
                .isEqualTo(1);
    }

    private static org.assertj.core.data.TemporalUnitOffset within(long seconds) {
        return new org.assertj.core.data.TemporalUnitWithinOffset(seconds, ChronoUnit.SECONDS);
    }
}
