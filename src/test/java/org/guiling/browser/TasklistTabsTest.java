package org.guiling.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.FilePayload;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.guiling.GuilingTest;
import org.guiling.engine.LifeCycle;
import org.guiling.evidence.SampleFiles;
import org.guiling.item.ItemStatus;
import org.guiling.workflow.FiveStepZeroing;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The portal's parts in Camunda's web apps: two tabs in Tasklist, a link in Cockpit. */
@GuilingTest
@BrowserTest
class TasklistTabsTest extends AbstractBrowserTest {

    private static final String PROGRESS = "两条措施均已完成，正在整理材料。";

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    RuntimeService runtime;

    @Autowired
    TaskService tasks;

    @BeforeAll
    static void waitLonger() {
        PlaywrightAssertions.setDefaultAssertionTimeout(Browser.TIMEOUT.toMillis());
    }

    @Test
    void evidenceIsUploadedBesideTheFormAndIsTheSameInThePortal() {
        // given a report that is half written
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        Tasklist handler = tasklistOf("handler");
        handler.openTask(lifeCycle.waiting(itemNo).taskId());
        assertThat(handler.tabs()).hasText(new String[] {"表单", "事项", "佐证材料", "流程图", "说明"});
        handler.fill("本次进展", PROGRESS);

        // when the handler looks at the item and uploads two files, of which one is none
        Locator item = handler.openTab("事项");
        assertThat(item).containsText(lifeCycle.item(itemNo).registration().title());
        assertThat(item.locator(".step-here")).containsText("限期整改");
        item.locator(".path .shape-here").first().waitFor();
        assertThat(item.getByText("在门户中打开")).hasAttribute("href", "/items/" + itemNo);
        Locator evidence = handler.openTab("佐证材料");
        Locator checks = evidence.locator(".check-line");
        assertThat(checks.first()).containsText("还差佐证");
        evidence.locator("#evidence-measure").selectOption("1");
        evidence.locator("#evidence-files").setInputFiles(new FilePayload[] {
            new FilePayload("补齐后.jpg", "image/jpeg", SampleFiles.jpg(400, 300)),
            new FilePayload("程序.jpg", "image/jpeg", SampleFiles.EXE)
        });

        // then the gate's checklist and the list say so, what failed is told, and nothing typed is lost
        assertThat(evidence.locator(".evidence-file")).containsText("补齐后.jpg");
        assertThat(checks.first()).containsText("已有 1 份");
        assertThat(checks.nth(1)).containsText("还差佐证");
        assertThat(evidence.locator(".evidence-progress")).containsText("程序.jpg");
        handler.openForm();
        assertThat(handler.value("本次进展")).isEqualTo(PROGRESS);
        Page portal = handler.page();
        portal.navigate(browser.address() + "/items/" + itemNo);
        assertThat(portal.locator(".evidence-file")).containsText("补齐后.jpg");
    }

    @Test
    void aTaskWithoutAnItemSaysSo() {
        Task task = tasks.newTask();
        task.setName("测试");
        task.setAssignee("handler");
        tasks.saveTask(task);
        try {
            Tasklist handler = tasklistOf("handler");
            handler.goToTask(task.getId());
            assertThat(handler.openTab("事项")).containsText("这项任务没有您可以查看的事项。");
            assertThat(handler.openTab("佐证材料")).containsText("这项任务没有您可以查看的事项。");
        } finally {
            tasks.deleteTask(task.getId(), true);
        }
    }

    /** An operator sees the instances of all items, but of the items those of their own unit alone. */
    @Test
    void cockpitLeadsFromAnInstanceToItsItem() {
        Map<String, Object> facts = lifeCycle.registration();
        facts.put("leadUnit", "leading-group-office");
        String own = lifeCycle.register(facts);
        String foreign = lifeCycle.register(lifeCycle.registration());
        Page operator = browser.signOn("operator");

        openInstance(operator, foreign);
        Locator closed = operator.locator(".guiling-item");
        assertThat(closed).hasAttribute("title", "您无权查看事项 " + foreign);
        assertThat(closed).not().hasAttribute("href", "/items/" + foreign);

        openInstance(operator, own);
        operator.locator(".guiling-item[title='打开事项 " + own + "']").click();
        operator.waitForURL("**/items/" + own);
        assertThat(operator.locator("h1")).containsText(facts.get("title").toString());
    }

    private void openInstance(Page operator, String itemNo) {
        String instance = runtime.createProcessInstanceQuery()
                .processDefinitionKey(FiveStepZeroing.KEY)
                .processInstanceBusinessKey(itemNo)
                .singleResult()
                .getId();
        operator.navigate(
                browser.address() + "/camunda/app/cockpit/default/#/process-instance/" + instance + "/runtime");
        operator.locator(".guiling-item[title$='" + itemNo + "']").waitFor();
    }
}
