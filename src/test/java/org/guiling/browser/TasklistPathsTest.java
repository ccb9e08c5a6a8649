package org.guiling.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.guiling.GuilingTest;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.item.Action;
import org.guiling.item.ItemStatus;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineEntry;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.ApplicationRunner;
import org.springframework.security.crypto.password.PasswordEncoder;

/** The side paths of an item (DOMAIN.md §3), by the buttons of Tasklist; each meets a refusal first. */
@GuilingTest
@BrowserTest
class TasklistPathsTest extends AbstractBrowserTest {

    /** A unit that has few items to choose from, however many other tests have left to others. */
    private static final String UNIT = "education-bureau";

    private static final String HANDLER = "paths-handler";
    private static final String OUTSIDER = "paths-outsider";

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    Timeline timeline;

    @Autowired
    RuntimeService runtime;

    @Autowired
    ManagementService management;

    @Autowired
    Organization organization;

    @Autowired
    PasswordEncoder passwords;

    @Autowired
    @Qualifier("engineProvisioning")
    ApplicationRunner provisioning;

    @BeforeEach
    void peopleOfTheirOwn() throws Exception {
        organization.save(new Person(HANDLER, "路承办", UNIT, EnumSet.of(Role.HANDLER)), passwords.encode("guiling-demo"));
        organization.save(
                new Person(OUTSIDER, "旁承办", "civil-affairs-bureau", EnumSet.of(Role.HANDLER)),
                passwords.encode("guiling-demo"));
        provisioning.run(null);
    }

    /** One item is suspended and resumed, returned for rework, closed, looked back on, closed again and reopened. */
    @Test
    void anItemIsSuspendedReworkedLookedBackOnAndReopened() {
        String title = "路径浏览器测试 " + System.nanoTime();
        String itemNo = rectifying(title);
        Tasklist handler = tasklistOf(HANDLER);
        Tasklist supervisor = tasklistOf("supervisor");
        Tasklist verifier = tasklistOf("verifier");
        Tasklist verifier3 = tasklistOf("verifier3");
        Tasklist registrar = tasklistOf("registrar");

        suspendAndResume(handler, supervisor, itemNo, title);

        // 退回重改
        rectify(itemNo);
        returnForRework(verifier, itemNo);
        close(itemNo);

        // 回头看
        fireLookBack(itemNo);
        lookBack(verifier, verifier3, itemNo);
        close(itemNo);

        // 反弹重开
        reopen(registrar, supervisor, itemNo, title);

        assertThat(timeline.of(lifeCycle.item(itemNo)))
                .filteredOn(entry -> entry.action() == Action.REFUSED)
                .extracting(
                        TimelineEntry::actor,
                        entry -> entry.refusal().problems().get(0).code())
                .containsExactly(tuple(HANDLER, "refusal.item-suspended"), tuple("verifier", "refusal.four-eyes"));
    }

    private void suspendAndResume(Tasklist handler, Tasklist supervisor, String itemNo, String title) {
        LocalDate today = lifeCycle.today();
        handler.openStartForm("挂起");
        handler.select("事项编号", itemNo + " " + title);
        handler.select("挂起事由", "诉讼、复议");
        handler.fillDate("复核日", today.plusDays(200).toString());
        handler.fill("说明", "行政复议〔2026〕12号已受理。");
        picture(handler, "suspension-request");
        handler.tryToSubmitStartForm();
        assertThat(handler.refusalInDialog()).contains("复核日不得晚于 ");
        handler.fillDate("复核日", today.plusDays(30).toString());
        handler.submitStartForm();
        decide(supervisor, itemNo, "decide-on-suspension", "同意");
        awaitStatus(itemNo, ItemStatus.SUSPENDED);

        // what is suspended stands still
        handler.openTask(task(itemNo, "rectify"));
        handler.choose("本次办理", "仅报进展");
        handler.fill("本次进展", "挂起期间不应办理。");
        handler.complete();
        assertThat(handler.refusal()).contains("事项已挂起，恢复办理后再操作。").doesNotContain("ENGINE");

        supervisor.openTask(task(itemNo, "resume-item"));
        supervisor.claim();
        supervisor.fill("恢复理由", "复议已撤回。");
        picture(supervisor, "resumption");
        supervisor.complete();
        awaitStatus(itemNo, ItemStatus.RECTIFYING);
    }

