package org.guiling.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.Objects;
import org.guiling.GuilingTest;
import org.guiling.TestClock;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.item.ItemStatus;
import org.guiling.supervision.CardState;
import org.guiling.supervision.Cards;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A yellow card in Tasklist: issued, objected to, ruled upon; another one taken back. */
@GuilingTest
@BrowserTest
class SupervisionJourneyTest extends AbstractBrowserTest {

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    Cards cards;

    @Autowired
    TestClock clock;

    @Test
    void aCardIsIssuedObjectedToAndLiftedInTasklist() {
        String title = "督办浏览器测试 " + System.nanoTime();
        Map<String, Object> fields = lifeCycle.registration();
        fields.put("title", title);
        String itemNo = lifeCycle.register(fields);
        lifeCycle.moveTo(ItemStatus.RECTIFYING, itemNo);
        lifeCycle.climbToCard(itemNo);
        Tasklist supervisor = tasklistOf("supervisor");
        open(supervisor, itemNo, "decide-on-card");
        assertThat(supervisor.page().locator(".fjs-form").innerText()).contains("黄牌", "逾期 3 个工作日");
        supervisor.claim();
        supervisor.choose("是否发出", "发出");
        supervisor.complete();
        awaitState(itemNo, CardState.ISSUED);

        // The unit objects; what it names wrongly it hears at once.
        Tasklist handler = tasklistOf("handler");
        handler.openStartForm("督办申辩");
        handler.nameItem(itemNo, title);
        handler.select("针对的督办", "红牌督办函");
        handler.fill("申辩理由", "材料已于到期前送达督查室。");
        handler.tryToSubmitStartForm();
        assertThat(handler.refusalInDialog()).contains("没有发出过“红牌督办函”");
        handler.closeStartForm();
        handler.openStartForm("督办申辩");
        handler.nameItem(itemNo, title);
        handler.select("针对的督办", "黄牌");
        handler.fill("申辩理由", "材料已于到期前送达督查室。");
        handler.submitStartForm();
        awaitState(itemNo, CardState.OBJECTED);

        // Taking back is over then.
        open(supervisor, itemNo, "take-back-card");
        supervisor.fill("撤回的理由", "期限看错了。");
        supervisor.complete();
        assertThat(supervisor.refusal()).contains("责任单位已经申辩");

        Tasklist leader = tasklistOf("leader");
        open(leader, itemNo, "rule-on-objection");
        leader.claim();
        leader.choose("裁定结论", "成立");
        leader.fill("裁定意见", "材料确已按期送达。");
        leader.complete();
        awaitState(itemNo, CardState.LIFTED);
    }

    @Test
    void aCardIsDroppedOrTakenBackInTasklist() {
        String dropped = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        lifeCycle.climbToCard(dropped);
        Tasklist supervisor = tasklistOf("supervisor");
        open(supervisor, dropped, "decide-on-card");
        supervisor.claim();
        supervisor.choose("是否发出", "不发");
        supervisor.fill("不发的理由", "材料已在路上。");
        supervisor.complete();
        awaitState(dropped, CardState.DROPPED);
        clock.reset();

        String takenBack = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        lifeCycle.climbToCard(takenBack);
        open(supervisor, takenBack, "decide-on-card");
        supervisor.claim();
        supervisor.choose("是否发出", "发出");
        supervisor.complete();
        awaitState(takenBack, CardState.ISSUED);
        open(supervisor, takenBack, "take-back-card");
        supervisor.fill("撤回的理由", "期限看错了。");
        supervisor.complete();
        awaitState(takenBack, CardState.TAKEN_BACK);
    }

    @Test
    void aCardIsAnsweredInThePortalOnAPhoneAndReadOnADesk() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        lifeCycle.issueCard(itemNo);
        String task = lifeCycle.waiting(itemNo, "answer-card").taskId();

        Portal handler = phoneOf("handler");
        handler.open("/items/" + itemNo).fitsItsWidth().isAccessible();
        handler.open("/tasks/" + task);
        handler.page().locator("form.guided-form").waitFor();
        handler.fitsItsWidth().isAccessible();
        handler.fill(Samples.cardReply()).send();
        handler.open("/items/" + itemNo).fitsItsWidth();

        Portal supervisor = new Portal(browser, "supervisor", 1440, 900);
        supervisor.open("/items/" + itemNo).fitsItsWidth().isAccessible();
        assertThat(supervisor.page().locator("main").innerText()).contains("已更换施工单位。", "月底前补齐井盖。");
    }

    private void open(Tasklist tasklist, String itemNo, String taskKey) {
        tasklist.openTask(await().atMost(Browser.TIMEOUT)
                .ignoreExceptions()
                .until(() -> lifeCycle.waiting(itemNo, taskKey).taskId(), Objects::nonNull));
    }

    private void awaitState(String itemNo, CardState state) {
        await().atMost(Browser.TIMEOUT).untilAsserted(() -> assertThat(cards.of(lifeCycle.item(itemNo)))
                .last()
                .satisfies(card -> assertThat(card.state()).isEqualTo(state)));
    }
}
