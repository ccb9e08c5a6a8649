package org.guiling.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import org.guiling.GuilingTest;
import org.guiling.item.ItemStatus;
import org.guiling.process.LifeCycle;
import org.guiling.process.Samples;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** 穿透 and 即办 in Tasklist: what begins beside the first step. */
@GuilingTest
@EnabledIfSystemProperty(
        named = "guiling.browser",
        matches = "true",
        disabledReason = "left out by -Dguiling.browser=false")
class ShortWaysTest {

    private static Browser browser;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    JdbcClient jdbc;

    @BeforeAll
    static void openBrowser(@LocalServerPort int port) {
        browser = new Browser(port);
    }

    @AfterAll
    static void closeBrowser() {
        browser.close();
    }

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
        part.fillDate("期限", due.plusDays(1).toString());
        handler.tryToSubmitStartForm();
        assertThat(handler.refusalInDialog()).contains("不得晚于父项期限 " + due);
        part.fillDate("期限", due.toString());
        handler.submitStartForm();

        String partNo = await().atMost(Duration.ofSeconds(20))
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
        handler.fillDate("整改期限", due.plusDays(9).toString());
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

        String itemNo = await().atMost(Duration.ofSeconds(20))
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

    private static Tasklist tasklistOf(String account) {
        return new Tasklist(browser.signOn(account), browser.address());
    }
}
