package org.guiling.notification;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.guiling.TestClock;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Notices;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.notification.OutsideWorld.Mail;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Tests that people are spared: nothing twice, nothing at night, one list for many messages, nothing but numbers. */
@NotificationTest
class BurdenTest {

    private static final String OK = "{\"errcode\":0,\"access_token\":\"token\",\"expires_in\":7200}";

    @Autowired
    Notices notices;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    Inbox inbox;

    @Autowired
    Deliverer deliverer;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    TestClock clock;

    @BeforeEach
    void startAfresh() {
        notices.startAfresh();
        OutsideWorld.http().stubFor(any(anyUrl()).willReturn(okJson(OK)));
    }

    @Test
    void theSameKindAboutTheSameItemDoesNotGoOutAgainWithinTheCoolDown() {
        String itemNo = notices.newItemNo();
        notices.tell(NoticeKind.URGED, itemNo, "first", "handler");

        // one minute before the cool-down is over
        clock.advance(Duration.ofHours(4).minusMinutes(1));
        notices.tell(NoticeKind.URGED, itemNo, "second", "handler");
        // another kind, another item and another person are not held back
        notices.tell(NoticeKind.YELLOW_CARD, itemNo, "first", "handler");
        notices.tell(NoticeKind.URGED, notices.newItemNo(), "first", "handler");
        notices.tell(NoticeKind.URGED, itemNo, "second", "verifier");
        clock.advance(Duration.ofMinutes(2));
        notices.tell(NoticeKind.URGED, itemNo, "third", "handler");

        assertThat(notices.deliveries(ChannelName.EMAIL))
                .extracting(Notices.Delivery::state)
                .containsExactly("WAITING", "SUPPRESSED", "WAITING", "WAITING", "WAITING", "WAITING");
        assertThat(notices.deliveries(ChannelName.EMAIL).get(1).lastError()).isEqualTo("cool-down");
        assertThat(notices.instance(notices.deliveries(ChannelName.EMAIL).get(1)))
                .isEmpty();
        // in the application all of it is there to be read
        assertThat(inbox.unreadCount("handler")).isEqualTo(5);
        notices.runAll(ChannelName.EMAIL);
        assertThat(OutsideWorld.mails()).hasSize(5);
    }

    @Test
    void aGroupIsSparedAsWell() {
        String itemNo = notices.newItemNo();
        notices.tell(NoticeKind.URGED, itemNo, "1", "handler");
        notices.tell(NoticeKind.URGED, itemNo, "1", "verifier");
        notices.tell(NoticeKind.URGED, itemNo, "2", "leader");

        assertThat(notices.deliveries(ChannelName.DINGTALK_ROBOT))
                .extracting(Notices.Delivery::state)
                .containsExactly("WAITING", "SUPPRESSED");
    }

    @Test
    void remindersOfADayAreOneMessageInTheMorning() {
        // given three reminders on a Friday, a fourth to somebody else, and a card
        String first = notices.newItemNo();
        String second = notices.newItemNo();
        String third = notices.newItemNo();
        notices.tell(NoticeKind.REMINDER, first, "T-7 2026-11-27", "handler");
        clock.advance(Duration.ofHours(2));
        notices.tell(NoticeKind.REMINDER, second, "T-3 2026-11-23", "handler");
        notices.tell(NoticeKind.REMINDER, third, "T-1 2026-11-21", "handler", "verifier");
        notices.tell(NoticeKind.RED_CARD, third, "1", "handler");

        // then one waits for each of them until Monday morning, and the card for nobody
        Instant monday = Instant.parse("2026-11-23T00:30:00Z");
        assertThat(notices.deliveries(ChannelName.EMAIL))
                .extracting(Notices.Delivery::person, Notices.Delivery::notBefore)
                .containsExactly(tuple("handler", monday), tuple("verifier", monday), tuple("handler", null));
        assertThat(notices.deliveries(ChannelName.WECOM_ROBOT)).hasSize(2);

        notices.runAll(ChannelName.EMAIL);

        List<Mail> digest = OutsideWorld.mailsWith(first);
        assertThat(digest).singleElement().satisfies(mail -> {
            assertThat(mail.subject()).isEqualTo("【归零】到期提醒：3 件");
            assertThat(mail.text()).contains(first, second, third, "https://guiling.example.org/items/" + second);
        });
        assertThat(OutsideWorld.mailsWith(third))
                .extracting(Mail::subject)
                .containsExactlyInAnyOrder("【归零】到期提醒：3 件", "【归零】到期提醒：" + third, "【归零】红牌督办函：" + third);

        // and the next day's reminders are the next day's message
        notices.timeIs("2026-11-23T09:00");
        notices.tell(NoticeKind.REMINDER, first, "T-3 2026-11-27", "handler");
        notices.runAll(ChannelName.EMAIL);
        assertThat(OutsideWorld.mailsWith(first)).hasSize(2);
    }

