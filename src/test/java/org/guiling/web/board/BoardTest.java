package org.guiling.web.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.guiling.GuilingTest;
import org.guiling.People;
import org.guiling.TestClock;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.item.ItemStatus;
import org.guiling.item.access.DataScope;
import org.guiling.item.todo.ToDos;
import org.guiling.ledger.board.Board;
import org.guiling.ledger.board.Board.Sizes;
import org.guiling.ledger.search.Counted;
import org.guiling.ledger.search.CountedSet;
import org.guiling.ledger.search.Ledger;
import org.guiling.ledger.search.LedgerFilter;
import org.guiling.web.support.Caller;
import org.guiling.workflow.RequestProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The board: its figures have known answers, and each number is the length of the list that it leads to. */
@GuilingTest
class BoardTest {

    private static final Pattern LINK = Pattern.compile("(?s)<a[^>]*href=\"(/items\\?[^\"]+)\"[^>]*>(.*?)</a>");
    private static final Pattern HEAD = Pattern.compile("total-count\">(\\d+)<");
    private static final Pattern LISTED = Pattern.compile("id=\"count-title\"[^>]*>共 ([\\d,]+) 件");
    private static final String FEW = "样本不足 5 件，不计分";

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    Board board;

    @Autowired
    Ledger ledger;

    @Autowired
    ToDos toDos;

    @Autowired
    People people;

    @Autowired
    TestClock clock;

    /** Sets the items of one test apart from those of another. */
    private String campaign;

    @BeforeEach
    void newCampaign() {
        campaign = "看板" + UUID.randomUUID();
    }

    @Test
    void theRatesAreThoseOfTheDefinition() {
        LocalDate first = lifeCycle.today();
        // given one closed, one that nobody rectifies, one extended, one rejected and closed, two not decided on
        String closed = itemAt(ItemStatus.CLOSED);
        itemAt(ItemStatus.RECTIFYING);
        String extended = itemAt(ItemStatus.RECTIFYING);
        lifeCycle.raise("handler", RequestProcess.EXTENSION, extended, Samples.extension(first.plusDays(50)));
        lifeCycle.complete("leader", extended, "decide-on-extension", Samples.fields("decision", "APPROVE"));
        String rejected = itemAt(ItemStatus.VERIFYING);
        lifeCycle.complete("verifier", rejected, Samples.failedVerification(first, "第二处井盖未更换"));
        lifeCycle.moveTo(ItemStatus.CLOSED, rejected);
        itemAt(ItemStatus.REVIEW);
        String refused = itemAt(ItemStatus.REVIEW);
        lifeCycle.complete(
                "reviewer",
                refused,
                Samples.fields("duplicateAnswer", "NONE", "decision", "REJECT", "opinion", "不属整改范围。"));
        // and the extended one is done after its first date and before the new one
        clock.set(first.plusDays(45));
        lifeCycle.moveTo(ItemStatus.CLOSING, extended);

        clock.set(first.plusDays(60));
        assertThat(sets())
                .containsEntry(CountedSet.RATED, 5L)
                .containsEntry(CountedSet.RATED_CLOSED, 2L)
                .containsEntry(CountedSet.DUE, 4L)
                .containsEntry(CountedSet.DUE_CLOSED, 2L)
                .containsEntry(CountedSet.DUE_ON_TIME, 3L)
                .containsEntry(CountedSet.DUE_LATE, 2L)
                .containsEntry(CountedSet.ORIGINALLY_DUE, 4L)
                .containsEntry(CountedSet.ORIGINALLY_DUE_ON_TIME, 2L)
                .containsEntry(CountedSet.VERIFIED, 3L)
                .containsEntry(CountedSet.PASSED_FIRST, 2L)
                .containsEntry(CountedSet.RETURNED, 1L)
                .containsEntry(CountedSet.CHECKED, 3L)
                .containsEntry(CountedSet.FALSIFIED, 0L)
                .containsEntry(CountedSet.REBOUND_KNOWN, 0L)
                .containsEntry(CountedSet.REBOUNDED, 0L)
                .containsEntry(CountedSet.OVERDUE_AT_OFFICE, 2L);
        assertThat(board("leader", "campaign=" + campaign))
                .contains("40.0%", "75.0%", "50.0%", "66.7%", "33.3%", "0.0%", "—", "超期率", "核查退回率", "虚假整改")
                .doesNotContain(FEW, "??");

        // when the closed one is back, it is no longer done on time
        lifeCycle.raise("registrar", RequestProcess.REOPENING, closed, Samples.reopening(first.plusDays(80)));
        lifeCycle.complete("supervisor", closed, "decide-on-reopening", Samples.fields("decision", "APPROVE"));
        assertThat(sets())
                .containsEntry(CountedSet.RATED_CLOSED, 1L)
                .containsEntry(CountedSet.DUE_ON_TIME, 2L)
                .containsEntry(CountedSet.ORIGINALLY_DUE_ON_TIME, 1L)
                .containsEntry(CountedSet.REBOUND_KNOWN, 1L)
                .containsEntry(CountedSet.REBOUNDED, 1L);

        // then a year later the other closed one is known not to have come back
        clock.set(first.plusDays(370));
        assertThat(sets()).containsEntry(CountedSet.REBOUND_KNOWN, 2L).containsEntry(CountedSet.REBOUNDED, 1L);
    }