    private void returnForRework(Tasklist verifier, String itemNo) {
        LocalDate today = lifeCycle.today();
        verifier.openTask(task(itemNo, "verify"));
        verifier.claim();
        verifier.select("核查方式", "现场核查");
        verifier.fillDate("核查日期", today.toString());
        verifier.choose("核查结论", "不到位");
        verifier.fill("核查意见", "第二处仍松动。");
        verifier.fill("问题 1", "第二处井盖松动");
        verifier.fillDate("重改期限", today.minusDays(1).toString());
        verifier.complete();
        assertThat(verifier.refusal()).contains("不能早于今天");
        verifier.fillDate("重改期限", lifeCycle.workingDayFrom(today.plusDays(15)).toString());
        picture(verifier, "rework");
        verifier.complete();
        awaitStatus(itemNo, ItemStatus.REWORK);
        assertThat(lifeCycle.item(itemNo).currentDue()).isEqualTo(lifeCycle.workingDayFrom(today.plusDays(15)));
    }

    /** Whoever verified it hears when they claim the task that somebody else has to look. */
    private void lookBack(Tasklist verifier, Tasklist verifier3, String itemNo) {
        LocalDate today = lifeCycle.today();
        verifier.openTask(task(itemNo, "look-back-check"));
        verifier.tryToClaim();
        assertThat(verifier.refusal()).contains("您对该事项已做过“核查”，不能再办理“回头看”。");

        verifier3.openTask(task(itemNo, "look-back-check"));
        verifier3.claim();
        verifier3.select("核查方式", "四不两直");
        verifier3.fillDate("核实日期", today.plusDays(1).toString());
        verifier3.choose("结论", "反弹");
        verifier3.fill("问题 1", "第三处井盖又缺失");
        verifier3.fillDate("重改期限", lifeCycle.workingDayFrom(today.plusDays(12)).toString());
        verifier3.fill("核实情况", "现场查看，第三处缺失。");
        verifier3.complete();
        assertThat(verifier3.refusal()).contains("日期不能晚于今天。");
        verifier3.fillDate("核实日期", today.toString());
        picture(verifier3, "look-back");
        verifier3.complete();
        awaitStatus(itemNo, ItemStatus.REWORK);
        assertThat(lifeCycle.item(itemNo).round()).isEqualTo(3);
    }

    private void reopen(Tasklist registrar, Tasklist supervisor, String itemNo, String title) {
        LocalDate today = lifeCycle.today();
        registrar.openStartForm("反弹重开");
        registrar.nameItem(itemNo, title);
        registrar.fill("再次出现的事实", "原处井盖再次缺失一处。");
        registrar.fillDate("整改期限", today.minusDays(1).toString());
        picture(registrar, "reopening-request");
        registrar.tryToSubmitStartForm();
        assertThat(registrar.refusalInDialog()).contains("不能早于今天");
        registrar.fillDate("整改期限", lifeCycle.workingDayFrom(today.plusDays(20)).toString());
        registrar.submitStartForm();
        decide(supervisor, itemNo, "decide-on-reopening", "同意");
        awaitStatus(itemNo, ItemStatus.REWORK);
        assertThat(lifeCycle.item(itemNo).round()).isEqualTo(4);
    }

    /** 并案, 移送 and 撤销, from the same start form. */
    @Test
    void itemsAreMergedTransferredAndCancelled() {
        String target = "并入测试 " + System.nanoTime();
        String targetNo = rectifying(target);
        String merged = "并案测试 " + System.nanoTime();
        String mergedNo = planning(merged);
        String transferred = "移送测试 " + System.nanoTime();
        String transferredNo = planning(transferred);
        String cancelled = "撤销测试 " + System.nanoTime();
        String cancelledNo = planning(cancelled);
        Tasklist handler = tasklistOf(HANDLER);
        Tasklist supervisor = tasklistOf("supervisor");

        // 并案: an item is not merged into itself
        openWithdrawal(handler, mergedNo, merged, "并案");
        handler.fill("并入的事项编号", mergedNo);
        handler.fill("理由", "同一处井盖。");
        picture(handler, "withdrawal-request");
        handler.tryToSubmitStartForm();
        assertThat(handler.refusalInDialog()).contains("不能并入事项本身。");
        handler.fill("并入的事项编号", targetNo);
        handler.submitStartForm();
        decide(supervisor, mergedNo, "decide-on-withdrawal", "同意");
        awaitStatus(mergedNo, ItemStatus.MERGED);

        // 移送: whoever has no item to choose types a number, and hears why not
        Tasklist outsider = tasklistOf(OUTSIDER);
        outsider.openStartForm("并案、移送、撤销");
        outsider.fill("事项编号", transferredNo);
        outsider.choose("撤出方式", "移送");
        outsider.fill("移送回执号", "回执2026-15");
        outsider.fill("理由", "属省级事权。");
        assertThat(outsider.page().locator(".modal .fjs-form").innerText()).contains("目前没有您可以提出这项申请的事项");
        picture(outsider, "withdrawal-request-typed");
        outsider.tryToSubmitStartForm();
        assertThat(outsider.refusalInDialog()).contains("没有编号为 " + transferredNo + " 的事项，或者您无权查看。");
        openWithdrawal(handler, transferredNo, transferred, "移送");
        handler.fill("移送回执号", "回执2026-15");
        handler.fill("理由", "属省级事权。");
        handler.submitStartForm();
        decide(supervisor, transferredNo, "decide-on-withdrawal", "同意");
        awaitStatus(transferredNo, ItemStatus.TRANSFERRED);

        // 撤销: refused once by the approver, granted when it is asked again
        cancel(handler, cancelledNo, cancelled);
        supervisor.openTask(task(cancelledNo, "decide-on-withdrawal"));
        supervisor.claim();
        supervisor.choose("审批结论", "不同意");
        supervisor.fill("不同意的理由", "请附拆除文件。");
        picture(supervisor, "request-decision");
        supervisor.complete();
        await().atMost(Browser.TIMEOUT)
                .untilAsserted(() -> assertThat(last(cancelledNo).action()).isEqualTo(Action.NOTIFIED));
        assertThat(lifeCycle.item(cancelledNo).status()).isEqualTo(ItemStatus.PLANNING);
        cancel(handler, cancelledNo, cancelled);
        decide(supervisor, cancelledNo, "decide-on-withdrawal", "同意");
        awaitStatus(cancelledNo, ItemStatus.CANCELLED);
    }

