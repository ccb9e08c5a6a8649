package org.guiling.engine.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.guiling.engine.Samples.fields;

import org.guiling.GuilingTest;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.item.ItemStatus;
import org.guiling.notification.NoticeKind;
import org.guiling.workflow.RequestProcess;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Tests who is notified of the events of an item. */
@GuilingTest
class ItemNoticesTest {

    @Autowired
    LifeCycle lifeCycle;

    @Test
    void whoAskedHearsTheAnswerAndTheHandlerThatWorkGoesOn() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        lifeCycle.raise(
                "handler",
                RequestProcess.SUSPENSION,
                itemNo,
                Samples.suspension(lifeCycle.today().plusDays(9)));
        assertThat(lifeCycle.told(itemNo)).isEmpty();
        lifeCycle.complete("supervisor", itemNo, "decide-on-suspension", fields("decision", "APPROVE"));
        assertThat(lifeCycle.told(itemNo)).containsExactly(tuple(NoticeKind.DECIDED, "handler"));
        lifeCycle.complete("supervisor", itemNo, "resume-item", fields("opinion", "复议已撤回。"));
        assertThat(lifeCycle.told(itemNo))
                .containsExactly(tuple(NoticeKind.DECIDED, "handler"), tuple(NoticeKind.WOKEN_UP, "handler"));
        lifeCycle.raise(
                "registrar",
                RequestProcess.WITHDRAWAL,
                itemNo,
                fields("kind", "CANCELLATION", "ground", "DUPLICATE", "reason", "与另一事项重复。"));
        lifeCycle.complete(
                "supervisor", itemNo, "decide-on-withdrawal", fields("decision", "REFUSE", "opinion", "并不重复。"));

        assertThat(lifeCycle.told(itemNo)).endsWith(tuple(NoticeKind.DECIDED, "registrar"));
    }

    @Test
    void theHandlerHearsOfEachReturn() {
        String itemNo = lifeCycle.itemAt(ItemStatus.VERIFYING);
        lifeCycle.complete("verifier", itemNo, Samples.failedVerification(lifeCycle.today(), "第二处井盖松动"));
        lifeCycle.complete("handler", itemNo, Samples.rectification(lifeCycle.today()));
        lifeCycle.complete("verifier", itemNo, Samples.failedVerification(lifeCycle.today(), "第二处井盖仍松动"));

        assertThat(lifeCycle.told(itemNo))
                .containsExactly(tuple(NoticeKind.RETURNED, "handler"), tuple(NoticeKind.RETURNED, "handler"));
    }

    @Test
    void whoDeclinedHearsTheRulingAndTheStraightWayIsQuiet() {
        String declined = lifeCycle.itemAt(ItemStatus.DISPATCHED);
        lifeCycle.complete("handler", declined, Samples.decline("jiaqiao-town"));
        lifeCycle.complete("supervisor", declined, fields("decision", "KEEP", "opinion", "属市级道路。"));

        assertThat(lifeCycle.told(declined)).containsExactly(tuple(NoticeKind.DECIDED, "handler"));
        assertThat(lifeCycle.told(lifeCycle.itemAt(ItemStatus.CLOSED))).isEmpty();
    }
}
