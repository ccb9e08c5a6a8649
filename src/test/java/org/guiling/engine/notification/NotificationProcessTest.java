package org.guiling.engine.notification;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.init;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.ModelCoverage;
import org.guiling.engine.Notices;
import org.guiling.engine.Samples;
import org.guiling.item.ItemStatus;
import org.guiling.notification.ChannelName;
import org.guiling.notification.Deliverer;
import org.guiling.notification.Notice;
import org.guiling.notification.NoticeKind;
import org.guiling.notification.NotificationTest;
import org.guiling.notification.Notifications;
import org.guiling.notification.OutsideWorld;
import org.guiling.notification.OutsideWorld.Mail;
import org.guiling.refusal.RefusedException;
import org.guiling.workflow.NotificationProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Every path of {@code notification.bpmn}, by e-mail. */
@NotificationTest
class NotificationProcessTest {

    @Autowired
    ProcessEngine engine;

    @Autowired
    Notices notices;

    @Autowired
    Notifications notifications;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    Deliverer deliverer;

    @Autowired
    DeliveryInstances deliveryInstances;

    @Autowired
    PlatformTransactionManager transactions;

    @AfterAll
    static void everyElementOfTheModelWasPassed(@Autowired ModelCoverage coverage) {
        assertThat(coverage.missing(NotificationProcess.KEY)).isEmpty();
    }

    @BeforeEach
    void startAfresh() {
        init(engine);
        notices.startAfresh();
    }

    @Test
    void aNoticeInWorkingHoursGoesAtOnce() {
        // given a card for the handler
        String itemNo = notices.newItemNo();
        notices.tell(NoticeKind.YELLOW_CARD, itemNo, "round 1", "handler");

        // then its delivery waits for the job executor and for nothing else
        Notices.Delivery delivery = notices.delivery(ChannelName.EMAIL);
        assertThat(delivery.person()).isEqualTo("handler");
        assertThat(delivery.state()).isEqualTo("WAITING");
        assertThat(delivery.notBefore()).isNull();
        BpmnAwareTests.assertThat(notices.instance(delivery).orElseThrow())
                .isWaitingAtExactly(NotificationProcess.DELIVER_NOTICE);
        assertThat(OutsideWorld.mails()).isEmpty();

        // when its job runs
        assertThat(notices.run(delivery)).isEmpty();

        // then the mail arrived, in Chinese, with number, kind and link
        assertThat(OutsideWorld.mails()).singleElement().satisfies(mail -> {
            assertThat(mail.to()).isEqualTo("handler@example.org");
            assertThat(mail.subject()).isEqualTo("【归零】黄牌：" + itemNo);
            assertThat(mail.text())
                    .contains(itemNo + " https://guiling.example.org/items/" + itemNo, "请登录系统", "2026-11-20 10:00");
        });
        assertThat(notices.delivery(delivery.id()).state()).isEqualTo("SENT");
        assertThat(notices.delivery(delivery.id()).attempts()).isEqualTo(1);
        assertThat(notices.instance(delivery)).isEmpty();
        assertThat(notices.incidents()).isZero();
    }

    @Test
    void theEngineKeepsOneRowOfADelivery() {
        notices.tell(NoticeKind.URGED, notices.newItemNo(), "1", "handler");
        Notices.Delivery delivery = notices.delivery(ChannelName.EMAIL);
        String instanceId = notices.instance(delivery).orElseThrow().getId();
        assertThat(engine.getRuntimeService()
                        .createVariableInstanceQuery()
                        .processInstanceIdIn(instanceId)
                        .count())
                .isZero();

        notices.run(delivery);

        HistoricProcessInstance ended = engine.getHistoryService()
                .createHistoricProcessInstanceQuery()
                .processInstanceId(instanceId)
                .singleResult();
        assertThat(ended.getEndActivityId()).isEqualTo(NotificationProcess.NOTICE_DELIVERED);
        assertThat(engine.getHistoryService()
                        .createHistoricActivityInstanceQuery()
                        .processInstanceId(instanceId)
                        .count())
                .isZero();
        assertThat(engine.getHistoryService()
                        .createHistoricJobLogQuery()
                        .processInstanceId(instanceId)
                        .count())
                .isZero();
    }

    @Test
    void aNoticeInQuietHoursWaitsForTheTimer() {
        // given a Friday evening
        notices.timeIs("2026-11-20T21:00");
        notices.tell(NoticeKind.RED_CARD, notices.newItemNo(), "1", "handler");

        // then the timer stands at Monday morning
        Notices.Delivery delivery = notices.delivery(ChannelName.EMAIL);
        Instant monday = Instant.parse("2026-11-23T00:00:00Z");
        assertThat(delivery.notBefore()).isEqualTo(monday);
        BpmnAwareTests.assertThat(notices.instance(delivery).orElseThrow())
                .isWaitingAtExactly(NotificationProcess.AWAIT_SENDING_TIME);
        assertThat(notices.job(delivery).getDuedate().toInstant()).isEqualTo(monday);

        // when the timer fires, then the delivery is a job of its own
        notices.timeIs("2026-11-23T08:00");
        assertThat(notices.run(delivery)).isEmpty();
        BpmnAwareTests.assertThat(notices.instance(delivery).orElseThrow())
                .isWaitingAtExactly(NotificationProcess.DELIVER_NOTICE);
        assertThat(OutsideWorld.mails()).isEmpty();

        assertThat(notices.run(delivery)).isEmpty();
        assertThat(OutsideWorld.mails()).hasSize(1);
        assertThat(notices.instance(delivery)).isEmpty();
    }

