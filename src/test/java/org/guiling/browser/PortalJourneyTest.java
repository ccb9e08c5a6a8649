package org.guiling.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.guiling.GuilingTest;
import org.guiling.TestClock;
import org.guiling.evidence.SampleFiles;
import org.guiling.item.ItemStatus;
import org.guiling.process.LifeCycle;
import org.guiling.process.Samples;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What people do with the portal on a phone, and that everybody can read and work it. */
@GuilingTest
@EnabledIfSystemProperty(
        named = "guiling.browser",
        matches = "true",
        disabledReason = "left out by -Dguiling.browser=false")
class PortalJourneyTest {

    private static final int PHONE_WIDTH = 390;
    private static final int PHONE_HEIGHT = 844;

    private static Browser browser;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    TestClock clock;

    @BeforeAll
    static void openBrowser(@LocalServerPort int port) {
        browser = new Browser(port);
    }

    @AfterAll
    static void closeBrowser() {
        browser.close();
    }

    @AfterEach
    void today() {
        clock.reset();
    }

    @Test
    void onAPhoneAProblemIsRegisteredRectifiedRejectedVerifiedClosedAndReopened() {
        // registered
        Map<String, Object> facts = lifeCycle.registration();
        Portal registrar = phoneOf("registrar")
                .open("/new/registration")
                .fill(facts)
                .fitsItsWidth()
                .send();
        String itemNo = registrar.page().url().replaceAll(".*/items/", "");
        registrar.fitsItsWidth();

        // reviewed, claimed, planned; a plan that is too short comes back with all that was entered
        phoneOf("reviewer").openToDo(itemNo).fill(Samples.acceptance()).send();
        Portal handler = phoneOf("handler");
        handler.openToDo(itemNo).fill(Samples.claim("handler")).send();
        Map<String, Object> plan = Samples.plan(lifeCycle.today());
        Map<String, Object> tooShort = new HashMap<>(plan);
        tooShort.put("rootCause", "太短");
        handler.openToDo(itemNo).fill(tooShort).fitsItsWidth().trySending();
        assertThat(handler.page().locator(".form-problem").first().innerText()).contains("原因分析");
        handler.page().fill("[name=rootCause]", plan.get("rootCause").toString());
        handler.send();
        phoneOf("supervisor").openToDo(itemNo).fill(Samples.planApproval()).send();

        // an extension is asked and granted, and the item goes on in Tasklist's own engine all the while
        handler.openRequest(itemNo, "延期申请")
                .fill(Samples.extension(lifeCycle.item(itemNo).currentDue().plusDays(10)))
                .send();
        assertThat(handler.text()).contains("待审批");

        // reported, rejected, reported anew, verified
        phoneOf("leader")
                .openToDo(itemNo)
                .fill(Samples.fields("decision", "REFUSE", "opinion", "理由不充分。"))
                .send();
        handler.openToDo(itemNo)
                .upload("补齐后.jpg", "image/jpeg", SampleFiles.jpg(400, 300))
                .fitsItsWidth();
        assertThat(handler.text()).contains("补齐后.jpg", "还差佐证");
        handler.fill(Samples.rectification(lifeCycle.today())).send();
        Portal verifier = phoneOf("verifier");
        verifier.openToDo(itemNo)
                .fill(Samples.failedVerification(lifeCycle.today(), "第二处井盖未按方案更换"))
                .send();
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.REWORK);
        lifeCycle.moveTo(ItemStatus.VERIFYING, itemNo);
        verifier.openToDo(itemNo).fill(Samples.verification(lifeCycle.today())).send();

        // closed, and reopened because the same fact is back
        phoneOf("supervisor").openToDo(itemNo).fill(Samples.signOff()).send();
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.CLOSED);
        registrar
                .openRequest(itemNo, "重开申请")
                .fill(Samples.reopening(lifeCycle.today().plusDays(20)))
                .send();
        registrar.open("/items/" + itemNo).fitsItsWidth();
        assertThat(registrar.text()).contains("反弹重开", "待审批", "已归零");
    }

    @Test
    void whatWasNotSentYetIsThereAgain() {
        String itemNo = lifeCycle.itemAt(ItemStatus.PLANNING);
        Portal handler = phoneOf("handler").openToDo(itemNo);
        handler.page().fill("[name=rootCause]", "日常巡查没有覆盖背街小巷。");
        String task = handler.page().url();

        handler.open("/items/" + itemNo);
        handler.page().navigate(task);

        assertThat(handler.page().locator(".draft-restored").innerText()).contains("已恢复");
        assertThat(handler.page().inputValue("[name=rootCause]")).isEqualTo("日常巡查没有覆盖背街小巷。");
    }

    @Test
    void everyPageIsAccessibleAndFitsAPhone() {
        String planning = lifeCycle.itemAt(ItemStatus.PLANNING);
        String verifying = lifeCycle.itemAt(ItemStatus.VERIFYING);
        Portal handler = phoneOf("handler");
        for (String path : List.of(
                "/",
                "/todos",
                "/items",
                "/items/" + verifying,
                "/items/" + verifying + "/path",
                "/new/fast-lane",
                "/tasks/" + lifeCycle.waiting(planning).taskId(),
                "/items/" + planning + "/requests/decomposition",
                "/account")) {
            handler.open(path).fitsItsWidth().isAccessible();
        }
        Portal verifier = new Portal(browser, "verifier", 1440, 900);
        verifier.open("/tasks/" + lifeCycle.waiting(verifying).taskId()).isAccessible();
        verifier.open("/items/" + verifying).page().locator("svg.path").waitFor();
        verifier.isAccessible();
    }

    @Test
    void theLedgerWithAllItsToolsIsAccessibleAtBothWidths() {
        String itemNo = lifeCycle.itemAt(ItemStatus.REVIEW);
        String open = "/items?urgency=NORMAL&found.from=2020-01-01&sort=NEWEST&text=" + itemNo;
        for (Portal reviewer : List.of(phoneOf("reviewer"), new Portal(browser, "reviewer", 1440, 900))) {
            reviewer.open(open).fitsItsWidth().isAccessible();
            for (int tool = 0; tool < 2; tool++) {
                reviewer.page().locator(".tool > summary").nth(tool).click();
                reviewer.fitsItsWidth().isAccessible();
            }
        }
    }

    @Test
    void conditionsChangeTheListAtOnceAndAWrongOneIsTold() {
        String itemNo = lifeCycle.itemAt(ItemStatus.REVIEW);
        Portal reviewer = new Portal(browser, "reviewer", 1440, 900).open("/items?sort=DUE&text=" + itemNo);

        reviewer.page().selectOption("#status", "CLOSED");
        reviewer.page().locator("#ledger-list .empty-note").waitFor();
        reviewer.page().selectOption("#status", "");
        reviewer.page().locator("#ledger-list .item-title").waitFor();
        reviewer.page().locator("[data-all] input").check();
        assertThat(reviewer.page().locator("input[name=selected]:checked").count())
                .isEqualTo(1);
        reviewer.page().locator(".filter-more > summary").click();
        reviewer.page().fill("#found-from", "2026-03-05");
        reviewer.page().fill("#found-to", "2026-03-04");
        reviewer.page().locator("#ledger-list .alert-danger").waitFor();
        reviewer.isAccessible();
    }

    private static Portal phoneOf(String account) {
        return new Portal(browser, account, PHONE_WIDTH, PHONE_HEIGHT);
    }
}