    @Test
    void declinesAndTimesToClosureStandBesideTheRates() {
        LocalDate first = lifeCycle.today();
        // given one of five items that went to another unit, and one that is closed seven days after its claim
        String closed = itemAt(ItemStatus.RECTIFYING);
        for (int i = 0; i < 3; i++) {
            itemAt(ItemStatus.RECTIFYING);
        }
        String declined = itemAt(ItemStatus.DISPATCHED);
        lifeCycle.complete("handler", declined, Samples.decline("jiaqiao-town"));
        lifeCycle.complete(
                "supervisor",
                declined,
                Samples.fields("decision", "REDISPATCH", "newUnit", "jiaqiao-town", "opinion", "按职责分工由镇办理。"));
        clock.set(first.plusDays(7));
        lifeCycle.moveTo(ItemStatus.CLOSED, closed);

        // then the board tells them, and of a past day as of that day
        assertThat(board("leader", "campaign=" + campaign))
                .contains("退单率", "16.7%", "1 / 6", "平均整改时长（自然日）", "7.0 天", "个工作日", "1 件")
                .doesNotContain("??");
        String today = figures("campaign=" + campaign);
        assertThat(today).contains("退单率", "16.7%", "7.0 天", "甲桥镇（示例）", "不计分").doesNotContain("??");
        String before = figures("by=TIER&campaign=" + campaign + "&asOf=" + first);
        assertThat(before).contains("截至 " + first, "16.7%", "乡镇", "不计分").doesNotContain("7.0 天", "??");
        // and a day that nobody can tell of is refused beside its field
        assertThat(figures("asOf=" + first.plusYears(1))).contains("晚于今天");
        assertThat(Caller.browser(port, "leader")
                        .get("/board/figures?asOf=" + first.plusYears(1))
                        .statusCode())
                .isEqualTo(400);
        assertThat(Caller.browser(port, "leader").get("/board/figures?by=NAME").statusCode())
                .isEqualTo(400);
        assertThat(Caller.browser(port, "leader")
                        .inEnglish()
                        .get("/board/figures?campaign=" + campaign)
                        .body())
                .contains("Figures of a day", " working days", "1 item<")
                .doesNotContain("??");
    }

    @Test
    void whatHasFewItemsIsNotScored() {
        for (int i = 0; i < 4; i++) {
            itemAt(ItemStatus.REVIEW);
        }
        String unscored = board("leader", "campaign=" + campaign);
        itemAt(ItemStatus.REVIEW, "leadUnit", Samples.VILLAGE_UNIT);
        String oneUnitScoredInAll = board("leader", "campaign=" + campaign);
        itemAt(ItemStatus.REVIEW);

        assertThat(unscored).contains("不计分").doesNotContain("%</span>");
        assertThat(oneUnitScoredInAll.split(FEW, -1))
                .as("both units, not their sum")
                .hasSize(3);
        assertThat(board("leader", "campaign=" + campaign)).contains("0.0%").contains(FEW);
        // The village is below its town, which has no row.
        assertThat(board("leader", "unit=jiaqiao-town&campaign=" + campaign))
                .contains("东样村")
                .doesNotContain("matrix-unit depth-0\">市住房");
    }

