package org.guiling.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.guiling.process.Samples.fields;

import java.util.List;
import org.assertj.core.groups.Tuple;
import org.guiling.GuilingTest;
import org.guiling.item.ItemStatus;
import org.guiling.notification.NoticeKind;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tests who is notified of the events of an item. */
@GuilingTest
class ItemNoticesTest {

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    JdbcClient jdbc;

    @Test
    void whoAskedHearsTheAnswerAndTheHandlerThatWorkGoesOn() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        lifeCycle.raise(
                "handler",
                RequestProcess.SUSPENSION,
                itemNo,
                Samples.suspension(lifeCycle.today().plusDays(9)));
        assertThat(told(itemNo)).isEmpty();
        lifeCycle.complete("supervisor", itemNo, "decide-on-suspension", fields("decision", "APPROVE"));
        assertThat(told(itemNo)).containsExactly(tuple(NoticeKind.DECIDED, "handler"));
        lifeCycle.complete("supervisor", itemNo, "resume-item", fields("opinion", "复议已撤回。"));
        assertThat(told(itemNo))
                .containsExactly(tuple(NoticeKind.DECIDED, "handler"), tuple(NoticeKind.WOKEN_UP, "handler"));
        lifeCycle.raise(
                "registrar",
                RequestProcess.WITHDRAWAL,
                itemNo,
                fields("kind", "CANCELLATION", "ground", "DUPLICATE", "reason", "与另一事项重复。"));
        lifeCycle.complete(
                "supervisor", itemNo, "decide-on-withdrawal", fields("decision", "REFUSE", "opinion", "并不重复。"));

        assertThat(told(itemNo)).endsWith(tuple(NoticeKind.DECIDED, "registrar"));
    }

    @Test
    void theHandlerHearsOfEachReturn() {
        String itemNo = lifeCycle.itemAt(ItemStatus.VERIFYING);
        lifeCycle.complete("verifier", itemNo, Samples.failedVerification(lifeCycle.today(), "第二处井盖松动"));
        lifeCycle.complete("handler", itemNo, Samples.rectification(lifeCycle.today()));
        lifeCycle.complete("verifier", itemNo, Samples.failedVerification(lifeCycle.today(), "第二处井盖仍松动"));

        assertThat(told(itemNo))
                .containsExactly(tuple(NoticeKind.RETURNED, "handler"), tuple(NoticeKind.RETURNED, "handler"));
    }

    @Test
    void whoDeclinedHearsTheRulingAndTheStraightWayIsQuiet() {
        String declined = lifeCycle.itemAt(ItemStatus.DISPATCHED);
        lifeCycle.complete("handler", declined, Samples.decline("jiaqiao-town"));
        lifeCycle.complete("supervisor", declined, fields("decision", "KEEP", "opinion", "属市级道路。"));

        assertThat(told(declined)).containsExactly(tuple(NoticeKind.DECIDED, "handler"));
        assertThat(told(lifeCycle.itemAt(ItemStatus.CLOSED))).isEmpty();
    }

    private List<Tuple> told(String itemNo) {
        return jdbc.sql("select kind, person from notice where item_no = ? and kind <> 'TASK_WAITING' order by id")
                .param(itemNo)
                .query((row, index) -> tuple(NoticeKind.valueOf(row.getString("kind")), row.getString("person")))
                .list();
    }
}
