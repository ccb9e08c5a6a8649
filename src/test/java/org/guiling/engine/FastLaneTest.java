package org.guiling.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.guiling.item.Action;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineEntry;
import org.guiling.refusal.RefusedException;
import org.guiling.workflow.FastLaneModel;
import org.guiling.workflow.RequestProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every path of {@code fast-lane.bpmn}, and what follows. */
class FastLaneTest extends ProcessTest {

    @Autowired
    Timeline timeline;

    @Autowired
    JdbcClient jdbc;

    FastLaneTest() {
        super(FastLaneModel.KEY);
    }

    @AfterAll
    static void everyElementOfTheModelWasPassed(@Autowired ModelCoverage coverage) {
        assertThat(coverage.missing(FastLaneModel.KEY)).isEmpty();
    }

    @Test
    void oneFormTakesAnItemToItsRectification() {
        // when a handler files what the unit found itself
        String itemNo = file("handler", form());

        // then it waits for them, due within five working days, in their own unit
        assertEnded(itemNo, "fast-lane-open");
        Item item = lifeCycle.item(itemNo);
        assertThat(item.isOnFastLane()).isTrue();
        assertThat(item.status()).isEqualTo(ItemStatus.RECTIFYING);
        assertThat(item.registration().leadUnit()).isEqualTo(Samples.CITY_UNIT);
        assertThat(item.originalDue()).isEqualTo(lifeCycle.workingDays(5));
        assertThat(item.dueBasis()).isEqualTo("本系统默认：即办 5 个工作日");
        assertThat(item.nextLook()).isNotNull();
        assertThat(lifeCycle.waiting(itemNo).taskKey()).isEqualTo("rectify");
        assertThat(lifeCycle.waiting(itemNo).assignee()).isEqualTo("handler");
        assertThat(timeline.of(item)).extracting(TimelineEntry::action).containsExactly(Action.OPEN_FAST_LANE);
    }

    @Test
    void itIsVerifiedAndClosedByOthersLikeAnyItem() {
        String itemNo = file("handler", form());
        lifeCycle.complete("handler", itemNo, rectification());

        // whoever filed it neither verifies nor closes it, whatever roles they hold
        withRole("VERIFIER", () -> assertThatThrownBy(
                        () -> lifeCycle.complete("handler", itemNo, Samples.verification(lifeCycle.today())))
                .hasMessageContaining("您对该事项已做过"));
        lifeCycle.complete("verifier", itemNo, Samples.verification(lifeCycle.today()));
        withRole("SUPERVISOR", () -> assertThatThrownBy(() -> lifeCycle.complete("handler", itemNo, Samples.signOff()))
                .hasMessageContaining("您对该事项已做过"));
        lifeCycle.complete("supervisor", itemNo, Samples.signOff());

        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.CLOSED);
    }

    @Test
    void itIsSplitThoughNobodyReviewedIt() {
        // given something small that turns out to be two things
        String itemNo = file("handler", form());
        lifeCycle.raise(
                "handler",
                RequestProcess.DECOMPOSITION,
                itemNo,
                Samples.onePart(lifeCycle.item(itemNo).currentDue()));

        // then the part is claimed and planned like any other
        String partNo = jdbc.sql("select item_no from item where parent_no = ?")
                .param(itemNo)
                .query(String.class)
                .single();
        assertThat(lifeCycle.item(partNo).review().reviewedBy()).isNull();
        lifeCycle.moveTo(ItemStatus.PLANNING, partNo);
        assertThat(lifeCycle.waiting(partNo).taskKey()).isEqualTo("draft-plan");
    }

    @Test
    void whatComesBackGoesTheOrdinaryWay() {
        String itemNo = file("handler", form());
        lifeCycle.complete("handler", itemNo, rectification());
        lifeCycle.complete("verifier", itemNo, Samples.failedVerification(lifeCycle.today(), "第二处井盖松动"));

        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.REWORK);
        lifeCycle.complete("handler", itemNo, rectification());
        lifeCycle.moveTo(ItemStatus.CLOSED, itemNo);
    }

    @Test
    void itIsForSmallThingsTheUnitFoundAndMendsWithinDays() {
        refused("registrar", form(), "只有承办人可以为本单位登记即办事项。");
        refused("handler", with("sourceType", "PETITION"), "来源为“信访”的事项须按五步办理，不适用即办。");
        refused(
                "handler",
                with("plannedDue", lifeCycle.workingDays(6).toString()),
                "即办事项的期限不得晚于 " + lifeCycle.workingDays(5) + "；需要更长时间的，请按五步登记。");
        refused("handler", with("level", "2"), "中没有选项“2”");
        refused("handler", with("handler", "handler2"), "没有选项“handler2”");
        Map<String, Object> late =
                with("measure1Due", lifeCycle.workingDays(5).plusDays(1).toString());
        refused("handler", late, "措施 1");
        Map<String, Object> noWaiver = form();
        noWaiver.remove("longTermWaiver");
        refused("handler", noWaiver, "长久立");
        refused("handler", with("duplicateAnswer", "DUPLICATE"), "重复");
    }

    @Test
    void theDuplicateSearchIsRunAndAnswered() {
        Map<String, Object> form = form();
        file("handler", form);

        refused("handler", form, "1 ");
        Map<String, Object> answered = new HashMap<>(form);
        answered.put("duplicateAnswer", "DIFFERENT");
        assertThat(lifeCycle.item(file("handler", answered)).status()).isEqualTo(ItemStatus.RECTIFYING);
    }

    private void refused(String person, Map<String, Object> fields, String message) {
        long before = count();
        assertThatThrownBy(() -> file(person, fields))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(message);
        assertThat(count()).isEqualTo(before);
    }

    private long count() {
        return jdbc.sql("select count(*) from item").query(Long.class).single();
    }

    private String file(String person, Map<String, Object> fields) {
        return lifeCycle.openFastLane(person, fields);
    }

    private Map<String, Object> with(String field, String value) {
        Map<String, Object> fields = form();
        fields.put(field, value);
        return fields;
    }

    private Map<String, Object> form() {
        return Samples.fastLane(lifeCycle.today(), lifeCycle.workingDays(5));
    }

    private Map<String, Object> rectification() {
        Map<String, Object> fields = Samples.rectification(lifeCycle.today());
        fields.keySet().removeIf(field -> field.startsWith("measure2") || field.startsWith("institution"));
        return fields;
    }

    private void withRole(String role, Runnable work) {
        jdbc.sql("update person set roles = array_append(roles, ?) where id = 'handler'")
                .param(role)
                .update();
        try {
            work.run();
        } finally {
            jdbc.sql("update person set roles = array_remove(roles, ?) where id = 'handler'")
                    .param(role)
                    .update();
        }
    }
}
