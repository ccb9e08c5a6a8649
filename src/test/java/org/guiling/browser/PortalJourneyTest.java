package org.guiling.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.guiling.GuilingTest;
import org.guiling.TestClock;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.engine.YearFiles;
import org.guiling.evidence.SampleFiles;
import org.guiling.item.ItemStatus;
import org.guiling.signon.token.AccessTokens;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;

/** Tests the work of people with the portal on a phone, and that everybody can read and operate it. */
@GuilingTest
@BrowserTest
class PortalJourneyTest extends AbstractBrowserTest {

    /** No other test of this kind writes problems of the category down: nothing else can be drawn. */
    private static final String CHECKED_CATEGORY = "STYLE";

    @Autowired
    AccessTokens tokens;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    TestClock clock;

    @AfterEach
    void today() {
        clock.reset();
        lifeCycle.leaveNothingToDrawFrom(CHECKED_CATEGORY);
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
    void onAPhoneASpotCheckIsOrderedVisitedAndItsFindingBecomesAnItem() {
        // given one item that can be drawn
        Map<String, Object> facts = lifeCycle.registration();
        facts.put("category", CHECKED_CATEGORY);
        String itemNo = lifeCycle.register(facts);
        lifeCycle.moveTo(ItemStatus.RECTIFYING, itemNo);

        // when a check is ordered
        Portal supervisor = phoneOf("supervisor");
        supervisor
                .open("/spot-checks")
                .fitsItsWidth()
                .follow("下达抽查")
                .fill(Samples.fields("title", "随机抽查", "scope", "OPEN", "category", CHECKED_CATEGORY))
                .send();
        String checkNo = supervisor.page().url().replaceAll(".*/spot-checks/", "");
        assertThat(supervisor.text()).contains(itemNo, "待核查", "结果一致");
        lifeCycle.sendVisitors(checkNo);

        // and whoever was drawn finds something that nobody had written down
        Map<String, Object> visit = Samples.discrepantVisit(lifeCycle.today(), "进度与台账不符");
        visit.remove("reworkDue");
        visit.putAll(Samples.newProblem(1, "污水井溢流"));
        phoneOf(lifeCycle.waiting(itemNo, "carry-out-visit").assignee())
                .openToDo(itemNo)
                .fill(visit)
                .fitsItsWidth()
                .send();

        // then the supervisor reads it and goes on to the new item
        supervisor.open("/spot-checks/" + checkNo).fitsItsWidth().isAccessible();
        assertThat(supervisor.text()).contains("与台账不符", "进度与台账不符", "新发现的问题");
        supervisor.page().locator(".measure-list a").last().click();
        supervisor.page().locator("h1").waitFor();
        assertThat(supervisor.text()).contains("污水井溢流", "立项审核");
    }

    @Test
    void whoeverIsNewTakesTheTour() {
        Portal handler = phoneOf("handler").open("/?tour=again").isAccessible();
        handler.page().getByText("开始导览").click();
        Locator hint = handler.page().locator(".tour-hint");
        assertThat(hint.innerText()).contains("1 /");
        handler.fitsItsWidth().isAccessible();
        while (hint.getByText("下一步").count() > 0) {
            hint.getByText("下一步").click();
        }
        hint.getByText("知道了").click();
        hint.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));

        handler.open("/help").fitsItsWidth().isAccessible();
        handler.follow("投诉建议").fitsItsWidth().isAccessible();
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
    void whoeverGoesBackAndSendsAgainComesToTheFirstItem() {
        Map<String, Object> facts = lifeCycle.registration();
        Portal registrar =
                phoneOf("registrar").open("/new/registration").fill(facts).send();
        String item = registrar.page().url();

        registrar.page().goBack();
        registrar.page().locator("form.guided-form").waitFor();
        registrar.fill(facts).trySending();

        registrar.page().locator(".sent-before").waitFor();
        assertThat(registrar.page().url()).isEqualTo(item);
    }