    @Test
    void everyNumberIsTheLengthOfTheListThatItLeadsTo() {
        LocalDate first = lifeCycle.today();
        LocalDate later = lifeCycle.workingDays(25);
        String back = itemAt(ItemStatus.CLOSED);
        itemAt(ItemStatus.CLOSED);
        itemAt(ItemStatus.PLAN_REVIEW);
        itemAt(ItemStatus.RECTIFYING);
        itemAt(ItemStatus.REVIEW, "leadUnit", Samples.VILLAGE_UNIT);
        lifeCycle.complete("handler", itemAt(ItemStatus.DISPATCHED), Samples.decline("jiaqiao-town"));
        clock.set(lifeCycle.workingDays(8));
        String suspended = itemAt(ItemStatus.RECTIFYING);
        lifeCycle.raise(
                "handler",
                RequestProcess.SUSPENSION,
                suspended,
                Samples.suspension(lifeCycle.today().plusDays(60)));
        lifeCycle.complete("supervisor", suspended, "decide-on-suspension", Samples.fields("decision", "APPROVE"));
        lifeCycle.complete(
                "reviewer",
                itemAt(ItemStatus.REVIEW),
                Samples.fields("duplicateAnswer", "NONE", "decision", "REJECT", "opinion", "不属整改范围。"));
        clock.set(later);
        lifeCycle.raise("registrar", RequestProcess.REOPENING, back, Samples.reopening(first.plusDays(60)));
        lifeCycle.complete("supervisor", back, "decide-on-reopening", Samples.fields("decision", "APPROVE"));

        Map<String, Long> everything = numbers("leader", "/board?campaign=" + campaign);
        Map<String, Long> ofTheUnit = numbersOn(Caller.browser(port, "handler"), "/board?campaign=" + campaign);

        assertThat(everything).hasSizeGreaterThan(60);
        assertThat(everything.keySet()).as("kinds of numbers").satisfies(links -> assertThat(links)
                .anyMatch(link -> link.contains("counted.openOn"))
                .anyMatch(link -> link.contains("counted.plannedOn"))
                .anyMatch(link -> link.contains("counted.turn=CLOSED"))
                .anyMatch(link -> link.contains("counted.turn=REOPENED"))
                .anyMatch(link -> link.contains("counted.turn=ENDED_OTHERWISE"))
                .anyMatch(link -> link.contains("counted.waitingFor"))
                .anyMatch(link -> link.contains("counted.noProgressSince"))
                .anyMatch(link -> link.contains("light=GREY")));
        // An item that a reader may not see is in no number of theirs: the village's.
        assertThat(head(everything)).isEqualTo(head(ofTheUnit) + 1);
    }

    @Test
    void whoMaySeeNothingHasNoNumbers() {
        itemAt(ItemStatus.PLANNING);

        assertThat(board("village-handler", "campaign=" + campaign))
                .contains("没有可统计的事项")
                .doesNotContain("counted.set");
        assertThat(board("leader", "campaign=" + campaign))
                .contains("counted.set")
                .doesNotContain("没有可统计的事项");
    }

    @Test
    void workWithoutProgressStagnatesWithTheLaddersFirstRung() {
        itemAt(ItemStatus.RECTIFYING);
        LocalDate rung = lifeCycle.workingDays(20);

        clock.set(rung.minusDays(1));
        assertThat(board("leader", "campaign=" + campaign)).doesNotContain("counted.noProgressSince");
        clock.set(rung);

        assertThat(board("leader", "campaign=" + campaign)).contains("counted.noProgressSince");
    }

    @Test
    void nobodyHearsOfAVisitBeforeItIsMade() {
        String itemNo = itemAt(ItemStatus.RECTIFYING);
        String visit = "visit-" + UUID.randomUUID();
        toDos.put(visit, itemNo, "carry-out-visit", "verifiers", false, null, clock.instant(), clock.instant(), null);
        try {
            LedgerFilter filter = filter(null, null);
            assertThat(board.waiting(everything(), filter, lifeCycle.today()))
                    .extracting(Board.Waiting::taskKey)
                    .containsExactly("rectify");
            assertThat(ledger.count(everything(), filter("carry-out-visit", null)))
                    .isZero();
            assertThat(ledger.count(everything(), filter(null, "verifiers"))).isZero();
            assertThat(ledger.count(everything(), filter("rectify", "unit-" + Samples.CITY_UNIT)))
                    .isOne();
        } finally {
            toDos.remove(visit, itemNo);
        }
    }

