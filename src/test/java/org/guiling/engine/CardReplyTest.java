package org.guiling.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.guiling.engine.Samples.fields;

import java.time.LocalDate;
import java.util.List;
import org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests;
import org.guiling.engine.form.TaskFormData;
import org.guiling.engine.notification.TaskWatch;
import org.guiling.item.Action;
import org.guiling.item.ItemStatus;
import org.guiling.item.Step;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineEntry;
import org.guiling.item.timeline.TimelineFact;
import org.guiling.item.todo.ToDos;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.refusal.RefusedException;
import org.guiling.supervision.Card;
import org.guiling.supervision.CardState;
import org.guiling.supervision.Cards;
import org.guiling.supervision.Replies;
import org.guiling.supervision.Rung;
import org.guiling.workflow.CardReply;
import org.guiling.workflow.RequestProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Every path of {@code card-reply.bpmn}: what a unit answers to a card. */
class CardReplyTest extends ProcessTest {

    @Autowired
    Cards cards;

    @Autowired
    Replies replies;

    @Autowired
    TaskFormData formData;

    @Autowired
    TaskWatch watch;

    @Autowired
    Timeline timeline;

    @Autowired
    Organization organization;

    @Autowired
    ToDos toDos;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    CardReplyTest() {
        super(CardReply.KEY);
    }

    @BeforeEach
    void monday() {
        clock.set(MONDAY);
    }

    @AfterAll
    static void everyElementOfTheModelWasPassed(@Autowired ModelCoverage coverage) {
        assertThat(coverage.missing(CardReply.KEY)).isEmpty();
    }

    @Test
    void theUnitAnswersACardAndWhoeverIssuedItHearsOfIt() {
        // given a yellow card that was delivered
        String itemNo = itemWithCard();

        // then the unit's handlers have three working days, and the record names the last of them
        LocalDate until = lifeCycle.workingDays(3);
        assertWaiting(itemNo, "answer-card", "unit-housing-urban-bureau", null, until);
        BpmnAwareTests.assertThat(BpmnAwareTests.task("answer-card", instance(itemNo)))
                .hasName("督办回复：黄牌");
        BpmnAwareTests.assertThat(instance(itemNo))
                .variables()
                .containsOnlyKeys("itemNo", "title", "unitName", "leadUnit");
        assertThat(card(itemNo).awaitsReply()).isTrue();
        assertThat(card(itemNo).replyUntil()).isEqualTo(until);
        // and the card's own notice tells of it: nobody hears of it twice
        assertThat(told(itemNo, "YELLOW_CARD")).containsExactly("handler");
        assertThat(told(
                        itemNo,
                        "TASK_WAITING",
                        lifeCycle.waiting(itemNo, "answer-card").taskId()))
                .doesNotContain("handler");

        // when a handler answers it
        lifeCycle.complete("handler", itemNo, "answer-card", Samples.cardReply());

        // then the answer is in the record and in the history, and the supervisor hears of it
        assertEnded(itemNo, "card-answered");
        assertNotPassed(itemNo, "card-not-answered");
        assertThat(card(itemNo)).satisfies(card -> {
            assertThat(card.state()).isEqualTo(CardState.ISSUED);
            assertThat(card.awaitsReply()).isFalse();
            assertThat(card.replyUntil()).isEqualTo(until);
            assertThat(card.reply())
                    .extracting(Card.Reply::repliedBy, Card.Reply::cause, Card.Reply::done, Card.Reply::next)
                    .containsExactly("handler", "施工单位停工。", "已更换施工单位。", "月底前补齐井盖。");
        });
        assertThat(timeline.of(lifeCycle.item(itemNo)))
                .extracting(TimelineEntry::action, TimelineEntry::actor, TimelineEntry::note, TimelineEntry::reason)
                .endsWith(
                        tuple(Action.ANSWER_CARD, "handler", "YELLOW_CARD", "已更换施工单位。"),
                        tuple(Action.NOTIFIED, "handler", null, null));
        assertThat(told(itemNo, "CARD_ANSWERED")).containsExactly("supervisor");
        // and the card may still be objected to
        lifeCycle.raise(
                "handler", RequestProcess.OBJECTION, itemNo, fields("rung", "YELLOW_CARD", "reason", "材料已按期送达。"));
        assertThat(card(itemNo).state()).isEqualTo(CardState.OBJECTED);
    }