    @Test
    void whatWasSentAfterTheSessionIsThereAgainAfterSigningOn() {
        String itemNo = lifeCycle.itemAt(ItemStatus.PLANNING);
        Portal handler = phoneOf("handler").openToDo(itemNo);
        String task = handler.page().url();
        handler.page().fill("[name=rootCause]", "日常巡查没有覆盖背街小巷。");
        handler.page().context().clearCookies();

        handler.trySending();
        handler.page().waitForURL("**/login?expired");
        handler.page().fill("#username", "handler");
        handler.page().fill("#password", "guiling-demo");
        handler.page().locator("form button[type=submit]").first().click();

        handler.page().waitForURL(task);
        assertThat(handler.page().inputValue("[name=rootCause]")).isEqualTo("日常巡查没有覆盖背街小巷。");
    }

    @Test
    void withoutAConnectionAFormIsFilledInAndSentLater() {
        // given a form that was opened where there is a connection, by a browser that keeps pages
        String itemNo = lifeCycle.itemAt(ItemStatus.PLANNING);
        Portal handler = phoneOf("handler").open("/todos");
        Browser.await(handler.page(), "navigator.serviceWorker.controller != null");
        // Scripts that came before the service worker took over are asked for again, so that it keeps them.
        handler.page().reload();
        handler.openToDo(itemNo);
        String task = handler.page().url();
        Browser.await(handler.page(), """
                async url => {
                    const needed = [url, ...[...document.scripts].map(script => script.src).filter(src => src)];
                    const kept = await Promise.all(needed.map(each => caches.match(each, {ignoreVary: true})));
                    return kept.every(answer => answer !== undefined);
                }
                """, task);
        handler.open("/todos");

        // when there is none any more
        handler.page().context().setOffline(true);
        handler.page().navigate(task);
        // The document that is new believes that there is a connection until it hears of a change.
        handler.page().context().setOffline(false);
        handler.page().context().setOffline(true);
        handler.page().locator(".site-offline").waitFor();
        handler.page().fill("[name=rootCause]", "日常巡查没有覆盖背街小巷。");
        handler.trySending();
        handler.page().getByText("已暂存在这台设备上").waitFor();
        handler.page().navigate(task);
        assertThat(handler.page().inputValue("[name=rootCause]")).isEqualTo("日常巡查没有覆盖背街小巷。");

        // then it is sent when there is one again
        handler.page().context().setOffline(false);
        handler.page().navigate(task);
        Map<String, Object> plan = Samples.plan(lifeCycle.today());
        plan.remove("rootCause");
        handler.fill(plan).send();
        assertThat(lifeCycle.item(itemNo).plan().rootCause()).isEqualTo("日常巡查没有覆盖背街小巷。");

        // and whoever signs off leaves neither page nor draft behind
        handler.page().evaluate("() => localStorage.setItem('guiling draft', 'half a sentence')");
        handler.open("/todos").page().locator(".site-sign-off").click();
        handler.page().waitForURL("**/login**");
        Browser.await(handler.page(), "async () => !(await caches.keys()).includes('guiling pages')");
        Browser.await(handler.page(), "() => localStorage.getItem('guiling draft') === null");
    }

    @Test
    void everyPageIsAccessibleAndFitsAPhone() {
        String unbroken = "without_any_place_to_break_it_".repeat(2);
        String planning = lifeCycle.itemAt(ItemStatus.PLANNING, Map.of("title", unbroken));
        String verifying = lifeCycle.itemAt(ItemStatus.VERIFYING, Map.of("title", unbroken));
        tokens.create("handler", unbroken, 1);
        Portal handler = phoneOf("handler");
        for (String path : List.of(
                "/",
                "/todos",
                "/items",
                "/items/" + verifying,
                "/items/" + verifying + "/path",
                "/items/" + verifying + "/evidence",
                "/items/" + verifying + "/summary",
                "/new/fast-lane",
                "/tasks/" + lifeCycle.waiting(planning).taskId(),
                "/items/" + planning + "/requests/decomposition",
                "/account")) {
            handler.open(path).fitsItsWidth().isAccessible();
        }
        phoneOf("administrator")
                .open("/administration/accounts/handler")
                .fitsItsWidth()
                .isAccessible();
        Portal verifier = new Portal(browser, "verifier", 1440, 900);
        verifier.open("/tasks/" + lifeCycle.waiting(verifying).taskId()).isAccessible();
        verifier.open("/items/" + verifying).page().locator("svg.path").waitFor();
        verifier.isAccessible();
    }