    @Test
    void theDelegateRunTwiceSendsOnce() {
        notices.tell(NoticeKind.URGED, notices.newItemNo(), "1", "handler");
        long delivery = notices.delivery(ChannelName.EMAIL).id();
        TransactionTemplate transaction = new TransactionTemplate(transactions);

        transaction.executeWithoutResult(status -> deliverer.deliver(delivery));
        transaction.executeWithoutResult(status -> deliverer.deliver(delivery));

        assertThat(OutsideWorld.mails()).hasSize(1);
        assertThat(notices.delivery(delivery).attempts()).isEqualTo(1);
        // the engine's own job, a third time
        notices.runAll(ChannelName.EMAIL);
        assertThat(OutsideWorld.mails()).hasSize(1);
    }

    @Test
    void toldTwiceIsHeardOnce() {
        String itemNo = notices.newItemNo();
        notices.tell(NoticeKind.URGED, itemNo, "T-7 2026-11-20", "handler");
        notices.tell(NoticeKind.URGED, itemNo, "T-7 2026-11-20", "handler", "verifier");

        notices.runAll(ChannelName.EMAIL);

        assertThat(OutsideWorld.mails())
                .extracting(Mail::to)
                .containsExactlyInAnyOrder("handler@example.org", "verifier@example.org");
    }

    @Test
    void whatIsRolledBackIsNotTold() {
        notices.tellAndRollBack(NoticeKind.URGED, notices.newItemNo(), "1", "handler");

        assertThat(notices.deliveries()).isEmpty();
        assertThat(engine.getRuntimeService()
                        .createProcessInstanceQuery()
                        .processDefinitionKey(NotificationProcess.KEY)
                        .count())
                .isZero();
    }

    @Test
    void aNoticeBelongsToTheCallersTransaction() {
        Notice notice = Notice.of(NoticeKind.URGED, notices.newItemNo(), List.of("handler"), "1");

        assertThatThrownBy(() -> notifications.notify(notice)).isInstanceOf(IllegalTransactionStateException.class);
    }