    @Test
    void anAnswerIsWholeAndOfTheUnitsOwnPeople() {
        String itemNo = itemWithCard();
        String taskId = lifeCycle.waiting(itemNo, "answer-card").taskId();

        assertThatThrownBy(() ->
                        lifeCycle.complete("handler", itemNo, "answer-card", fields("cause", "停工。", "done", "已催促。")))
                .hasMessageContaining("下一步措施");
        for (String other : List.of("handler2", "supervisor", "verifier")) {
            assertThatThrownBy(() -> lifeCycle.complete(other, itemNo, "answer-card", Samples.cardReply()))
                    .as(other)
                    .isInstanceOf(RefusedException.class);
        }
        assertThat(card(itemNo).reply()).isNull();
        BpmnAwareTests.assertThat(instance(itemNo)).isWaitingAtExactly("answer-card");

        // and once it is given, there is nothing more to answer
        lifeCycle.complete("handler", itemNo, "answer-card", Samples.cardReply());
        assertThatThrownBy(() -> replies.answer(
                        lifeCycle.item(itemNo),
                        taskId,
                        "停工。",
                        "已催促。",
                        "月底前完成。",
                        organization.person("handler").orElseThrow()))
                .hasMessage("refusal.reply.none");
    }

    @Test
    void nobodyAnswersTheirOwnCard() {
        String itemNo = itemWithCard();
        assertThatThrownBy(() -> replies.answer(
                        lifeCycle.item(itemNo),
                        lifeCycle.waiting(itemNo, "answer-card").taskId(),
                        "停工。",
                        "已催促。",
                        "月底前完成。",
                        organization.person("supervisor").orElseThrow()))
                .hasMessage("refusal.four-eyes");
    }

    @Test
    void aCardThatIsTakenBackNeedsNoAnswer() {
        String itemNo = itemWithCard();

        lifeCycle.complete("supervisor", itemNo, "take-back-card", fields("opinion", "期限看错了。"));

        assertNeedless(itemNo);
        assertThat(card(itemNo).state()).isEqualTo(CardState.TAKEN_BACK);
    }

    @Test
    void aCardThatIsLiftedNeedsNoAnswerAndOneThatIsConfirmedDoes() {
        for (String decision : List.of("REJECT", "UPHOLD")) {
            String itemNo = itemWithCard();
            lifeCycle.raise(
                    "handler", RequestProcess.OBJECTION, itemNo, fields("rung", "YELLOW_CARD", "reason", "材料已按期送达。"));
            BpmnAwareTests.assertThat(instance(itemNo)).isWaitingAtExactly("answer-card");

            lifeCycle.complete(
                    "leader", itemNo, "rule-on-objection", fields("decision", decision, "opinion", "已核对送达回执。"));

            if (decision.equals("UPHOLD")) {
                assertNeedless(itemNo);
                assertThat(card(itemNo).state()).isEqualTo(CardState.LIFTED);
            } else {
                lifeCycle.complete("handler", itemNo, "answer-card", Samples.cardReply());
                assertThat(card(itemNo).state()).isEqualTo(CardState.CONFIRMED);
                assertThat(card(itemNo).reply()).isNotNull();
            }
            clock.set(MONDAY);
        }
    }