    /** Pages that no other test opens. */
    @ParameterizedTest
    @CsvSource({
        "registrar, /new/registration /imports /imports/progress /imports/result /items/none",
        "supervisor, /new/spot-check /offline",
        "administrator, /calendar /organization /administration/rules/codes /administration/rules/channels"
                + " /administration/rules/codes/category /administration/rules/texts"
                + " /administration/rules/texts/NoticeKind.URGED"
                + " /administration/rules/decisions /administration/rules/decisions/time-limits"
                + " /administration/rules/decisions/time-limits/edit /administration/rules/templates"
                + " /administration/rules/templates/assignment /administration/rules/profiles"
                + " /administration/rules/profiles/ledger /account/password"
    })
    void theOtherPagesAreAccessibleAndFitAPhone(String account, String paths) {
        Portal person = phoneOf(account);
        for (String path : paths.split(" ")) {
            person.open(path).fitsItsWidth().isAccessible();
        }
    }

    @Test
    void whatAFileWouldChangeIsAccessibleAndFitsAPhoneBeforeItCounts() throws IOException {
        String limits = shipped("processes/time-limits.dmn").replaceFirst("<text>2</text>", "<text>5</text>");
        String list = """
                序号,问题,责任单位,整改措施,完成时限
                1,背街路灯不亮。夜间出行不便。,housing-urban-bureau,更换灯具,2030年5月1日
                2,井盖缺失。行人容易踏空。,没有的单位,补装井盖,五月
                3,背街路灯不亮。夜间行走不便。,housing-urban-bureau,更换灯具,2030年5月1日
                """;

        Portal administrator = phoneOf("administrator");
        administrator.open("/administration/rules/decisions/time-limits").check("l.dmn", limits.getBytes(UTF_8));
        assertThat(administrator.fitsItsWidth().isAccessible().text()).contains("5 个工作日");
        administrator
                .open("/administration/rules/templates/yellow-card-letter")
                .check("t.docx", new ClassPathResource("documents/urging-letter.docx").getContentAsByteArray())
                .fitsItsWidth()
                .isAccessible();
        administrator
                .open("/administration/rules/profiles")
                .check(
                        "p.yaml",
                        shipped("import-profiles/kev.yaml")
                                .replace("cveID", "编号")
                                .getBytes(UTF_8));
        assertThat(administrator.fitsItsWidth().isAccessible().text()).contains("编号");
        administrator.open("/calendar").check("y.yaml", YearFiles.of(2061).getBytes(UTF_8));
        assertThat(administrator.fitsItsWidth().isAccessible().text()).contains("2061");

        Portal registrar = phoneOf("registrar").open("/imports");
        registrar.page().selectOption("#profile", "office-list");
        Map.of("category", "LIVELIHOOD", "level", "1", "sourceType", "OTHER", "urgency", "NORMAL", "systemic", "NO")
                .forEach((field, value) -> registrar.page().selectOption("#" + field, value));
        registrar.page().selectOption("#visibility", "INTERNAL");
        registrar.page().fill("#sourceDocNo", "检查〔2026〕9号");
        registrar.page().fill("#foundBy", "市督查办");
        registrar.page().fill("#foundDate", "2026-01-05");
        registrar.check("l.csv", list.getBytes(UTF_8));
        assertThat(registrar.fitsItsWidth().isAccessible().text()).contains("没有的单位", "与本文件第 2 行相似", "（查到 1 行）");
    }