    @Test
    void tasksThatComeTogetherAreOneMessageToThePersonAlone() {
        // given three tasks that come within minutes, and a fourth later
        String first = notices.newItemNo();
        String second = notices.newItemNo();
        String done = notices.newItemNo();
        String later = notices.newItemNo();
        notices.tell(NoticeKind.TASK_WAITING, first, "1", "handler");
        clock.advance(Duration.ofMinutes(2));
        notices.tell(NoticeKind.TASK_WAITING, second, "2", "handler");
        notices.tell(NoticeKind.TASK_WAITING, done, "3 2026-11-20", "handler", "verifier");
        clock.advance(Duration.ofMinutes(6));
        notices.tell(NoticeKind.TASK_WAITING, later, "4", "handler");

        // when one of them is done before anything leaves
        notices.settle(done, "3", "verifier");
        notices.runAll(ChannelName.EMAIL);

        // then one message says what waits still, and it goes to no group
        assertThat(OutsideWorld.mailsWith(first)).singleElement().satisfies(mail -> {
            assertThat(mail.subject()).isEqualTo("【归零】待办：2 件");
            assertThat(mail.text()).contains(first, second).doesNotContain(done, later);
        });
        assertThat(OutsideWorld.mailsWith(done)).hasSize(1);
        assertThat(OutsideWorld.mailsWith(later)).hasSize(1);
        assertThat(notices.deliveries(ChannelName.WECOM_ROBOT)).isEmpty();
        assertThat(notices.deliveries(ChannelName.DINGTALK_ROBOT)).isEmpty();
        // at once in the application
        assertThat(inbox.unreadCount("handler")).isEqualTo(3);
    }

    @Test
    void whatWaitsForNobodyAnyMoreLeavesNoMessage() {
        String itemNo = notices.newItemNo();
        notices.tell(NoticeKind.TASK_WAITING, itemNo, "1", "handler");
        notices.settle(itemNo, "1", null);

        notices.runAll(ChannelName.EMAIL);

        assertThat(OutsideWorld.mails()).isEmpty();
        assertThat(notices.delivery(ChannelName.EMAIL).state()).isEqualTo("SUPPRESSED");
        assertThat(notices.delivery(ChannelName.EMAIL).lastError()).isEqualTo("read meanwhile");
    }

    @Test
    void whatComesToWaitAtNightIsOneMessageInTheMorning() {
        notices.timeIs("2026-11-20T22:00");
        String first = notices.newItemNo();
        String second = notices.newItemNo();
        notices.tell(NoticeKind.TASK_WAITING, first, "1", "handler");
        clock.advance(Duration.ofHours(3));
        notices.tell(NoticeKind.TASK_WAITING, second, "2", "handler");

        assertThat(notices.deliveries(ChannelName.EMAIL))
                .singleElement()
                .extracting(Notices.Delivery::notBefore)
                .isEqualTo(Instant.parse("2026-11-23T00:00:00Z"));
    }

    @Test
    void aReminderAfterTheDaysMessageLeftEarlyIsNotLost() {
        notices.tell(NoticeKind.REMINDER, notices.newItemNo(), "T-7", "handler");
        // an operator fires the timer
        notices.runAll(ChannelName.EMAIL);
        String late = notices.newItemNo();

        notices.tell(NoticeKind.REMINDER, late, "T-7", "handler");

        assertThat(notices.deliveries(ChannelName.EMAIL).get(1).notBefore())
                .isEqualTo(Instant.parse("2026-11-23T00:30:00Z"));
        notices.runAll(ChannelName.EMAIL);
        assertThat(OutsideWorld.mailsWith(late)).hasSize(1);
    }