    @Test
    void anOpenAnswerKeepsNoItemFromBeingClosedAndEndsWithIt() {
        String itemNo = itemWithCard();
        lifeCycle.complete("handler", itemNo, "rectify", Samples.rectification(lifeCycle.today()));
        lifeCycle.complete("verifier", itemNo, "verify", Samples.verification(lifeCycle.today()));
        BpmnAwareTests.assertThat(instance(itemNo)).isWaitingAtExactly("answer-card");

        lifeCycle.complete("supervisor", itemNo, "sign-off", Samples.signOff());

        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.CLOSED);
        assertNeedless(itemNo);
        assertThat(toDos.of(itemNo)).isEmpty();
    }

    @Test
    void anItemThatLeavesTakesTheAnswerWithIt() {
        String itemNo = itemWithCard();
        lifeCycle.raise(
                "handler",
                RequestProcess.WITHDRAWAL,
                itemNo,
                fields("kind", "CANCELLATION", "ground", "OBJECT_GONE", "reason", "该路段已拆除。"));

        lifeCycle.complete("supervisor", itemNo, "decide-on-withdrawal", fields("decision", "APPROVE"));

        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.CANCELLED);
        assertNeedless(itemNo);
    }

    @Test
    void theAnswerFollowsTheItemToAnotherUnit() {
        // given a card for a claim that is late, and then declined
        String itemNo = lifeCycle.itemAt(ItemStatus.DISPATCHED);
        lifeCycle.complete("handler", itemNo, "claim-item", Samples.decline("jiaqiao-town"));
        lifeCycle.complete("supervisor", itemNo, "rule-on-decline", fields("decision", "KEEP", "opinion", "仍由该单位办理。"));
        lifeCycle.issueCard(itemNo);
        BpmnAwareTests.assertThat(instance(itemNo)).isWaitingAtExactly("answer-card");
        lifeCycle.complete("handler", itemNo, "claim-item", Samples.decline("jiaqiao-town"));
        BpmnAwareTests.assertThat(instance(itemNo)).isWaitingAtExactly("answer-card");
        clock.set(lifeCycle.workingDays(2));

        lifeCycle.complete(
                "leader",
                itemNo,
                "rule-on-decline",
                fields("decision", "REDISPATCH", "newUnit", "jiaqiao-town", "opinion", "该路段由其管护。"));

        // then the other unit reports, in the whole time, on a card that the first one got
        assertWaiting(itemNo, "answer-card", "unit-jiaqiao-town", null, lifeCycle.workingDays(3));
        assertThat(card(itemNo).replyUntil()).isEqualTo(lifeCycle.workingDays(3));
        assertThat(card(itemNo).unit()).isEqualTo("housing-urban-bureau");
        assertThat(told(
                        itemNo,
                        "TASK_WAITING",
                        lifeCycle.waiting(itemNo, "answer-card").taskId()))
                .doesNotContain("handler");
        assertThatThrownBy(() -> lifeCycle.complete("handler", itemNo, "answer-card", Samples.cardReply()))
                .isInstanceOf(RefusedException.class);
        // whose leaders may do it as well as its handlers
        BpmnAwareTests.assertThat(BpmnAwareTests.task("answer-card", instance(itemNo)))
                .hasCandidateGroup("unit-jiaqiao-town-leaders");
        Person leader = organization.person("township-leader").orElseThrow();
        assertThat(lifeCycle.waiting(itemNo, "answer-card").isFor(leader)).isTrue();
        assertThat(lifeCycle.waiting(itemNo, "claim-item").isFor(leader)).isFalse();
        assertThat(toDos.claimableAt(List.of(itemNo), leader)).containsExactly(itemNo);
        assertThat(toDos.countByTask(leader)).containsKey("answer-card").doesNotContainKey("claim-item");
        lifeCycle.complete("township-leader", itemNo, "answer-card", Samples.cardReply());
        assertThat(card(itemNo).reply().repliedBy()).isEqualTo("township-leader");
    }

    @Test
    void whileAnItemIsSuspendedItsCardMayStillBeAnswered() {
        String itemNo = itemWithCard();
        lifeCycle.raise("handler", RequestProcess.SUSPENSION, itemNo, Samples.suspension(lifeCycle.workingDays(20)));
        lifeCycle.complete("leader", itemNo, "decide-on-suspension", fields("decision", "APPROVE"));
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.SUSPENDED);

        lifeCycle.complete("handler", itemNo, "answer-card", Samples.cardReply());

        assertEnded(itemNo, "card-answered");
        assertThat(card(itemNo).reply()).isNotNull();
    }

    @Test
    void eachCardIsAnsweredAndRemindedOfByItself() {
        // given a yellow card that nobody answers, and the red one that follows
        String itemNo = itemWithCard();
        LocalDate first = card(itemNo).replyUntil();
        lifeCycle.issueCard(itemNo);
        List<Card> both = cards.of(lifeCycle.item(itemNo));
        assertThat(both)
                .extracting(Card::rung, Card::awaitsReply)
                .containsExactly(tuple(Rung.YELLOW_CARD, true), tuple(Rung.RED_CARD, true));

        // when somebody looks, each climbs by its own date and no rung twice
        watch.look();
        watch.look();
        for (int day = 1; day <= 6; day++) {
            clock.set(lifeCycle.workingDays(1));
            watch.look();
        }

        assertThat(occasions(itemNo, both.get(0)))
                .containsExactly(
                        "URGED DUE T+1 " + first,
                        "REPORTED DUE T+3 " + first,
                        "URGED DUE T+5 " + first,
                        "REPORTED DUE T+8 " + first,
                        "URGED DUE T+10 " + first);
        LocalDate second = both.get(1).replyUntil();
        assertThat(occasions(itemNo, both.get(1)))
                .containsExactly("REMINDER DUE T-1 " + second, "URGED DUE T+1 " + second, "REPORTED DUE T+3 " + second);

        // and the form of each shows its own card
        assertThat(facts(both.get(0))).contains("黄牌").doesNotContain("红牌督办函");
        assertThat(facts(both.get(1))).contains("红牌督办函").doesNotContain("黄牌");
        assertThat((List<?>) formData.of(both.get(0).replyTask()).get("earlierCards"))
                .isEmpty();
        assertThat((List<?>) formData.of(both.get(1).replyTask()).get("earlierCards"))
                .hasSize(1);
    }

    @Test
    void aCardFromBeforeAnswersWereAwaitedIsAsItWas() {
        // given a card as an earlier version left it
        String itemNo = itemWithCard();
        engine.getRuntimeService().deleteProcessInstance(instance(itemNo).getId(), "as before V71");
        byHand(itemNo, () -> jdbc.sql("update supervision_card set reply_task = null, reply_due = null where id = ?")
                .param(card(itemNo).id())
                .update());

        assertThat(card(itemNo).awaitsReply()).isFalse();
        assertThat(card(itemNo).replyUntil()).isNull();
        assertThat(instance(itemNo)).isNull();
        lifeCycle.complete("supervisor", itemNo, "take-back-card", fields("opinion", "期限看错了。"));
        assertThat(card(itemNo).state()).isEqualTo(CardState.TAKEN_BACK);
    }

    /** A record that changes beside its steps is a finding of the audit, unless its history has a line of it. */
    private void byHand(String itemNo, Runnable change) {
        transaction.executeWithoutResult(status -> {
            change.run();
            timeline.append(
                    lifeCycle.item(itemNo), Action.STEP_MOVED, null, new TimelineFact.StepMoved(Step.VERIFICATION));
        });
    }

    private void assertNeedless(String itemNo) {
        assertEnded(itemNo, "card-not-answered");
        assertNotPassed(itemNo, "answer-card", "card-answered");
        assertThat(card(itemNo).awaitsReply()).isFalse();
        assertThat(card(itemNo).reply()).isNull();
        assertThat(toDos.of(itemNo)).extracting(ToDos.ToDo::taskKey).doesNotContain("answer-card");
    }

    private String itemWithCard() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        lifeCycle.issueCard(itemNo);
        return itemNo;
    }

    private Card card(String itemNo) {
        List<Card> all = cards.of(lifeCycle.item(itemNo));
        return all.get(all.size() - 1);
    }

    private String facts(Card card) {
        return formData.of(card.replyTask()).get("cardFacts").toString();
    }

    private List<String> told(String itemNo, String kind) {
        return jdbc.sql("select person from notice where item_no = ? and kind = ? order by person")
                .params(itemNo, kind)
                .query(String.class)
                .list();
    }

    private List<String> told(String itemNo, String kind, String occasion) {
        return jdbc.sql("select person from notice where item_no = ? and kind = ? and occasion = ? order by person")
                .params(itemNo, kind, occasion)
                .query(String.class)
                .list();
    }

    /** The notices about the answer to a card, each once however many people got it. */
    private List<String> occasions(String itemNo, Card card) {
        return jdbc.sql("""
                        select kind || ' ' || substring(occasion from 'DUE T.\\d+ \\S+') from notice
                        where item_no = ? and occasion like 'answer-card ' || ? || ' %'
                        group by kind, occasion order by min(id)""")
                .params(itemNo, card.replyTask())
                .query(String.class)
                .list();
    }
}
