package org.guiling.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.guiling.GuilingTest;
import org.guiling.People;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.item.ItemStatus;
import org.guiling.item.todo.ToDos;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.ApplicationRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;

/** One item from the start form to 已销号 through Camunda Tasklist alone, in the hands of five people. */
@GuilingTest
@BrowserTest
class TasklistJourneyTest extends AbstractBrowserTest {

    private static final Path CATALOGUE = Path.of("src/test/resources/kev-2021-2022.csv");

    /** So many of its rows; {@code ImportsTest} takes in all 866. */
    private static final int ROWS = 120;

    /** Number, vendor and product of a row, and the quote that may open its title. */
    private static final String CELL = "(?:\"[^\"]*(?:\"\"[^\"]*)*\"|[^,]*)";

    private static final Pattern TEXTS_OF_ROW =
            Pattern.compile("(?m)^(CVE-[0-9-]+,%1$s,%1$s,)(%1$s)(,%1$s,)(%1$s,%1$s)".formatted(CELL));

    @TempDir
    Path folder;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    ToDos toDos;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    People people;

    @Autowired
    Organization organization;

    @Autowired
    PasswordEncoder passwords;

    @Autowired
    @Qualifier("engineProvisioning")
    ApplicationRunner provisioning;

    @Test
    void anItemGoesToZeroInTasklist() {
        Tasklist registrar = tasklistOf("registrar");
        Tasklist reviewer = tasklistOf("reviewer");
        Tasklist handler = tasklistOf("handler");
        Tasklist supervisor = tasklistOf("supervisor");
        Tasklist verifier = tasklistOf("verifier");
        String title = "浏览器测试：测试路三处井盖缺失 " + System.nanoTime();

        // 立项建账
        registrar.openStartForm("五步归零");
        registrar.select("来源", "审计监督");
        registrar.fill("来源文号", "测试审〔2026〕7号");
        registrar.fillDate("发现日期", lifeCycle.today().minusDays(2).toString());
        registrar.fill("发现单位", "市审计局（测试）");
        registrar.fill("标题", title);
        registrar.fill("问题描述", "十一月二十日在测试路发现三处井盖缺失，影响通行。");
        registrar.select("类别", "民生服务");
        registrar.select("等级", "一般");
        registrar.select("紧急程度", "平");
        registrar.select("公开范围", "内部");
        registrar.choose("是否共性问题", "否");
        registrar.select("牵头单位", "市住房建设和城市管理局（示例）");
        registrar.submitStartForm();
        String itemNo = await().atMost(Browser.TIMEOUT)
                .until(
                        () -> jdbc.sql("select item_no from item where title = ?")
                                .param(title)
                                .query(String.class)
                                .optional(),
                        Optional::isPresent)
                .orElseThrow();
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.REVIEW);

        openAndClaim(reviewer, itemNo);
        reviewer.choose("查重结论", "查重无重复");
        reviewer.choose("审核结论", "准予立项");
        reviewer.check("一事一单");
        completeTo(reviewer, itemNo, ItemStatus.DISPATCHED);

        claimForTheUnit(handler, itemNo);

        openPlan(handler, itemNo);
        handler.fillDate(
                "整改期限", lifeCycle.workingDayFrom(lifeCycle.today().plusDays(30)).toString());
        completeTo(handler, itemNo, ItemStatus.PLAN_REVIEW);
        approvePlan(supervisor, itemNo);