    @Test
    void onARestDayEverythingWaits() {
        notices.timeIs("2026-11-21T10:00");

        notices.tell(NoticeKind.RED_CARD, notices.newItemNo(), "1", "handler");

        assertThat(notices.deliveries())
                .isNotEmpty()
                .extracting(Notices.Delivery::notBefore)
                .containsOnly(Instant.parse("2026-11-23T00:00:00Z"));
        // the application itself does not wait: it disturbs nobody
        assertThat(inbox.unreadCount("handler")).isEqualTo(1);
    }

    @Test
    void whoHasNoAddressIsToldInTheApplicationAlone() {
        notices.withoutAddresses("handler2", () -> {
            notices.tell(NoticeKind.URGED, notices.newItemNo(), "1", "handler2");

            for (ChannelName channel :
                    List.of(ChannelName.EMAIL, ChannelName.WECOM_APPLICATION, ChannelName.DINGTALK_WORK)) {
                assertThat(notices.delivery(channel).state()).isEqualTo("SUPPRESSED");
                assertThat(notices.delivery(channel).lastError()).isEqualTo("no address");
            }
            assertThat(notices.delivery(ChannelName.WEBHOOK).state()).isEqualTo("WAITING");
            assertThat(inbox.unreadCount("handler2")).isEqualTo(1);
        });
    }

    @Test
    void anAddressThatIsGoneByTheTimeEndsTheDelivery() {
        notices.tell(NoticeKind.URGED, notices.newItemNo(), "1", "handler2");
        notices.withoutAddresses("handler2", () -> {
            notices.runAll(ChannelName.EMAIL);

            assertThat(notices.delivery(ChannelName.EMAIL).state()).isEqualTo("SUPPRESSED");
            assertThat(OutsideWorld.mails()).isEmpty();
        });
    }

    @Test
    void ofTwoWhoDeliverAtOnceOneSends() throws Exception {
        notices.tell(NoticeKind.URGED, notices.newItemNo(), "1", "handler");
        long delivery = notices.delivery(ChannelName.EMAIL).id();
        TransactionTemplate transaction = new TransactionTemplate(transactions);
        Callable<Void> deliver = () -> {
            transaction.executeWithoutResult(status -> deliverer.deliver(delivery));
            return null;
        };
        ExecutorService runner = Executors.newFixedThreadPool(4);
        try {
            for (Future<Void> done : runner.invokeAll(List.of(deliver, deliver, deliver, deliver))) {
                done.get();
            }
        } finally {
            runner.shutdownNow();
        }

        assertThat(OutsideWorld.mails()).hasSize(1);
        assertThat(notices.delivery(delivery).attempts()).isEqualTo(1);
    }

    @Test
    void noMessageSaysMoreThanKindNumberAndLink() {
        // given an item with title, facts and place
        Map<String, Object> registration = lifeCycle.registration();
        registration.put("location", "人民路与建设路交叉口");
        String itemNo = lifeCycle.register(registration);
        lifeCycle.moveTo(ItemStatus.RECTIFYING, itemNo);
        Item item = lifeCycle.item(itemNo);

        // when its handler is told everything that there is to tell
        notices.startAfresh();
        OutsideWorld.http().stubFor(any(anyUrl()).willReturn(okJson(OK)));
        for (NoticeKind kind : NoticeKind.values()) {
            notices.tell(kind, itemNo, "T-7 2026-11-20 occasion-is-ours", "handler");
        }
        for (ChannelName channel : ChannelName.values()) {
            notices.runAll(channel);
        }

        // then all channels carried it but a task, which is no group's business, and none carried more
        List<String> messages = new ArrayList<>();
        OutsideWorld.mails().forEach(mail -> messages.add(mail.subject() + mail.text()));
        Set<String> paths = new HashSet<>();
        for (LoggedRequest request : OutsideWorld.http().findAll(anyRequestedFor(anyUrl()))) {
            messages.add(request.getUrl() + request.getBodyAsString());
            paths.add(request.getUrl().replaceAll("\\?.*", ""));
        }
        assertThat(paths)
                .contains(
                        "/receiver",
                        "/cgi-bin/webhook/send",
                        "/cgi-bin/message/send",
                        "/robot/send",
                        "/topapi/message/corpconversation/asyncsend_v2");
        assertThat(messages)
                .filteredOn(message -> message.contains(itemNo))
                .hasSize(6 * NoticeKind.values().length - 2);
        assertThat(messages).allSatisfy(message -> assertThat(message)
                .doesNotContain(
                        item.registration().title(),
                        item.registration().factText(),
                        item.registration().location(),
                        "occasion-is-ours"));
    }
}
