package org.guiling.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.ManagementService;
import org.guiling.GuilingTest;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.item.ItemStatus;
import org.guiling.workflow.SpotCheckModel;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** 穿透, 即办 and 随机抽查 in Tasklist: what begins beside the first step. */
@GuilingTest
@BrowserTest
class ShortWaysTest extends AbstractBrowserTest {

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    ManagementService management;

    @Autowired
    JdbcClient jdbc;

    @Test
    void anItemIsSplitAndItsPartClaimedInTasklist() {
        String title = "分解浏览器测试 " + System.nanoTime();
        Map<String, Object> fields = lifeCycle.registration();
        fields.put("title", title);
        String whole = lifeCycle.register(fields);
        lifeCycle.moveTo(ItemStatus.RECTIFYING, whole);
        LocalDate due = lifeCycle.item(whole).currentDue();
        Tasklist handler = tasklistOf("handler");
        handler.openStartForm("穿透分解");
        handler.nameItem(whole, title);
        handler.fill("分解依据", "测试〔2026〕9号分解方案");
        handler.check("各子项合起来覆盖该事项的全部内容");
        FormFields part = handler.group("子项 1");
        part.select("承办单位", "甲桥镇（示例）");
        part.fill("标题", title + " 镇区部分");
        part.fill("内容", "补齐镇区内缺失的井盖。");
        part.fillDate("期限", lifeCycle.workingDayFrom(due.plusDays(1)).toString());
        handler.tryToSubmitStartForm();
        assertThat(handler.refusalInDialog()).contains("不得晚于父项期限 " + due);
        part.fillDate("期限", due.toString());
        handler.submitStartForm();

        String partNo = await().atMost(Browser.TIMEOUT)
                .until(
                        () -> lifeCycle.item(whole).openParts().stream()
                                .findFirst()
                                .orElse(null),
                        Objects::nonNull);
        Tasklist town = tasklistOf("handler2");
        town.openTask(lifeCycle.waiting(partNo).taskId());
        assertThat(town.page().locator(".fjs-form").innerText()).contains("镇区部分", due.toString());

        // The whole is not handed in meanwhile, and Tasklist says why.
        assertThat(handler.submitPastTheScreen(
                        lifeCycle.waiting(whole).taskId(), Samples.rectification(lifeCycle.today())))
                .contains("子项尚未办结：" + partNo);
    }