        // 整改: what is missing is said in Tasklist, and nothing is lost
        openReport(handler, itemNo);
        reportMeasure(handler, 1);
        handler.complete();
        assertThat(handler.refusal()).contains("还差：措施 2 未完成。").doesNotContain("ENGINE");
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.RECTIFYING);
        assertThat(handler.value("本次进展")).isEqualTo("两条措施均已完成。");
        assertThat(handler.value("文号")).isEqualTo("住建〔2026〕9号");
        reportMeasure(handler, 2);
        completeTo(handler, itemNo, ItemStatus.VERIFYING);

        pass(verifier, itemNo);
        signOff(supervisor, itemNo);
    }

    /**
     * Real rows through the import page, one of them to zero, and the same file once more. The one changes doors at
     * each step, from Tasklist to the portal on a phone and back.
     */
    @Test
    void anImportedItemGoesToZeroThroughBothDoors() throws IOException {
        String source = "测试目录 " + System.nanoTime();
        Path file = catalogueOfItsOwn();
        Page registrar = browser.signOn("registrar");
        checkCatalogue(registrar, file, source);
        assertThat(registrar.locator("main").innerText()).contains(Integer.toString(ROWS));
        registrar.locator("button[value=valid-rows]").click();
        registrar.locator(".import-result .alert-success").waitFor(untilAllAreDone());
        String itemNo = jdbc.sql("select item_no from item where source_doc_no = ? and source_seq = 'CVE-2018-5430'")
                .param(source)
                .query(String.class)
                .single();
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.REVIEW);

        Page reviewer = browser.signOn("reviewer");
        reviewer.navigate(browser.address() + "/imports");
        reviewer.locator(
                        "tr",
                        new Page.LocatorOptions().setHasText(file.getFileName().toString()))
                .last()
                .getByText("整批审核通过")
                .click();
        reviewer.locator("input[name=confirmed]").check();
        reviewer.locator(".import-review button[type=submit]").click();
        reviewer.locator(".alert-success").waitFor(untilAllAreDone());
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.DISPATCHED);

        claimForTheUnit(tasklistOf("handler"), itemNo);
        Map<String, Object> plan = Samples.plan(lifeCycle.today());
        // The source has set the date.
        plan.remove("plannedDue");
        Portal handler = phoneOf("handler");
        handler.openToDo(itemNo).fill(plan).send();
        approvePlan(tasklistOf("supervisor"), itemNo);
        handler.openToDo(itemNo).fill(Samples.rectification(lifeCycle.today())).send();
        pass(tasklistOf("verifier"), itemNo);
        phoneOf("supervisor").openToDo(itemNo).fill(Samples.signOff()).send();
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.CLOSED);
        assertThat(lifeCycle.item(itemNo).originalDue()).isEqualTo(LocalDate.of(2023, 1, 19));

        checkCatalogue(registrar, file, source);
        assertThat(registrar.locator("button[value=valid-rows]").count()).isZero();
        assertThat(registrar.locator("main").innerText()).contains(Integer.toString(ROWS), "已有，跳过");
        assertThat(jdbc.sql("select count(*) from item where source_doc_no = ?")
                        .param(source)
                        .query(Integer.class)
                        .single())
                .isEqualTo(ROWS);
    }

    /** Each item is a transaction: minutes where the machine is busy. */
    private static Locator.WaitForOptions untilAllAreDone() {
        return new Locator.WaitForOptions().setTimeout(5 * Browser.TIMEOUT.toMillis());
    }

    /** The real rows, of whose texts another test's are nothing like: it imports them too, and the same would be duplicates. */
    private Path catalogueOfItsOwn() throws IOException {
        String rows =
                Files.readAllLines(CATALOGUE).stream().limit(1 + ROWS).collect(Collectors.joining("\n", "", "\n"));
        Matcher texts = TEXTS_OF_ROW.matcher(rows);
        String others = texts.replaceAll(row ->
                Matcher.quoteReplacement(row.group(1) + rotated(row.group(2)) + row.group(3) + rotated(row.group(4))));
        return Files.writeString(folder.resolve("catalogue.csv"), others);
    }

    /** Each letter 13 places on in the alphabet. */
    private static String rotated(String text) {
        return text.chars()
                .map(letter -> Character.isLetter(letter) && letter < 128
                        ? Character.isUpperCase(letter)
                                ? 'A' + (letter - 'A' + 13) % 26
                                : 'a' + (letter - 'a' + 13) % 26
                        : letter)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static void checkCatalogue(Page registrar, Path file, String source) {
        registrar.navigate(browser.address() + "/imports");
        registrar.setInputFiles("#file", file);
        registrar.selectOption("#profile", "kev");
        registrar.selectOption("#leadUnit", Samples.CITY_UNIT);
        registrar.selectOption("#category", "LIVELIHOOD");
        registrar.selectOption("#level", "1");
        registrar.selectOption("#sourceType", "OTHER");
        registrar.fill("#sourceDocNo", source);
        registrar.selectOption("#urgency", "NORMAL");
        registrar.selectOption("#systemic", "NO");
        registrar.selectOption("#visibility", "INTERNAL");
        registrar.locator("form[action$='/imports/check'] button[type=submit]").click();
        registrar.locator(".import-check").waitFor();
    }

    /** 定责认领 */
    private void claimForTheUnit(Tasklist handler, String itemNo) {
        openAndClaim(handler, itemNo);
        handler.choose("本单位意见", "认领");
        handler.fill("责任领导（第一责任人）", "甲局长");
        handler.fill("分管领导", "乙副局长");
        handler.select("承办人", "程承办");
        handler.check("本单位承担牵头责任");
        completeTo(handler, itemNo, ItemStatus.PLANNING);
    }

    /** 限期整改, all but the date: the second group opens when the first measure is written. */
    private void openPlan(Tasklist handler, String itemNo) {
        handler.openTask(taskOf(itemNo));
        handler.fill("原因分析", "巡查频次不足，缺失井盖未及时登记。");
        handler.select("整改类型", "立行立改");
        handler.fill("整改目标", "三处井盖补齐，建立巡查制度。");
        fillMeasure(handler, 1, "补齐三处井盖", "当下改", 10);
        fillMeasure(handler, 2, "印发井盖巡查制度", "长久立", 20);
    }

    private void approvePlan(Tasklist supervisor, String itemNo) {
        openAndClaim(supervisor, itemNo);
        supervisor.choose("审批结论", "同意");
        completeTo(supervisor, itemNo, ItemStatus.RECTIFYING);
    }

    /** The report of a rectification, all but its measures. */
    private void openReport(Tasklist handler, String itemNo) {
        handler.openTask(taskOf(itemNo));
        handler.choose("本次办理", "提请核查");
        handler.fill("本次进展", "两条措施均已完成。");
        handler.fill("整改结果", "三处井盖全部补齐。");
        handler.fill("举一反三", "排查全市井盖一遍，另补四处。");
        handler.fill("制度成果名称", "井盖巡查办法");
        handler.fill("文号", "住建〔2026〕9号");
        handler.fillDate("印发日期", lifeCycle.today().toString());
    }

    /** 核查验收 */
    private void pass(Tasklist verifier, String itemNo) {
        openAndClaim(verifier, itemNo);
        verifier.select("核查方式", "现场核查");
        verifier.fillDate("核查日期", lifeCycle.today().toString());
        for (String criterion : new String[] {"问题已解决", "措施全部落实", "佐证齐全真实", "已举一反三"}) {
            verifier.choose("符合的验收标准", criterion);
        }
        verifier.choose("核查结论", "通过");
        verifier.fill("核查意见", "现场查看，三处井盖均已安装牢固。");
        completeTo(verifier, itemNo, ItemStatus.CLOSING);
    }

    /** 销号归零 */
    private void signOff(Tasklist supervisor, String itemNo) {
        openAndClaim(supervisor, itemNo);
        supervisor.choose("审批结论", "同意销号");
        supervisor.fill("意见", "同意销号。");
        supervisor.choose("回告情况", "已书面回告");
        supervisor.fill("说明", "测试函〔2026〕2号");
        completeTo(supervisor, itemNo, ItemStatus.CLOSED);
    }

    @Test
    void aFormShowsWhatTheRecordKnows() {
        String itemNo = lifeCycle.register(lifeCycle.registration());
        Tasklist reviewer = tasklistOf("reviewer");

        reviewer.openTask(taskOf(itemNo));

        assertThat(reviewer.page().locator(".fjs-form").innerText())
                .contains(itemNo)
                .contains(lifeCycle.item(itemNo).registration().title())
                .contains("系统没有查到相似的事项");
    }

    /** form-js speaks English of itself. */
    @Test
    void whatIsWrongWithAFieldIsSaidInChinese() {
        String itemNo = lifeCycle.itemAt(ItemStatus.PLANNING);
        Tasklist handler = tasklistOf("handler");
        handler.openTask(taskOf(itemNo));

        handler.fill("原因分析", "巡查不足。");

        Locator message = handler.page().locator(".fjs-form-field-error");
        message.getByText("至少 10 个字。").waitFor();
        handler.fill("原因分析", "");
        message.getByText("请填写此项。").waitFor();
        assertThat(message.allInnerTexts()).noneMatch(text -> text.contains("Field"));
        handler.fill("原因分析", "巡查频次不足，缺失井盖未及时登记。");
        message.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
    }

    /** 延期 and 退回重派, from the start dialog and the form of the claim. */
    @Test
    void anExtensionIsAskedAndADeclineRuledInTasklist() {
        String title = "延期浏览器测试 " + System.nanoTime();
        Map<String, Object> facts = lifeCycle.registration();
        facts.put("title", title);
        String itemNo = lifeCycle.register(facts);
        lifeCycle.moveTo(ItemStatus.RECTIFYING, itemNo);
        LocalDate due = lifeCycle.item(itemNo).currentDue();
        Tasklist handler = tasklistOf("handler");
        handler.openStartForm("延期审批");
        handler.nameItem(itemNo, title);
        handler.fillDate("新的期限", lifeCycle.workingDayFrom(due.plusDays(40)).toString());
        handler.fill("延期理由", "材料到货推迟，井盖需定制。");
        handler.fill("佐证", "供货合同变更函，存工程科");
        handler.tryToSubmitStartForm();
        assertThat(handler.refusalInDialog()).contains("新的期限不得晚于 " + lifeCycle.workingDayFrom(due.plusDays(30)));
        handler.fillDate("新的期限", lifeCycle.workingDayFrom(due.plusDays(10)).toString());
        handler.submitStartForm();

        Tasklist leader = tasklistOf("leader");
        leader.openTask(await().atMost(Browser.TIMEOUT)
                .ignoreExceptions()
                .until(() -> lifeCycle.waiting(itemNo, "decide-on-extension").taskId(), Objects::nonNull));
        assertThat(leader.page().locator(".fjs-form").innerText()).contains("供货合同变更函", due.toString());
        leader.claim();
        leader.choose("审批结论", "同意");
        leader.complete();
        await().atMost(Browser.TIMEOUT)
                .untilAsserted(() -> assertThat(lifeCycle.item(itemNo).currentDue())
                        .isEqualTo(lifeCycle.workingDayFrom(due.plusDays(10))));

        String declined = lifeCycle.itemAt(ItemStatus.DISPATCHED);
        openAndClaim(handler, declined);
        handler.choose("本单位意见", "申请退回重派");
        handler.fill("退回理由", "该路段由所在镇管护。");
        handler.fill("依据", "测试〔2026〕3号第四条");
        handler.select("建议的牵头单位", "甲桥镇（示例）");
        completeTo(handler, declined, ItemStatus.DISPUTED);
        Tasklist supervisor = tasklistOf("supervisor");
        openAndClaim(supervisor, declined);
        supervisor.choose("裁定结论", "维持原单位");
        supervisor.fill("裁定意见", "属市级道路。");
        completeTo(supervisor, declined, ItemStatus.DISPATCHED);
    }

    /** Whoever registered an item does not review it, whether they press buttons or send requests. */
    @Test
    void nobodyReviewsTheirOwnRegistration() throws Exception {
        organization.save(
                new Person("two-hats", "双重身份", Samples.CITY_UNIT, EnumSet.of(Role.REGISTRAR, Role.REVIEWER)),
                passwords.encode("guiling-demo"));
        provisioning.run(null);
        String itemNo = people.as("two-hats", () -> lifeCycle.registerAsCurrent(lifeCycle.registration()));
        Tasklist twoHats = tasklistOf("two-hats");

        twoHats.openTask(taskOf(itemNo));
        twoHats.tryToClaim();

        assertThat(twoHats.refusal()).contains("您对该事项已做过“登记”，不能再办理“立项审核”。");
        assertThat(twoHats.submitPastTheScreen(taskOf(itemNo), Samples.acceptance()))
                .startsWith("403 您对该事项已做过“登记”，不能再办理“立项审核”。");
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.REVIEW);
    }

    /** Whoever verified an item does not sign it off, though nothing on their screen offers it. */
    @Test
    void theVerifierDoesNotSignOff() {
        String itemNo = lifeCycle.itemAt(ItemStatus.CLOSING);
        Tasklist verifier = tasklistOf("verifier");

        assertThat(verifier.submitPastTheScreen(taskOf(itemNo), Samples.signOff()))
                .startsWith("403 您没有做这一步操作的权限。");
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.CLOSING);
    }

    private void fillMeasure(Tasklist handler, int number, String content, String track, int days) {
        FormFields measure = handler.group("措施 " + number);
        measure.waitFor();
        measure.fill("措施内容", content);
        measure.select("类型", track);
        measure.fill("责任人", "丙科长");
        measure.fillDate("完成时限", lifeCycle.today().plusDays(days).toString());
        measure.select("佐证类型", "照片");
        measure.fill("可检验的成果", "验收单");
    }

    private static void reportMeasure(Tasklist handler, int number) {
        FormFields measure = handler.group("措施 " + number);
        measure.checkFirst();
        measure.fill("佐证材料", "照片三张，存档案室");
        measure.fill("完成情况", "已完成");
    }

    private void openAndClaim(Tasklist person, String itemNo) {
        person.openTask(taskOf(itemNo));
        person.claim();
    }

    private String taskOf(String itemNo) {
        return toDos.of(itemNo).get(0).taskId();
    }

    private void completeTo(Tasklist person, String itemNo, ItemStatus status) {
        person.complete();
        await().atMost(Browser.TIMEOUT)
                .untilAsserted(() -> assertThat(lifeCycle.item(itemNo).status()).isEqualTo(status));
    }
}
