package org.guiling.web.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.guiling.GuilingTest;
import org.guiling.People;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.item.Item;
import org.guiling.item.ItemStatus;
import org.guiling.notification.Inbox;
import org.guiling.notification.NoticeKind;
import org.guiling.text.Texts;
import org.guiling.web.support.Caller;
import org.guiling.workflow.RequestProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A notice says of which item it is, what came of it, and leads there. */
@GuilingTest
class NoticePagesTest {

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    NoticeTexts noticeTexts;

    @Autowired
    People people;

    @Autowired
    Texts texts;

    @Autowired
    JdbcClient jdbc;

    @Test
    void whatWasDecidedIsReadInTheNotice() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        String title = lifeCycle.item(itemNo).registration().title();
        LocalDate later = lifeCycle.item(itemNo).currentDue().plusDays(10);
        lifeCycle.raise("handler", RequestProcess.EXTENSION, itemNo, Samples.extension(later));
        lifeCycle.complete("leader", itemNo, "decide-on-extension", Map.of("decision", "APPROVE"));
        String expected = "审批结果：延期已同意，新期限 " + lifeCycle.item(itemNo).currentDue();

        Caller handler = Caller.browser(port, "handler");
        for (String page : new String[] {"/", "/notifications"}) {
            assertThat(handler.get(page).body())
                    .as(page)
                    .contains(expected, title, "href=\"/items/" + itemNo + "\"", "site-nav", "程承办")
                    .doesNotContain("??");
        }
        assertThat(Caller.script(port, "handler")
                        .get("/api/notifications?limit=5")
                        .body())
                .contains(expected, title, "\"href\":\"/items/" + itemNo + "\"");
    }

    @ParameterizedTest
    @EnumSource(value = NoticeKind.class, mode = EnumSource.Mode.EXCLUDE, names = "TEST")
    void aNoticeOfAnyKindHasTitleOutcomeAndLink(NoticeKind kind) {
        Item item = lifeCycle.item(lifeCycle.itemAt(ItemStatus.RECTIFYING));
        String due = item.currentDue().toString();
        String reader = kind.isAboutItem() ? "leader" : "administrator";
        NoticeTexts.Line line = transaction.execute(status -> {
            String about = kind.isAboutItem() ? item.itemNo() : "part-of-the-system";
            Inbox.Entry notice = new Inbox.Entry(1, kind, about, occasion(kind, item), Instant.EPOCH, null);
            status.setRollbackOnly();
            return people.as(reader, () -> noticeTexts.line(notice));
        });

        assertThat(line.title())
                .isEqualTo(kind.isAboutItem() ? item.registration().title() : "part-of-the-system");
        assertThat(line.kind())
                .startsWith(texts.label(kind) + "：")
                .doesNotContain("??", "null")
                .contains(
                        switch (kind) {
                            case TASK_WAITING -> "整改落实";
                            case WOKEN_UP -> due;
                            case REMINDER, URGED, REPORTED -> "整改落实，期限 " + due;
                            case YELLOW_CARD, RED_CARD, SUMMONS, CIRCULAR -> "到期 " + due + "，已发出";
                            case CARD_TAKEN_BACK -> "黄牌；发错了";
                            case CARD_ANSWERED -> "红牌督办函；已经进场";
                            case SUPERVISION_STUCK, CONTENT_DAMAGED, AUDIT_LOG_BEHIND, MALWARE_FOUND -> "请";
                            case SECOND_FACTOR_REMOVED -> "请重新登记";
                            case RETURNED -> "；照片不清楚";
                            case REOPENED -> "；又出现了";
                            case DECIDED -> "挂起未同意；理由不足";
                            case REQUEST_TAKEN_BACK -> "延期，程承办已撤回；天气";
                            case MERGED_IN -> "ZG-2026-OTHER 已并入，期限 " + due;
                            case SPOT_CHECKED -> "与台账不符；没有完工";
                            case TEST -> "";
                        });
        assertThat(line.link()).isNotNull();
        assertThat(Caller.browser(port, reader).get(line.link()).statusCode())
                .as(line.link())
                .isEqualTo(200);
    }

    @Test
    void whoSeesNoItemReadsOfADamagedFileByTheItemsNumber() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        NoticeTexts.Line line = people.as(
                "administrator",
                () -> noticeTexts.line(
                        new Inbox.Entry(1, NoticeKind.CONTENT_DAMAGED, itemNo, "content", Instant.EPOCH, null)));

        assertThat(line.title()).isEqualTo(itemNo);
        assertThat(line.kind()).contains("请从备份恢复");
        assertThat(line.link()).isEqualTo("/administration/security");
    }

    /** Puts into the record what the notice is of. */
    private String occasion(NoticeKind kind, Item item) {
        return switch (kind) {
            case TASK_WAITING -> lifeCycle.waiting(item.itemNo()).taskId();
            case REMINDER, URGED, REPORTED -> "rectify T+1 round 1";
            case YELLOW_CARD, RED_CARD, SUMMONS, CIRCULAR -> "card " + card(kind.name(), item);
            case CARD_TAKEN_BACK -> "card " + card("YELLOW_CARD", item);
            case CARD_ANSWERED -> {
                long card = card("RED_CARD", item);
                jdbc.sql("update supervision_card set reply_due = ?, replied_by = 'handler', replied_at = now(),"
                                + " reply_cause = '下雨', reply_done = '已经进场', reply_next = '月底完成' where id = ?")
                        .params(item.currentDue(), card)
                        .update();
                yield "card " + card;
            }
            case RETURNED -> {
                jdbc.sql("insert into sign_off (item_id, round, approver, approved, opinion, signed_at)"
                                + " values (?, 1, 'leader', false, '照片不清楚', now())")
                        .param(item.id())
                        .update();
                yield "round 2";
            }
            case REOPENED -> {
                request(item, "REOPENING", "又出现了", true, null, null);
                yield "round 2";
            }
            case DECIDED -> "request " + request(item, "SUSPENSION", "等材料", false, "理由不足", null);
            case REQUEST_TAKEN_BACK -> {
                request(item, "EXTENSION", "天气", false, null, OffsetDateTime.now());
                yield "task 1";
            }
            case MERGED_IN -> "ZG-2026-OTHER";
            case SPOT_CHECKED -> {
                long check = jdbc.sql("insert into spot_check (check_no, title, scope, ordered_by, ordered_at)"
                                + " values ('CC-NOTICE', '抽查', 'OPEN', 'supervisor', now()) returning id")
                        .query(Long.class)
                        .single();
                jdbc.sql(
                                "insert into spot_check_frame (spot_check_id, item_no, unit, level, status, rate, drawn, visitable)"
                                        + " values (?, ?, 'unit', 1, 'RECTIFYING', 10, true, true)")
                        .params(check, item.itemNo())
                        .update();
                jdbc.sql(
                                "insert into spot_check_visit (spot_check_id, item_no, eligible, excluded, result, opinion, recorded_at)"
                                        + " values (?, ?, '{}', '{}', 'DISCREPANT', '没有完工', now())")
                        .params(check, item.itemNo())
                        .update();
                yield "CC-NOTICE";
            }
            default -> "occasion";
        };
    }

    private long request(
            Item item, String kind, String reason, boolean granted, String opinion, OffsetDateTime takenBack) {
        return jdbc.sql("""
                        insert into item_request (item_id, kind, round, requested_by, requested_at, reason, granted, opinion,
                            decided_by, decided_at, taken_back_at)
                        values (?, ?, 1, 'handler', now(), ?, ?, ?, 'leader', now(), ?) returning id""")
                .params(item.id(), kind, reason, granted, opinion, takenBack)
                .query(Long.class)
                .single();
    }

    private long card(String rung, Item item) {
        boolean takenBack = rung.equals("YELLOW_CARD");
        return jdbc.sql("""
                        insert into supervision_card (item_id, round, rung, cause, task_key, reference, unit, issuers,
                            objection_decided_by, proposed_at, decision, decided_by, decided_at, take_back_reason)
                        values (?, 1, ?, 'DUE', 'rectify', ?, 'housing-urban-bureau', 'leader', 'leader', now(), 'ISSUED',
                            'leader', now(), ?) returning id""")
                .params(item.id(), rung, item.currentDue(), takenBack ? "发错了" : null)
                .query(Long.class)
                .single();
    }

    @Test
    void whatCameTogetherIsOneNoticeThatListsEach() {
        List<String> itemNos = new ArrayList<>();
        transaction.executeWithoutResult(status -> {
            for (int i = 0; i < 40; i++) {
                itemNos.add(lifeCycle.register(lifeCycle.registration()));
            }
        });

        Caller reviewer = Caller.browser(port, "reviewer");
        for (String page : new String[] {"/", "/notifications"}) {
            assertThat(reviewer.get(page).body())
                    .as(page)
                    .containsOnlyOnce(">40 件，查看清单<")
                    .doesNotContain("href=\"/items/" + itemNos.get(39) + "\"", "??");
        }
        Matcher link = Pattern.compile("href=\"(/notifications\\?together=(\\d+))\"")
                .matcher(reviewer.get("/").body());
        assertThat(link.find()).isTrue();
        String first = reviewer.get(link.group(1)).body();
        String second = reviewer.get(link.group(1) + "&page=1").body();
        assertThat(first)
                .contains("同时到达的待办：40 件", "href=\"/todos?task=review-registration\"", "第 1–30 条")
                .doesNotContain("??");
        assertThat(itemNos).allSatisfy(itemNo -> assertThat(first.contains("href=\"/items/" + itemNo + "\""))
                .isNotEqualTo(second.contains("href=\"/items/" + itemNo + "\"")));
        assertThat(Caller.browser(port, "handler").get(link.group(1)).statusCode())
                .isEqualTo(404);

        reviewer.submit("/notifications/" + link.group(2) + "/read", reviewer.csrf("/notifications"), Map.of());
        assertThat(reviewer.get("/").body()).doesNotContain("40 件，查看清单");
    }

    @Test
    void aRequestThatCannotSucceedSaysSoInPlaceOfItsForm() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        Caller handler = Caller.browser(port, "handler");
        String extension = "/items/" + itemNo + "/requests/deadline-extension";
        assertThat(handler.get(extension).body()).contains("name=\"newDue\"").doesNotContain("现在不能提出");

        lifeCycle.raise(
                "handler",
                RequestProcess.SUSPENSION,
                itemNo,
                Samples.suspension(lifeCycle.today().plusDays(30)));

        assertThat(handler.get(extension).body())
                .contains("现在不能提出", "已有一项申请待审批")
                .doesNotContain("name=\"newDue\"");
        assertThat(Caller.browser(port, "supervisor")
                        .get("/items/" + itemNo + "/requests/reopening")
                        .body())
                .contains("现在不能提出")
                .doesNotContain("name=\"newDue\"");
    }
}