    private static void cancel(Tasklist handler, String itemNo, String title) {
        openWithdrawal(handler, itemNo, title, "撤销");
        handler.select("撤销事由", "对象灭失");
        handler.fill("理由", "路段已拆除。");
        handler.submitStartForm();
    }

    private static void openWithdrawal(Tasklist handler, String itemNo, String title, String kind) {
        handler.openStartForm("并案、移送、撤销");
        handler.select("事项编号", itemNo + " " + title);
        handler.choose("撤出方式", kind);
    }

    private void decide(Tasklist person, String itemNo, String taskKey, String decision) {
        person.openTask(task(itemNo, taskKey));
        person.claim();
        person.choose("审批结论", decision);
        person.complete();
    }

    private String planning(String title) {
        Map<String, Object> facts = lifeCycle.registration();
        facts.put("title", title);
        facts.put("leadUnit", UNIT);
        String itemNo = lifeCycle.register(facts);
        lifeCycle.moveTo(ItemStatus.DISPATCHED, itemNo);
        lifeCycle.complete(HANDLER, itemNo, Samples.claim(HANDLER));
        return itemNo;
    }

    private String rectifying(String title) {
        String itemNo = planning(title);
        lifeCycle.complete(HANDLER, itemNo, Samples.plan(lifeCycle.today()));
        lifeCycle.complete("supervisor", itemNo, Samples.planApproval());
        return itemNo;
    }

    private void rectify(String itemNo) {
        lifeCycle.complete(HANDLER, itemNo, Samples.rectification(lifeCycle.today()));
    }

    private void close(String itemNo) {
        rectify(itemNo);
        Map<String, Object> verification = Samples.verification(lifeCycle.today());
        verification.put("coVerifiers", List.of());
        lifeCycle.complete("verifier", itemNo, verification);
        lifeCycle.complete("supervisor", itemNo, Samples.signOff());
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.CLOSED);
    }

    /** The day has come on which somebody is to look. */
    private void fireLookBack(String itemNo) {
        String instance = runtime.createProcessInstanceQuery()
                .processDefinitionKey("look-back")
                .processInstanceBusinessKey(itemNo)
                .singleResult()
                .getId();
        management.executeJob(management
                .createJobQuery()
                .processInstanceId(instance)
                .singleResult()
                .getId());
    }

    private String task(String itemNo, String taskKey) {
        await().atMost(Browser.TIMEOUT).untilAsserted(() -> lifeCycle.waiting(itemNo, taskKey));
        return lifeCycle.waiting(itemNo, taskKey).taskId();
    }

    private TimelineEntry last(String itemNo) {
        List<TimelineEntry> all = timeline.of(lifeCycle.item(itemNo));
        return all.get(all.size() - 1);
    }

    private void awaitStatus(String itemNo, ItemStatus status) {
        await().atMost(Browser.TIMEOUT)
                .untilAsserted(() -> assertThat(lifeCycle.item(itemNo).status()).isEqualTo(status));
    }

    /** Takes a picture of the page, to be looked at when a form was changed. */
    private static void picture(Tasklist person, String name) {
        person.picture(Path.of("target", "browser", name + ".png"));
    }
}
