package org.guiling.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;
import org.camunda.bpm.engine.RepositoryService;
import org.guiling.GuilingTest;
import org.guiling.engine.instance.FiveStepInstances;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.Step;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineEntry;
import org.guiling.workflow.RequestProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Items that began with a model from before the work itself belonged to the third step. It has a database of its own. */
@GuilingTest
@Tag("own-context")
class FormerModelTest {

    private static final String MODEL = "five-step-zeroing.bpmn";

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    RepositoryService repository;

    @Autowired
    FiveStepInstances instances;

    @Autowired
    Timeline timeline;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    JdbcClient jdbc;

    @Test
    void anItemGoesOnWithTheModelItBeganWithAndItsRecordShowsTheNewStep() throws IOException {
        // given an item that began with the former model, when the product is updated
        deploy("models/five-step-zeroing-with-work-in-verification.bpmn");
        String itemNo = lifeCycle.itemAt(ItemStatus.PLAN_REVIEW);
        String former = instances.of(lifeCycle.item(itemNo)).getProcessDefinitionId();
        deploy("processes/" + MODEL);

        lifeCycle.moveTo(ItemStatus.RECTIFYING, itemNo);
        assertStands(itemNo, Step.DEADLINE, ItemStatus.RECTIFYING);
        lifeCycle.complete("handler", itemNo, Samples.rectification(lifeCycle.today()));
        assertStands(itemNo, Step.VERIFICATION, ItemStatus.VERIFYING);
        lifeCycle.complete("verifier", itemNo, Samples.failedVerification(lifeCycle.today(), "第二处未补"));
        assertStands(itemNo, Step.DEADLINE, ItemStatus.REWORK);
        lifeCycle.complete("handler", itemNo, Samples.rectification(lifeCycle.today()));

        // and falsified work goes back there, too, though its model knows no message for it
        LocalDate due = lifeCycle.workingDays(6);
        lifeCycle.findFalsified(itemNo, due);
        assertStands(itemNo, Step.DEADLINE, ItemStatus.REWORK);
        assertThat(lifeCycle.waiting(itemNo).taskKey()).isEqualTo("rectify");
        assertThat(instances.of(lifeCycle.item(itemNo)).getProcessDefinitionId())
                .isEqualTo(former);

        lifeCycle.moveTo(ItemStatus.CLOSED, itemNo);
    }

    /** Its model has nobody to confirm what two found. */
    @Test
    void aLargerItemOfAFormerModelIsPassedAsItWasWhenItBegan() throws IOException {
        deploy("models/five-step-zeroing-without-confirmation.bpmn");
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING, Map.of("level", "2"));
        deploy("processes/" + MODEL);

        lifeCycle.moveTo(ItemStatus.VERIFYING, itemNo);
        lifeCycle.complete("verifier", itemNo, Samples.verification(lifeCycle.today()));
        assertStands(itemNo, Step.CLOSURE, ItemStatus.CLOSING);

        // and whoever begins now has both
        String begun = lifeCycle.itemAt(ItemStatus.VERIFYING, Map.of("level", "2"));
        lifeCycle.complete("verifier", begun, Samples.verification(lifeCycle.today()));
        assertStands(begun, Step.VERIFICATION, ItemStatus.VERIFYING);
    }

    /** The model it waits in knows no message for it. */
    @Test
    void aRequestOfAFormerModelIsTakenBackToo() throws IOException {
        deploy("models/deadline-extension-without-taking-back.bpmn");
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        lifeCycle.raise("handler", RequestProcess.EXTENSION, itemNo, Samples.extension(lifeCycle.workingDays(25)));
        deploy("processes/deadline-extension.bpmn");

        lifeCycle.raise(
                "handler",
                RequestProcess.TAKING_BACK,
                itemNo,
                Samples.fields("subject", "REQUEST", "reason", "材料已到货。"));

        assertThat(lifeCycle.waiting(itemNo).taskKey()).isEqualTo("rectify");
    }

    @Test
    void theMigrationMovesWhatIsBeingRectifiedAsAStepOfItsTimeline() throws IOException {
        String rectified = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        String verified = lifeCycle.itemAt(ItemStatus.VERIFYING);
        asTheFormerVersionLeftIt(rectified);

        jdbc.sql(new String(
                        new ClassPathResource("db/migration/V49__work_in_the_third_step.sql")
                                .getInputStream()
                                .readAllBytes(),
                        StandardCharsets.UTF_8))
                .update();

        assertStands(rectified, Step.DEADLINE, ItemStatus.RECTIFYING);
        assertStands(verified, Step.VERIFICATION, ItemStatus.VERIFYING);
        TimelineEntry last = timeline.of(lifeCycle.item(rectified)).stream()
                .reduce((before, after) -> after)
                .orElseThrow();
        assertThat(last.action()).isEqualTo(Action.STEP_MOVED);
        assertThat(last.step()).isEqualTo(Step.DEADLINE);
        assertThat(timeline.of(lifeCycle.item(verified)))
                .extracting(TimelineEntry::action)
                .doesNotContain(Action.STEP_MOVED);
        assertThat(jdbc.sql("""
                        select bool_and(continuous) from record_digest join item on item.id = item_id
                        where item_no = ?""").param(rectified).query(Boolean.class).single()).isTrue();
    }

    private void asTheFormerVersionLeftIt(String itemNo) {
        transactions.executeWithoutResult(transaction -> {
            jdbc.sql("update item set step = 'VERIFICATION' where item_no = ?")
                    .param(itemNo)
                    .update();
            jdbc.sql("""
                            insert into timeline (item_id, at, actor, action, step, round, status)
                            select id, now(), 'handler', 'REPORT_PROGRESS', step, round, status
                            from item where item_no = ?""").param(itemNo).update();
        });
    }

    private void assertStands(String itemNo, Step step, ItemStatus status) {
        Item item = lifeCycle.item(itemNo);
        assertThat(item.step()).isEqualTo(step);
        assertThat(item.status()).isEqualTo(status);
    }

    private void deploy(String resource) throws IOException {
        try (InputStream model = new ClassPathResource(resource).getInputStream()) {
            repository
                    .createDeployment()
                    .name(resource)
                    .addInputStream(MODEL, model)
                    .deploy();
        }
    }
}