    @Test
    void oneLooksAtTheCityAnotherAtTheUnitThatTheyHead() {
        String itemNo = itemAt(ItemStatus.DISPATCHED, "leadUnit", Samples.VILLAGE_UNIT);
        clock.set(lifeCycle.workingDays(3));

        Caller leader = Caller.browser(port, "township-leader");
        String page = leader.get("/board/mine").body();
        assertThat(page).contains("甲桥镇（示例）", "红灯事项和原因", "等我办理").doesNotContain("??", "Exception");
        assertThat(page).contains("counted.unit=jiaqiao-town");
        assertThat(leader.get("/items?counted.unit=jiaqiao-town&light=RED&text=" + itemNo)
                        .body())
                .contains(itemNo, "甲桥镇（示例）及下级单位");
        assertThat(Caller.browser(port, "head").get("/board/mine").body()).contains("全市事项");
        assertThat(Caller.browser(port, "verifier").get("/board/mine").body())
                .contains("没有登记您为责任领导的事项")
                .doesNotContain("??");
        assertThat(Caller.browser(port, "head").inEnglish().get("/board").body())
                .contains("To-zero board")
                .doesNotContain("??");
    }

    @Test
    void conditionsThatAreNoneAreRefusedAndUnknownOnesFindNothing() {
        Caller leader = Caller.browser(port, "leader");

        assertThat(leader.get("/board?from=yesterday").statusCode()).isEqualTo(400);
        assertThat(leader.get("/items?counted.set=NONE").statusCode()).isEqualTo(400);
        assertThat(leader.get("/items?counted.openOn=x").statusCode()).isEqualTo(400);
        assertThat(leader.get("/items?counted.unit=%00").statusCode()).isEqualTo(400);
        assertThat(leader.get("/items?counted.unit=%09&counted.waitingFor=%09&counted.campaign=%09")
                        .statusCode())
                .isEqualTo(200);
        assertThat(listed(leader, "/items?counted.unit=no-unit")).isZero();
        assertThat(listed(leader, "/items?counted.waitingAt=no-task")).isZero();
    }

    /** All numbers of a page with their links, each of which was followed and found to be the length of its list. */
    private Map<String, Long> numbers(String person, String path) {
        Caller caller = Caller.browser(port, person);
        Map<String, Long> numbers = numbersOn(caller, path);
        numbers.forEach((address, number) ->
                assertThat(listed(caller, address)).as(address).isEqualTo(number));
        return numbers;
    }

    /** All numbers of a page with their links. */
    private static Map<String, Long> numbersOn(Caller caller, String path) {
        Map<String, Long> numbers = new LinkedHashMap<>();
        Matcher link = LINK.matcher(caller.get(path).body());
        while (link.find()) {
            String address = link.group(1).replace("&amp;", "&");
            Matcher head = HEAD.matcher(link.group(2));
            String number = head.find()
                    ? head.group(1)
                    : link.group(2).replaceAll("<[^>]+>", "").strip();
            assertThat(number).as(address).matches("\\d+");
            assertThat(numbers.merge(address, Long.valueOf(number), (one, other) -> one.equals(other) ? one : -1))
                    .as(address)
                    .isNotNegative();
        }
        return numbers;
    }

    private static long head(Map<String, Long> numbers) {
        return numbers.entrySet().stream()
                .filter(number -> number.getKey().endsWith("counted.set=OPEN"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }

    private static long listed(Caller caller, String address) {
        Matcher count = LISTED.matcher(caller.get(address).body());
        assertThat(count.find()).as(address).isTrue();
        return Long.parseLong(count.group(1).replace(",", ""));
    }

    private String figures(String query) {
        return Caller.browser(port, "leader").get("/board/figures?" + query).body();
    }

    private String board(String person, String query) {
        return Caller.browser(port, person).get("/board?" + query).body();
    }

    private Map<CountedSet, Long> sets() {
        List<Sizes> sizes = board.standing(everything(), filter(null, null), lifeCycle.today())
                .units();
        assertThat(sizes).hasSize(1);
        return sizes.get(0).sets();
    }

    private DataScope everything() {
        return people.everything();
    }

    private LedgerFilter filter(String waitingAt, String waitingFor) {
        return LedgerFilter.counting(
                null,
                new Counted(
                        null,
                        null,
                        campaign,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        waitingAt,
                        waitingFor));
    }

    private String itemAt(ItemStatus status, Object... facts) {
        Map<String, Object> fields = new HashMap<>(Samples.fields(facts));
        fields.put("campaignCode", campaign);
        return lifeCycle.itemAt(status, fields);
    }
}