    @Test
    void aPersonsOwnCompletionMayTellSomebodyAlthoughTheyMayNotStartNotifications() {
        // given a person whom the engine knows and who may start nothing
        String itemNo = lifeCycle.itemAt(ItemStatus.REVIEW);
        notices.startAfresh();

        // when they complete their task as Tasklist does
        engine.getIdentityService().setAuthentication("reviewer", List.of("reviewers"));
        try {
            lifeCycle.complete("reviewer", itemNo, Samples.acceptance());
        } finally {
            engine.getIdentityService().clearAuthentication();
        }

        // then the next person is told, though the completion was over
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.DISPATCHED);
        notices.runAll(ChannelName.EMAIL);
        assertThat(OutsideWorld.mails()).extracting(Mail::subject).containsExactly("【归零】待办：" + itemNo);
    }

    @Test
    void aCompletionThatIsRefusedTellsNobody() {
        String itemNo = lifeCycle.itemAt(ItemStatus.REVIEW);
        notices.startAfresh();
        notices.whenTaskIsCreated(task -> {
            notifications.notify(Notice.of(NoticeKind.TASK_WAITING, itemNo, List.of("handler"), "1"));
            throw RefusedException.conflict("refusal.task-gone");
        });

        assertThatThrownBy(() -> lifeCycle.complete("reviewer", itemNo, Samples.acceptance()))
                .isInstanceOf(RefusedException.class);

        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.REVIEW);
        assertThat(notices.deliveries()).isEmpty();
    }

    @Test
    void whoeverLeftIsPassedOver() {
        notices.tell(NoticeKind.URGED, notices.newItemNo(), "1", "nobody", "handler");

        assertThat(notices.delivery(ChannelName.EMAIL).person()).isEqualTo("handler");
    }

    @Test
    void aServerThatIsDownBecomesAnIncidentAndNothingIsLostOrSentTwice() {
        // given a mail server that is down
        notices.tell(NoticeKind.RED_CARD, notices.newItemNo(), "1", "handler");
        Notices.Delivery delivery = notices.delivery(ChannelName.EMAIL);
        OutsideWorld.smtpDown();
        try {
            // when the job is tried four times
            List<String> waits = List.of("PT1M", "PT30M", "PT2H");
            for (int attempt = 1; attempt <= RetryPolicies.OUTSIDE_WORLD_ATTEMPTS; attempt++) {
                Instant before = Instant.now();
                Optional<RuntimeException> failure = notices.run(delivery);

                // then it waits as the policy says
                assertThat(failure).as("attempt %d", attempt).isPresent();
                Job job = notices.job(delivery);
                assertThat(job.getRetries()).isEqualTo(RetryPolicies.OUTSIDE_WORLD_ATTEMPTS - attempt);
                if (attempt <= waits.size()) {
                    assertThat(job.getDuedate().toInstant())
                            .isCloseTo(
                                    before.plus(java.time.Duration.parse(waits.get(attempt - 1))), within(20, SECONDS));
                    assertThat(notices.incidents()).isZero();
                }
                assertThat(notices.delivery(delivery.id()))
                        .extracting(Notices.Delivery::state, Notices.Delivery::attempts)
                        .containsExactly("FAILED", attempt);
            }

            // and then an operator is asked for help, who is told what, but no address and no secret
            assertThat(notices.incidents()).isEqualTo(1);
            assertThat(notices.job(delivery).getExceptionMessage())
                    .contains("MailSendException")
                    .doesNotContain("handler@example.org");
            assertThat(notices.delivery(delivery.id()).lastError()).isEqualTo("MailSendException: ConnectException");
        } finally {
            OutsideWorld.smtpUp();
        }

        // when the server is back and the operator retries in Cockpit
        engine.getManagementService().setJobRetries(notices.job(delivery).getId(), 1);
        assertThat(notices.incidents()).isZero();
        assertThat(notices.run(delivery)).isEmpty();

        // then it is delivered once
        assertThat(OutsideWorld.mails()).hasSize(1);
        assertThat(notices.delivery(delivery.id()).state()).isEqualTo("SENT");
        assertThat(notices.delivery(delivery.id()).lastError()).isNull();
    }

    /** A trap that other products fell into: a job that lasts longer than its lock is begun by a second node as well. */
    @Test
    void aJobThatOutlastsItsLockRunsOnTwoNodesAndSendsOnce() throws Exception {
        // given a message that a robot takes long to accept, and a lock that has run out meanwhile
        WireMockServer robot = OutsideWorld.http();
        CountDownLatch onItsWay = new CountDownLatch(1);
        robot.addMockServiceRequestListener((request, response) -> onItsWay.countDown());
        robot.stubFor(post(anyUrl()).willReturn(okJson("{\"errcode\": 0}").withFixedDelay(1_500)));
        notices.tell(NoticeKind.URGED, notices.newItemNo(), "1", "handler");
        Notices.Delivery delivery = notices.delivery(ChannelName.WECOM_ROBOT);
        String job = notices.job(delivery).getId();
        ExecutorService nodes = Executors.newFixedThreadPool(2);
        try {
            // when a second node begins the job while the first one is still at it
            Future<?> first = nodes.submit(() -> engine.getManagementService().executeJob(job));
            assertThat(onItsWay.await(20, TimeUnit.SECONDS)).isTrue();
            Future<?> second = nodes.submit(() -> engine.getManagementService().executeJob(job));

            // then one of them has done it, the other finds nothing left, and the robot heard of it once
            first.get(20, TimeUnit.SECONDS);
            assertThatThrownBy(() -> second.get(20, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        } finally {
            nodes.shutdown();
        }
        robot.verify(1, postRequestedFor(urlPathEqualTo("/cgi-bin/webhook/send")));
        assertThat(notices.delivery(delivery.id()))
                .extracting(Notices.Delivery::state, Notices.Delivery::attempts)
                .containsExactly("SENT", 1);
        assertThat(notices.instance(delivery)).isEmpty();
    }

    @Test
    void theLadderClimbsOnThoughNothingLeavesTheHouseAndOneRetrySendsItOnce() {
        // given three items that are urged while the mail server is down
        OutsideWorld.smtpDown();
        List<String> urged = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                notices.timeIs(Notices.WORKING_HOUR);
                String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
                lifeCycle.climbToCard(itemNo);
                urged.add(itemNo);
            }
            notices.forgetTasks();
            // then each has climbed through reminders and 催办 to the proposal of a card
            List<Notices.Delivery> waiting = notices.deliveries(ChannelName.EMAIL);
            assertThat(waiting).isNotEmpty().allSatisfy(delivery -> assertThat(delivery.state())
                    .isEqualTo("WAITING"));

            // when every attempt fails
            for (Notices.Delivery delivery : waiting) {
                while (notices.delivery(delivery.id()).attempts() < RetryPolicies.OUTSIDE_WORLD_ATTEMPTS) {
                    notices.run(delivery);
                }
            }
            assertThat(notices.incidents()).isEqualTo(waiting.size());
        } finally {
            OutsideWorld.smtpUp();
        }

        // and the operator asks for all of them again
        assertThat(deliveryInstances.retryFailed())
                .isEqualTo(notices.deliveries(ChannelName.EMAIL).size());
        notices.runAll(ChannelName.EMAIL);

        // then nothing was lost and nothing came twice: the reminders in their digests, each 催办 by itself
        assertThat(OutsideWorld.mails()).hasSameSizeAs(notices.deliveries(ChannelName.EMAIL));
        urged.forEach(itemNo -> assertThat(OutsideWorld.mailsWith(itemNo)).hasSize(4));
    }
}