    private static String shipped(String file) throws IOException {
        return new ClassPathResource(file).getContentAsString(UTF_8);
    }

    @Test
    void anAdministratorAddsSomebodyWhoLeavesAndSeesEveryPageOnADeskAndAPhone() {
        Portal phone = phoneOf("administrator");
        Page page = phone.open("/administration").fitsItsWidth().isAccessible().page();
        page.locator(".section-cards a", new Page.LocatorOptions().setHasText("人员"))
                .first()
                .click();
        page.locator(".page-actions a").click();
        page.fill("#name", "行者");
        page.fill("#id", "Journey");
        page.selectOption("#unit", "ecology-bureau");
        page.check("[name=roles][value=HANDLER]");
        page.locator("main form .btn-primary").click();
        assertThat(page.locator("#id-hint .form-problem").innerText()).contains("小写字母");
        assertThat(page.inputValue("#name")).isEqualTo("行者");
        phone.fitsItsWidth().isAccessible();
        page.fill("#id", "journey");
        page.locator("main form .btn-primary").click();
        page.locator(".alert-success").waitFor();
        phone.fitsItsWidth().isAccessible();

        // while somebody types, the people who fit are suggested
        phone.open("/administration/substitutes").fitsItsWidth().isAccessible();
        page.locator("#absent").pressSequentially("行者");
        Locator suggested = page.locator("#absent-suggestions option");
        PlaywrightAssertions.assertThat(suggested).hasCount(1);
        assertThat(suggested.getAttribute("value")).isEqualTo("行者（journey）");
        phone.open("/administration/units/bingshan-township/move");
        page.locator("#handler").pressSequentially("journey");
        PlaywrightAssertions.assertThat(page.locator("#handler-suggestions option"))
                .hasCount(1);

        // what will happen to a unit is shown before it does
        phone.open("/administration/units/bingshan-township/close");
        page.locator("main form .btn-primary").click();
        assertThat(page.locator(".alert-danger").innerText()).contains("请先调整或撤销下级单位");
        phone.fitsItsWidth().isAccessible();

        phone.open("/administration/people/journey/leave");
        page.locator("main form .btn-primary").click();
        assertThat(page.locator(".alert-success").innerText()).contains("已离岗");

        Portal desk = new Portal(browser, "administrator", 1440, 900);
        for (String path : List.of("/units", "/units/housing-urban-bureau", "/people", "/substitutes")) {
            desk.open("/administration" + path).fitsItsWidth().isAccessible();
            phone.open("/administration" + path).fitsItsWidth();
        }
        phone.open("/administration/accounts/handler").fitsItsWidth().isAccessible();
        phone.open("/administration/accounts").fitsItsWidth().isAccessible();
    }

    @ParameterizedTest
    @ValueSource(ints = {390, 1440})
    void theBoardDrawsItsChartsWithinThePolicyOfItsPages(int width) {
        lifeCycle.itemAt(ItemStatus.CLOSED);
        lifeCycle.itemAt(ItemStatus.PLAN_REVIEW);
        Portal leader = new Portal(browser, "leader", width, 900);
        List<String> complaints = new ArrayList<>();
        leader.page().onConsoleMessage(message -> complaints.add(message.text()));
        for (String path : List.of("/board", "/board/mine")) {
            leader.open(path);
            leader.page().locator("figure[data-drawn] canvas").first().waitFor();
            leader.page().locator("figure canvas").first().hover();
            leader.page().locator(".chart-data summary").first().click();
            leader.fitsItsWidth().isAccessible();
        }
        assertThat(complaints).isEmpty();

        // each number leads to its list, which says what it is of
        leader.open("/board").page().locator(".head-red a").click();
        assertThat(leader.page().locator(".counted").innerText()).contains("在办事项");
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
}
