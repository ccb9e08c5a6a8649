package org.guiling.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.guiling.GuilingTest;
import org.guiling.item.ItemStatus;
import org.guiling.process.LifeCycle;
import org.guiling.process.RequestProcess;
import org.guiling.process.Samples;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
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
