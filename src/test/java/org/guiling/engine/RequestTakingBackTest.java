package org.guiling.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.guiling.engine.Samples.fields;

import java.util.List;
import java.util.Map;
import org.guiling.item.Action;
import org.guiling.item.ItemStatus;
import org.guiling.item.request.ItemRequests;
import org.guiling.item.timeline.Timeline;
import org.guiling.item.timeline.TimelineEntry;
import org.guiling.item.todo.ToDos;
import org.guiling.refusal.RefusedException;
import org.guiling.workflow.RequestProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code request-taking-back.bpmn}: who asked for something does so no longer. */
class RequestTakingBackTest extends ProcessTest {

    @Autowired
    ItemRequests requests;

    @Autowired
    ToDos toDos;

    @Autowired
    Timeline timeline;

    @Autowired
    JdbcClient jdbc;

    RequestTakingBackTest() {
        super(RequestProcess.TAKING_BACK.key());
    }

    @AfterAll
    static void everyElementOfTheModelWasPassed(@Autowired ModelCoverage coverage) {
        assertThat(coverage.missing(RequestProcess.TAKING_BACK.key())).isEmpty();
    }

    @Test
    void theDecisionGoesAwayAndWhoWouldHaveDecidedIsTold() {
        // given a suspension that was asked for
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        lifeCycle.raise("handler", RequestProcess.SUSPENSION, itemNo, suspension());

        // when who asked takes it back
        lifeCycle.raise("handler", RequestProcess.TAKING_BACK, itemNo, takingBack());

        // then nothing waits but the work, and the record says so
        assertEnded(itemNo, "request-was-taken-back");
        assertThat(toDos.of(itemNo)).extracting(ToDos.ToDo::taskKey).containsExactly("rectify");
        assertThat(requests.latest(lifeCycle.item(itemNo))).satisfies(request -> {
            assertThat(request.takenBackAt()).isNotNull();
            assertThat(request.granted()).isFalse();
            assertThat(request.opinion()).isEqualTo("复议已撤回。");
        });
        assertThat(timeline.of(lifeCycle.item(itemNo)))
                .filteredOn(entry -> entry.action() == Action.TAKE_BACK_REQUEST)
                .singleElement()
                .extracting(TimelineEntry::actor, TimelineEntry::note, TimelineEntry::reason)
                .containsExactly("handler", "SUSPENSION", "复议已撤回。");
        assertThat(told(itemNo)).contains("REQUEST_TAKEN_BACK supervisor");

        // and the same may be asked anew, and is then granted
        lifeCycle.raise("handler", RequestProcess.SUSPENSION, itemNo, suspension());
        lifeCycle.complete("supervisor", itemNo, "decide-on-suspension", fields("decision", "APPROVE"));
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.SUSPENDED);
    }

    @Test
    void nobodyElseTakesItBackAndNothingThatIsDecided() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        assertRefused("handler", itemNo, "该事项没有待审批的这类申请。");
        lifeCycle.raise("handler", RequestProcess.SUSPENSION, itemNo, suspension());

        assertRefused("registrar", itemNo, "只有提出的人可以撤回。");
        assertThatThrownBy(() -> lifeCycle.raise(
                        "handler",
                        RequestProcess.TAKING_BACK,
                        itemNo,
                        fields("subject", "OBJECTION", "reason", "没有申辩。")))
                .hasMessage("该事项没有待审批的这类申请。");
        lifeCycle.complete(
                "supervisor", itemNo, "decide-on-suspension", fields("decision", "REFUSE", "opinion", "依据不足。"));
        assertRefused("handler", itemNo, "该事项没有待审批的这类申请。");
    }

    private void assertRefused(String person, String itemNo, String message) {
        assertThatThrownBy(() -> lifeCycle.raise(person, RequestProcess.TAKING_BACK, itemNo, takingBack()))
                .isInstanceOf(RefusedException.class)
                .hasMessage(message);
    }

    private Map<String, Object> suspension() {
        return Samples.suspension(lifeCycle.workingDays(20));
    }

    private static Map<String, Object> takingBack() {
        return fields("subject", "REQUEST", "reason", "复议已撤回。");
    }

    private List<String> told(String itemNo) {
        return jdbc.sql("select kind || ' ' || person from notice where item_no = ? order by id")
                .param(itemNo)
                .query(String.class)
                .list();
    }
}
