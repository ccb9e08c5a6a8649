package org.guiling.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.LoadState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.guiling.GuilingTest;
import org.guiling.TestClock;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.evidence.SampleFiles;
import org.guiling.item.ItemStatus;
import org.guiling.workflow.RequestProcess;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;

/**
 * The pictures of the guides, taken anew from the sample data:
 * {@code mvn verify -Dtest=ScreenshotsTest -Dguiling.screenshots=true}.
 */
@GuilingTest
@ActiveProfiles({"test", "demo"})
@EnabledIfSystemProperty(
        named = "guiling.screenshots",
        matches = "true",
        disabledReason = "pictures are taken with -Dguiling.screenshots=true only")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ScreenshotsTest extends AbstractBrowserTest {

    private static final Path FOLDER = Path.of("docs", "images");

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    TestClock clock;

    @Autowired
    JdbcClient jdbc;

    @Test
    void login() {
        Page page = browser.visit("/login");
        take(page, "login");
    }

    @Test
    void startPage() {
        Page page = browser.signOn("supervisor");
        page.navigate(browser.address() + "/");
        take(page, "start-page");
    }

    @Test
    void portal() {
        Page handler = browser.signOn("handler");
        take(handler, "/todos", "portal-todos");
        Page supervisor = browser.signOn("supervisor");
        take(supervisor, "/items", "portal-ledger");
        String itemNo = jdbc.sql("select item_no from item where status = 'CLOSING' order by item_no limit 1")
                .query(String.class)
                .single();
        supervisor.navigate(browser.address() + "/items/" + itemNo);
        supervisor.locator("svg.path .shape-here").first().waitFor();
        supervisor.locator("#evidence-list").waitFor();
        supervisor.screenshot(new Page.ScreenshotOptions()
                .setPath(FOLDER.resolve("portal-item.png"))
                .setFullPage(true));
    }

    @Test
    void portalAdministration() {
        Page administrator = browser.signOn("administrator");
        take(administrator, "/administration/units", "portal-administration");
        take(administrator, "/administration/units/jiaqiao-town", "portal-administration-unit");
    }

    @Test
    void portalOnPhone() {
        Page handler = browser.signOn("handler", 390, 844);
        handler.navigate(browser.address() + "/tasks/" + taskOf(ItemStatus.RECTIFYING));
        handler.locator(".evidence-upload").waitFor();
        take(handler, "portal-task-phone");
    }

    /** Nothing goes to zero in a day: what the samples leave open goes on for eight weeks. */
    /** Weeks pass and items come in, which no other picture is to show. */
    @Test
    @Order(Integer.MAX_VALUE)
    void portalBoard() {
        LocalDate first = lifeCycle.today();
        try {
            for (int week = 1; week <= 8; week++) {
                clock.set(first.plusWeeks(week));
                lifeCycle.itemAt(week % 3 == 0 ? ItemStatus.PLANNING : ItemStatus.CLOSED);
                lifeCycle.itemAt(ItemStatus.CLOSED, Samples.fields("leadUnit", "jiaqiao-town"));
                lifeCycle.itemAt(week % 2 == 0 ? ItemStatus.RECTIFYING : ItemStatus.CLOSED);
            }
            lifeCycle.complete("handler", lifeCycle.itemAt(ItemStatus.DISPATCHED), Samples.decline("jiaqiao-town"));
            String suspended = lifeCycle.itemAt(ItemStatus.RECTIFYING);
            lifeCycle.raise(
                    "handler",
                    RequestProcess.SUSPENSION,
                    suspended,
                    Samples.suspension(lifeCycle.today().plusDays(60)));
            lifeCycle.complete("supervisor", suspended, "decide-on-suspension", Samples.fields("decision", "APPROVE"));
            takeBoard(browser.signOn("leader"), "/board", "portal-board");
            takeBoard(browser.signOn("township-leader", 390, 844), "/board/mine", "portal-board-phone");
        } finally {
            clock.reset();
        }
    }

    private static void takeBoard(Page page, String path, String picture) {
        page.navigate(browser.address() + path);
        page.locator("figure[data-drawn]").last().waitFor();
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(FOLDER.resolve(picture + ".png"))
                .setFullPage(true));
    }

    @Test
    void portalRules() {
        Page administrator = browser.signOn("administrator");
        take(administrator, "/administration/rules/decisions/escalation-ladder", "portal-rules-ladder");
        take(administrator, "/administration/rules/codes/category", "portal-rules-codes");
        take(administrator, "/administration/rules/texts/NoticeKind.URGED", "portal-rules-text");
    }

    @Test
    void imports() {
        Page page = browser.signOn("registrar");
        page.navigate(browser.address() + "/imports");
        page.locator("main form").first().waitFor();
        take(page, "import");
        page.locator("#file")
                .setInputFiles(new FilePayload("市安委办督查问题清单.csv", "text/csv", """
                序号,隐患内容,隐患部位,整改措施,责任单位,整改期限,联系人,是否销号
                一、校园安全,,,,,,,
                1,示例中学食堂燃气管道老化，未按期检测。,食堂后厨,更换管道,市教育局（示例）、市应急管理局（示例）,12月底前,某人,
                2,示例小学消防通道堆放杂物，应急灯不亮。,教学楼东侧,清理并更换,教育局,立行立改,某人,
                3,示例幼儿园围墙开裂，未设警示标志。,北侧围墙,拆除重建,市住房和城乡建设局（示例）,2027年第一季度,某人,
                4,示例养老院配电箱未接地，线路老化。,二楼,改造线路,市民政局（示例）,等通知,某人,
                5,示例社区电动车在楼道充电，无灭火器材。,3号楼,配备器材,丁湾街道（示例）,已完成,某人,已销号
                合计,5,,,,,,
                """.getBytes(StandardCharsets.UTF_8)));
        page.locator("#foundBy").fill("市安委办督查组（示例）");
        page.locator("#foundDate").fill(LocalDate.now(clock).minusDays(5).toString());
        page.locator("#sourceDocNo").fill("安委办督〔2026〕12号");
        Map.of(
                        "category",
                        "SAFETY",
                        "level",
                        "1",
                        "sourceType",
                        "SUPERVISION",
                        "urgency",
                        "NORMAL",
                        "systemic",
                        "NO",
                        "visibility",
                        "INTERNAL")
                .forEach((key, value) -> page.locator("#" + key).selectOption(value));
        page.locator("main form button[type=submit]").first().click();
        page.locator(".report-figures").waitFor();
        take(page, "import-check");
    }

    @Test
    void tasklist() {
        Tasklist handler = tasklistOf("handler");
        handler.openFirstTask();
        take(handler.page(), "tasklist");
    }

    @Test
    void tasklistTabs() {
        Tasklist handler = tasklistOf("handler");
        handler.openTask(taskOf(ItemStatus.RECTIFYING));
        Locator item = handler.openTab("事项");
        item.locator(".path .shape-here").first().waitFor();
        take(handler.page(), "tasklist-item");
        Locator evidence = handler.openTab("佐证材料");
        evidence.locator("#evidence-measure").selectOption("1");
        evidence.locator("#evidence-files").setInputFiles(new FilePayload[] {
            new FilePayload("现场照片.jpg", "image/jpeg", SampleFiles.jpg(400, 300)),
            new FilePayload("验收单.pdf", "application/pdf", SampleFiles.pdf())
        });
        evidence.locator(".evidence-file").nth(1).waitFor();
        evidence.locator(".evidence-file img").first().evaluate("image => image.decode()");
        take(handler.page(), "tasklist-evidence");
    }

    @Test
    void startForm() {
        Tasklist registrar = tasklistOf("registrar");
        registrar.openStartForm("五步归零");
        take(registrar.page(), "start-form");
    }

    @Test
    void planForm() {
        Tasklist handler = tasklistOf("handler");
        fillPlan(handler);
        scrollTo(handler, "措施 1");
        take(handler.page(), "plan-form");
    }

    @Test
    void planFormOnPhone() {
        Tasklist handler = new Tasklist(browser.signOn("handler", 390, 844), browser.address());
        fillPlan(handler);
        scrollTo(handler, "措施 1");
        take(handler.page(), "plan-form-phone");
    }

    @Test
    void refusal() {
        Tasklist handler = tasklistOf("handler");
        handler.openTask(taskOf(ItemStatus.RECTIFYING));
        handler.choose("本次办理", "提请核查");
        handler.fill("本次进展", "第一条措施已完成，其余正在办理。");
        handler.fill("整改结果", "正在办理。");
        handler.fill("举一反三", "正在排查同类问题。");
        handler.complete();
        handler.page().locator(".page-notifications .alert-danger").waitFor();
        take(handler.page(), "refusal");
    }

    @Test
    void cockpit() {
        Page page = browser.signOn("operator", 1440, 900, 2);
        String definition = jdbc.sql("select id_ from act_re_procdef where key_ = 'five-step-zeroing'")
                .query(String.class)
                .single();
        page.navigate(browser.address() + "/camunda/app/cockpit/default/#/process-definition/" + definition
                + "/runtime?tab=process-instances");
        page.locator(".djs-container .djs-overlay .badge").first().waitFor();
        page.locator("view table tbody tr, .ctn-tabbed table tbody tr").first().waitFor();
        take(page, "cockpit");
    }

    private void fillPlan(Tasklist handler) {
        handler.openTask(taskOf(ItemStatus.PLANNING));
        handler.fill("原因分析", "项目移交前没有核对备案材料的环节，监理评估报告和规划核实由两家分别保管，缺件无人催办。");
        handler.select("整改类型", "立行立改");
        handler.fill("整改目标", "六个项目全部办结竣工验收备案，移交前核对备案成为固定环节。");
        measure(handler, 1, "逐个项目补齐监理评估报告和规划核实文件并办理备案", "当下改", 10, "六个项目的竣工验收备案表", "文件");
        measure(handler, 2, "制定市政项目移交前备案核对办法，未备案的不接收", "长久立", 20, "办法正式印发并用于下一个移交项目", "文件");
    }

    private void measure(
            Tasklist handler, int number, String content, String track, int days, String result, String evidence) {
        FormFields measure = handler.group("措施 " + number);
        measure.waitFor();
        measure.fill("措施内容", content);
        measure.select("类型", track);
        measure.fill("责任人", "工程科科长");
        measure.fillDate("完成时限", lifeCycle.today().plusDays(days).toString());
        measure.select("佐证类型", evidence);
        measure.fill("可检验的成果", result);
    }

    private static void scrollTo(Tasklist person, String heading) {
        Locator label = person.page().locator(".fjs-form").getByText(heading, FormFields.exactly());
        label.evaluate("element => { element.style.scrollMarginTop = '60px'; element.scrollIntoView(); }");
    }

    /** The sample item whose task of that kind the handler of the samples has to do first. */
    private String taskOf(ItemStatus status) {
        return jdbc.sql("""
                        select t.id_ from act_ru_task t
                        join act_ru_execution e on e.id_ = t.proc_inst_id_
                        join item i on i.item_no = e.business_key_
                        where t.assignee_ = 'handler' and i.status = ?
                        order by t.due_date_, i.item_no limit 1""").param(status.name()).query(String.class).single();
    }

    private static void take(Page page, String path, String name) {
        page.navigate(browser.address() + path);
        take(page, name);
    }

    private static void take(Page page, String name) {
        page.evaluate("document.fonts.ready");
        page.waitForLoadState(LoadState.NETWORKIDLE);
        page.screenshot(new Page.ScreenshotOptions().setPath(FOLDER.resolve(name + ".png")));
    }
}
