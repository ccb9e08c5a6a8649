package org.guiling.web.support;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Map;
import org.guiling.GuilingTest;
import org.guiling.People;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.evidence.SampleFiles;
import org.guiling.item.ItemStatus;
import org.guiling.workflow.FiveStepZeroing.UserTask;
import org.guiling.workflow.RequestProcess;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** Nobody signs blind: who decides has problem, measures with files, result, defects and history on the same page. */
@GuilingTest
class CaseFileTest {

    private static final String RESULT = "三处井盖全部补齐。";
    private static final String EXTENSION = "排查全市井盖一遍，另补四处。";

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    CaseFiles caseFiles;

    @Autowired
    People people;

    @Test
    void whoVerifiesAndWhoSignsSeesWhatWasDone() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        upload(itemNo, "补齐后.jpg");
        lifeCycle.complete("handler", itemNo, Samples.rectification(lifeCycle.today()));

        assertThat(task("verifier", itemNo))
                .contains("案卷", RESULT, EXTENSION, "井盖巡查办法", "补齐后.jpg", "/thumbnail", "照片三张，存档案室A1")
                .contains("没有上传文件")
                .doesNotContain("id=\"c-itemFactsTable\"", "id=\"c-item\"");

        lifeCycle.complete("verifier", itemNo, Samples.verification(lifeCycle.today()));

        assertThat(task("supervisor", itemNo)).contains(RESULT, EXTENSION, "补齐后.jpg", "/thumbnail", "现场查看，三处井盖均已安装牢固。");
    }

    @Test
    void theDefectsOfEarlierRoundsStandOnFormsAndOnTheItemsPage() {
        String itemNo = lifeCycle.itemAt(ItemStatus.VERIFYING);
        lifeCycle.complete("verifier", itemNo, Samples.failedVerification(lifeCycle.today(), "第三处井盖松动"));

        for (String page : List.of(task("handler", itemNo), page("handler", "/items/" + itemNo))) {
            assertThat(page).contains("历次退回的问题（1 条）", "第三处井盖松动");
        }
        lifeCycle.complete("handler", itemNo, Samples.rectification(lifeCycle.today()));
        assertThat(task("verifier", itemNo)).contains("第三处井盖松动", "第 2 轮");
    }

    @Test
    void aPlanIsApprovedAndARequestDecidedWithTheCaseFile() {
        String itemNo = lifeCycle.itemAt(ItemStatus.PLAN_REVIEW);
        String problem = lifeCycle.item(itemNo).registration().factText();
        assertThat(task("supervisor", itemNo)).contains("案卷", problem, "整改目标");

        lifeCycle.moveTo(ItemStatus.RECTIFYING, itemNo);
        assertThat(page("handler", "/items/" + itemNo + "/requests/deadline-extension"))
                .contains("案卷", problem);
        lifeCycle.raise(
                "handler",
                RequestProcess.EXTENSION,
                itemNo,
                Samples.extension(lifeCycle.item(itemNo).currentDue().plusDays(10)));
        assertThat(page(
                        "leader",
                        "/tasks/"
                                + lifeCycle
                                        .waiting(itemNo, "decide-on-extension")
                                        .taskId()))
                .contains("案卷", problem, "整改措施与佐证（2 条）", "申请期限");
    }

    @Test
    void tasklistShowsTheSameInItsFormsAndBesideThem() {
        String itemNo = lifeCycle.itemAt(ItemStatus.CLOSING);
        upload(lifeCycle.itemAt(ItemStatus.RECTIFYING), "别的事项.jpg");

        String data = Caller.webApp(port, "supervisor")
                .get("/camunda/api/engine/engine/default/task/"
                        + lifeCycle.waiting(itemNo).taskId() + "/form-variables")
                .body();
        assertThat(data).contains("measures", "已印发", RESULT, EXTENSION);
        assertThat(page("supervisor", "/items/" + itemNo + "/summary"))
                .contains(RESULT, EXTENSION, "照片三张，存档案室A1")
                .doesNotContain("别的事项.jpg", "??");
        assertThat(lifeCycle.waiting(itemNo).taskKey()).isEqualTo(UserTask.SIGN_OFF.id());
    }

    @Test
    void aCaseFileCostsTheSameStatementsWhateverItHolds() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        uploadSeveral(itemNo, 9);
        long some = statementsFor(itemNo);
        uploadSeveral(itemNo, 9);

        assertThat(statementsFor(itemNo)).isEqualTo(some).isPositive();
    }

    /** From the second look on: names are kept in memory for a while. */
    private long statementsFor(String itemNo) {
        people.as("handler", () -> caseFiles.of(lifeCycle.item(itemNo), List.of()));
        Logger logger = (Logger) LoggerFactory.getLogger(JdbcTemplate.class);
        Level before = logger.getLevel();
        ListAppender<ILoggingEvent> statements = new ListAppender<>();
        statements.start();
        logger.setLevel(Level.DEBUG);
        logger.addAppender(statements);
        try {
            String thread = Thread.currentThread().getName();
            people.as("handler", () -> caseFiles.of(lifeCycle.item(itemNo), List.of()));
            return List.copyOf(statements.list).stream()
                    .filter(event -> event.getThreadName().equals(thread)
                            && event.getMessage().startsWith("Executing prepared"))
                    .count();
        } finally {
            logger.detachAppender(statements);
            logger.setLevel(before);
        }
    }

    private void uploadSeveral(String itemNo, int files) {
        for (int file = 1; file <= files; file++) {
            upload(itemNo, "照片" + file + ".jpg");
        }
    }

    private void upload(String itemNo, String name) {
        Caller.script(port, "handler")
                .upload(
                        "/api/items/" + itemNo + "/evidence",
                        name,
                        SampleFiles.jpg(40, 30),
                        Map.of("measure", "1", "note", ""));
    }

    private String task(String person, String itemNo) {
        return page(person, "/tasks/" + lifeCycle.waiting(itemNo).taskId());
    }

    private String page(String person, String path) {
        return Caller.browser(port, person).get(path).body();
    }
}