    @Test
    void aSmallThingGoesOnTheFastLaneInTasklist() {
        String title = "即办浏览器测试 " + System.nanoTime();
        LocalDate due = lifeCycle.workingDays(5);
        Tasklist handler = tasklistOf("handler");
        handler.openStartForm("即办");
        handler.select("来源", "自查");
        handler.fill("来源文号", "测试自查〔2026〕1号");
        handler.fillDate("发现日期", lifeCycle.today().toString());
        handler.fill("发现单位", "市住建局（测试）");
        handler.fill("标题", title);
        handler.fill("问题描述", "巡查发现测试路一处井盖松动，影响通行。");
        handler.select("类别", "民生服务");
        handler.select("等级", "一般");
        handler.select("紧急程度", "平");
        handler.select("公开范围", "内部");
        handler.choose("是否共性问题", "否");
        handler.choose("查重结论", "查重无重复");
        handler.fill("责任领导（第一责任人）", "甲局长");
        handler.fill("分管领导", "乙副局长");
        handler.select("承办人", "程承办");
        handler.fill("原因分析", "巡查时未及时发现井盖松动。");
        handler.fillDate("整改期限", lifeCycle.workingDayFrom(due.plusDays(9)).toString());
        handler.fill("整改目标", "井盖补齐。");
        handler.fill("不需要“长久立”的理由", "已有巡查制度，不需要新的制度。");
        FormFields measure = handler.group("措施 1");
        measure.fill("措施内容", "补齐井盖");
        measure.select("类型", "当下改");
        measure.fill("责任人", "丙科长");
        measure.fillDate("完成时限", due.toString());
        measure.fill("可检验的成果", "安装验收单");
        measure.select("佐证类型", "照片");
        handler.tryToSubmitStartForm();
        assertThat(handler.refusalInDialog()).contains("即办事项的期限不得晚于 " + due);
        handler.fillDate("整改期限", due.toString());
        handler.submitStartForm();

        String itemNo = await().atMost(Browser.TIMEOUT)
                .until(
                        () -> jdbc.sql("select item_no from item where title = ?")
                                .param(title)
                                .query(String.class)
                                .optional()
                                .orElse(null),
                        Objects::nonNull);
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.RECTIFYING);
        assertThat(lifeCycle.waiting(itemNo).assignee()).isEqualTo("handler");
    }

    @Test
    void aSpotCheckIsOrderedAndItsVisitMadeInTasklist() {
        String title = "抽查浏览器测试 " + System.nanoTime();
        Map<String, Object> fields = lifeCycle.registration();
        fields.put("title", title);
        fields.put("category", "STYLE");
        String itemNo = lifeCycle.register(fields);
        lifeCycle.moveTo(ItemStatus.CLOSED, itemNo);
        Tasklist supervisor = tasklistOf("supervisor");
        supervisor.openStartForm("随机抽查");
        supervisor.fill("抽查名称", "第四季度销号事项随机抽查");
        supervisor.choose("抽查对象", "已销号");
        supervisor.fillDate("销号日期不早于", lifeCycle.today().plusDays(1).toString());
        supervisor.select("类别", "作风效能");
        picture(supervisor, "spot-check-order");
        supervisor.tryToSubmitStartForm();
        assertThat(supervisor.refusalInDialog()).contains("日期不能晚于今天。");
        supervisor.fillDate("销号日期不早于", lifeCycle.today().toString());
        supervisor.submitStartForm();
        sendVisitors();

        Tasklist verifier3 = tasklistOf("verifier3");
        verifier3.openTask(lifeCycle.waiting(itemNo, "carry-out-visit").taskId());
        assertThat(verifier3.page().locator(".fjs-form").innerText()).contains(title, "已销号", "补齐三处井盖");
        verifier3.choose("抽查结论", "与台账不符");
        verifier3.select("核查方式", "四不两直");
        verifier3.fillDate("抽查日期", lifeCycle.today().toString());
        verifier3.fill("不符之处 1", "第三处井盖又缺失");
        verifier3.fillDate("重改期限", lifeCycle.today().minusDays(1).toString());
        verifier3.fill("抽查情况", "现场查看，第三处缺失。");
        FormFields problem = verifier3.group("发现的新问题 1");
        problem.fill("标题", title + " 新问题");
        problem.fill("问题描述", "抽查时发现同一路口标线磨损。");
        problem.select("类别", "基层治理");
        problem.select("等级", "一般");
        picture(verifier3, "spot-check-visit-form");
        verifier3.complete();
        assertThat(verifier3.refusal()).contains("不能早于今天");
        verifier3.fillDate(
                "重改期限", lifeCycle.workingDayFrom(lifeCycle.today().plusDays(12)).toString());
        verifier3.complete();

        await().atMost(Browser.TIMEOUT)
                .untilAsserted(() -> assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.REWORK));
        assertThat(jdbc.sql("select status from item where title = ?")
                        .param(title + " 新问题")
                        .query(String.class)
                        .single())
                .isEqualTo("REVIEW");
    }

    /** The job that follows the committed draw; tests run their jobs themselves. */
    private void sendVisitors() {
        management
                .createJobQuery()
                .processDefinitionKey(SpotCheckModel.KEY)
                .list()
                .forEach(job -> management.executeJob(job.getId()));
    }

    private static void picture(Tasklist tasklist, String name) {
        tasklist.picture(Path.of("target/pictures/" + name + ".png"));
    }
}
