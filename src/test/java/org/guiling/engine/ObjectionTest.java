package org.guiling.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.guiling.engine.Samples.fields;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests;
import org.guiling.item.Action;
import org.guiling.item.ItemStatus;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineEntry;
import org.guiling.refusal.RefusedException;
import org.guiling.supervision.Card;
import org.guiling.supervision.CardState;
import org.guiling.supervision.Cards;
import org.guiling.workflow.RequestProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every path of {@code objection.bpmn}: what a unit says against a card. */
class ObjectionTest extends ProcessTest {

    @Autowired
    Cards cards;

    @Autowired
    Timeline timeline;

    @Autowired
    JdbcClient jdbc;

    ObjectionTest() {
        super(RequestProcess.OBJECTION.key());
    }

    @BeforeEach
    void monday() {
        clock.set(MONDAY);
    }

    @AfterAll
    static void everyElementOfTheModelWasPassed(@Autowired ModelCoverage coverage) {
        assertThat(coverage.missing(RequestProcess.OBJECTION.key())).isEmpty();
    }

    @Test
    void whoObjectedTakesItBackAndTheCardIsAsItWas() {
        String itemNo = itemWithCard();
        lifeCycle.raise("handler", RequestProcess.OBJECTION, itemNo, objection("YELLOW_CARD"));

        lifeCycle.raise(
                "handler", RequestProcess.TAKING_BACK, itemNo, fields("subject", "OBJECTION", "reason", "材料找到了。"));

        assertEnded(itemNo, "objection-not-decided");
        assertThat(states(itemNo)).containsExactly(CardState.ISSUED);
        assertThat(told(itemNo)).last().isEqualTo("REQUEST_TAKEN_BACK leader");
        assertThat(timeline.of(lifeCycle.item(itemNo)))
                .extracting(TimelineEntry::action, TimelineEntry::actor, TimelineEntry::note)
                .contains(tuple(Action.TAKE_BACK_REQUEST, "handler", "YELLOW_CARD"));
        // and within the days allowed it may be made again
        lifeCycle.raise("handler", RequestProcess.OBJECTION, itemNo, objection("YELLOW_CARD"));
        assertThat(states(itemNo)).containsExactly(CardState.OBJECTED);
    }

    @Test
    void anObjectionThatIsUpheldLiftsTheCard() {
        // given a yellow card, objected to by the unit's handler
        String itemNo = itemWithCard();
        lifeCycle.raise("handler", RequestProcess.OBJECTION, itemNo, objection("YELLOW_CARD"));

        // then a rank above whoever issued it has five working days to rule
        assertWaiting(
                itemNo,
                "rule-on-objection",
                "leaders",
                null,
                lifeCycle.workingDayFrom(lifeCycle.today().plusDays(30)));
        assertThat(states(itemNo)).containsExactly(CardState.OBJECTED);

        // and the card can no longer be taken back: the ruling decides
        assertThatThrownBy(
                        () -> lifeCycle.complete("supervisor", itemNo, "take-back-card", fields("opinion", "期限看错了。")))
                .hasMessage("责任单位已经申辩，不能撤回，由裁定处理。");

        lifeCycle.complete("leader", itemNo, "rule-on-objection", fields("decision", "UPHOLD", "opinion", "材料确已按期送达。"));

        assertEnded(itemNo, "card-lifted");
        assertNotPassed(itemNo, "card-confirmed");
        assertThat(states(itemNo)).containsExactly(CardState.LIFTED);
        assertThat(told(itemNo)).last().isEqualTo("DECIDED handler");
        assertThat(timeline.of(lifeCycle.item(itemNo)))
                .extracting(TimelineEntry::action, TimelineEntry::actor, TimelineEntry::note)
                .endsWith(
                        tuple(Action.OBJECT, "handler", "YELLOW_CARD"),
                        tuple(Action.RULE_ON_OBJECTION, "leader", "YELLOW_CARD UPHOLD"),
                        tuple(Action.NOTIFIED, "leader", null));
    }

    @Test
    void anObjectionThatIsNotUpheldConfirmsTheCardAndIsTheLast() {
        String itemNo = itemWithCard();
        lifeCycle.raise("handler", RequestProcess.OBJECTION, itemNo, objection("YELLOW_CARD"));

        lifeCycle.complete(
                "leader", itemNo, "rule-on-objection", fields("decision", "REJECT", "opinion", "送达的不是验收材料。"));

        assertEnded(itemNo, "card-confirmed");
        assertNotPassed(itemNo, "card-lifted");
        assertThat(states(itemNo)).containsExactly(CardState.CONFIRMED);
        assertThatThrownBy(() -> lifeCycle.raise("handler", RequestProcess.OBJECTION, itemNo, objection("YELLOW_CARD")))
                .hasMessage("该次督办申辩不成立，维持，不能再申辩。");
    }

    @Test
    void onlyTheUnitObjectsInTimeAndToWhatWasIssued() {
        String itemNo = itemWithCard();
        assertThatThrownBy(
                        () -> lifeCycle.raise("registrar", RequestProcess.OBJECTION, itemNo, objection("YELLOW_CARD")))
                .isInstanceOf(RefusedException.class)
                .hasMessage("只有收到督办的单位的承办人或者负责人可以申辩。");
        assertThatThrownBy(
                        () -> lifeCycle.raise("verifier", RequestProcess.OBJECTION, itemNo, objection("YELLOW_CARD")))
                .isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> lifeCycle.raise("handler", RequestProcess.OBJECTION, itemNo, objection("RED_CARD")))
                .hasMessage("该事项没有发出过“红牌督办函”，请核对编号和督办级别。");
        LocalDate last = lifeCycle.workingDayFrom(lifeCycle.today().plusDays(30));
        clock.set(last.plusDays(1));
        assertThatThrownBy(() -> lifeCycle.raise("handler", RequestProcess.OBJECTION, itemNo, objection("YELLOW_CARD")))
                .hasMessage("申辩须在收到督办后的期限内提出，该次督办的最后一日是 " + last + "。");
        assertThat(states(itemNo)).containsExactly(CardState.ISSUED);
        assertThat(instance(itemNo)).isNull();

        clock.set(last);
        lifeCycle.raise("handler", RequestProcess.OBJECTION, itemNo, objection("YELLOW_CARD"));
        assertThat(states(itemNo)).containsExactly(CardState.OBJECTED);
    }

    @Test
    void whoIssuedOrObjectedDoesNotRule() {
        String itemNo = itemWithCard();
        lifeCycle.raise("handler", RequestProcess.OBJECTION, itemNo, objection("YELLOW_CARD"));
        for (String party : List.of("handler", "supervisor")) {
            withRole(party, "LEADER", () -> assertThatThrownBy(() -> lifeCycle.complete(
                            party, itemNo, "rule-on-objection", fields("decision", "UPHOLD", "opinion", "同意。")))
                    .as(party)
                    .hasMessageContaining("您对该事项已做过"));
        }
        assertThat(states(itemNo)).containsExactly(CardState.OBJECTED);
        BpmnAwareTests.assertThat(instance(itemNo)).isWaitingAtExactly("rule-on-objection");
    }

    @Test
    void anItemIsNotAtZeroWhileAnObjectionWaits() {
        String itemNo = itemWithCard();
        lifeCycle.raise("handler", RequestProcess.OBJECTION, itemNo, objection("YELLOW_CARD"));
        lifeCycle.complete("handler", itemNo, "rectify", Samples.rectification(lifeCycle.today()));
        lifeCycle.complete("verifier", itemNo, "verify", Samples.verification(lifeCycle.today()));

        assertThatThrownBy(() -> lifeCycle.complete("supervisor", itemNo, "sign-off", Samples.signOff()))
                .hasMessage("该事项有申辩等待裁定，裁定后才能销号。");
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.CLOSING);

        lifeCycle.complete(
                "leader", itemNo, "rule-on-objection", fields("decision", "REJECT", "opinion", "送达的不是验收材料。"));
        lifeCycle.complete("supervisor", itemNo, "sign-off", Samples.signOff());
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.CLOSED);
    }

    private static Map<String, Object> objection(String rung) {
        return fields("rung", rung, "reason", "材料已于到期前送达督查室。", "evidence", "送达回执，存办公室。");
    }

    private String itemWithCard() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        lifeCycle.issueCard(itemNo);
        return itemNo;
    }

    private void withRole(String person, String role, Runnable work) {
        jdbc.sql("update person set roles = array_append(roles, ?) where id = ?")
                .params(role, person)
                .update();
        try {
            work.run();
        } finally {
            jdbc.sql("update person set roles = array_remove(roles, ?) where id = ?")
                    .params(role, person)
                    .update();
        }
    }

    private List<CardState> states(String itemNo) {
        return cards.of(lifeCycle.item(itemNo)).stream().map(Card::state).toList();
    }

    private List<String> told(String itemNo) {
        return jdbc.sql(
                        "select kind || ' ' || person from notice where item_no = ? and kind <> 'TASK_WAITING' order by id")
                .param(itemNo)
                .query(String.class)
                .list();
    }
}
