package org.guiling.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The requests of {@link ScaleBenchmark}: a line each. */
final class ScalePages {

    static final List<String> PEOPLE =
            List.of("handler", "township-leader", "reviewer", "registrar", "supervisor", "head");

    private static final String TASKLIST = "/camunda/api/engine/engine/default/filter/";
    private static final String OF_A_MONTH = ".from={30 days ago}&%s.to={today}";

    private ScalePages() {}

    /**
     * A page and whoever asks for it.
     *
     * @param path with words in braces, which {@link ScaleBenchmark} knows of each size
     * @param mostBlocks the most that it may read of the database; null where nothing is held
     */
    record Page(String name, String person, String path, Long mostBlocks) {

        Page(String name, String person, String path) {
            this(name, person, path, null);
        }

        String spoken() {
            return name + ", " + person;
        }
    }

    static List<Page> all() {
        List<Page> pages = new ArrayList<>();
        for (String person : PEOPLE) {
            pages.add(new Page("to-dos", person, "/todos"));
            pages.add(new Page("to-dos, last page", person, "/todos?page={last page of " + person + "}"));
            pages.add(new Page("start page", person, "/"));
            pages.add(new Page("ledger", person, "/items"));
        }
        pages.addAll(List.of(
                new Page("to-dos of mine", "handler", "/todos?whose=MINE"),
                new Page("to-dos of a task", "reviewer", "/todos?task=review-registration"),
                new Page("to-dos overdue", "supervisor", "/todos?when=OVERDUE"),
                new Page("to-dos, 涵洞", "supervisor", "/todos?text=%E6%B6%B5%E6%B4%9E"),
                new Page("ledger by due date, halfway", "reviewer", "/items?sort=DUE&cursor={half by due date}"),
                new Page("ledger by newest", "reviewer", "/items?sort=NEWEST"),
                new Page("ledger by newest, halfway", "reviewer", "/items?sort=NEWEST&cursor={half by newest}"),
                new Page("ledger by oldest", "reviewer", "/items?sort=REGISTERED"),
                new Page("ledger by oldest, halfway", "reviewer", "/items?sort=REGISTERED&cursor={half by oldest}"),
                new Page("ledger by newest", "handler", "/items?sort=NEWEST"),
                new Page("ledger by newest", "township-leader", "/items?sort=NEWEST"),
                new Page("search of every item's word, 道路", "reviewer", "/items?text=%E9%81%93%E8%B7%AF"),
                new Page("search of a tenth's, 污水外溢", "reviewer", "/items?text=%E6%B1%A1%E6%B0%B4%E5%A4%96%E6%BA%A2"),
                new Page("search of a thousandth's, 涵洞", "reviewer", "/items?text=%E6%B6%B5%E6%B4%9E"),
                new Page("search of two words", "reviewer", "/items?text=%E9%81%93%E8%B7%AF%20%E6%B6%B5%E6%B4%9E"),
                new Page("search of every item's word, 道路", "handler", "/items?text=%E9%81%93%E8%B7%AF")));
        filters()
                .map(filter -> new Page(
                        "filter " + filter.replaceAll("\\.from=.*|=\\{.*", ""), "reviewer", "/items?" + filter))
                .forEach(pages::add);
        pages.addAll(List.of(
                new Page("an item", "handler", "/items/{item}", 2_000L),
                new Page("an item", "reviewer", "/items/{item}", 2_000L),
                new Page("board", "reviewer", "/board"),
                new Page("board", "township-leader", "/board"),
                new Page("first responsible person", "head", "/board/mine"),
                new Page("first responsible person", "township-leader", "/board/mine"),
                new Page("/api/items", "reviewer", "/api/items"),
                new Page("/api/items by newest", "reviewer", "/api/items?sort=newest", 2_000L),
                new Page("/api/items/{itemNo}", "handler", "/api/items/{item}"),
                new Page("/api/tasks", "handler", "/api/tasks"),
                new Page("/api/tasks", "reviewer", "/api/tasks"),
                new Page("/api/figures", "handler", "/api/figures"),
                new Page("/api/figures", "reviewer", "/api/figures"),
                new Page("/api/figures by unit", "reviewer", "/api/figures?by=UNIT")));
        for (String person : List.of("handler", "reviewer")) {
            for (String filter : List.of("mine", "unit", "verification", "sign-off", "due-soon", "overdue")) {
                String address = TASKLIST + "{filter." + filter + "}";
                pages.add(new Page("Tasklist's " + filter, person, address + "/list?firstResult=0&maxResults=15"));
                pages.add(new Page("Tasklist's " + filter + ", number", person, address + "/count"));
            }
        }
        return pages;
    }

    /** Each condition of {@code LedgerFilter} alone, as an address states it. */
    private static Stream<String> filters() {
        return Stream.concat(
                Stream.of(
                        "status=RECTIFYING",
                        "status=CLOSED",
                        "step=DEADLINE",
                        "light=RED",
                        "light=YELLOW",
                        "light=BLUE",
                        "leadUnit=housing-urban-bureau",
                        "leadUnit=jiaqiao-town&withBelow=true",
                        "level=2",
                        "sourceType=HOTLINE",
                        "category=SAFETY",
                        "overdue=true",
                        "coUnit=ecology-bureau",
                        "tier=VILLAGE",
                        "open=true",
                        "urgency=URGENT",
                        "rectType=PHASED",
                        "systemic=true",
                        "visibility=RESTRICTED",
                        "campaignCode=NONE",
                        "sourceDocNo={source document}",
                        "parentNo={item}",
                        "fastLane=true",
                        "reworked=true",
                        "openRequest=true",
                        "verifyMethod=ON_SITE",
                        "verifyResult=PASS",
                        "itemNo={item}",
                        "counted.set=OPEN",
                        "counted.set=DUE_LATE",
                        "counted.set=PASSED_FIRST",
                        "counted.set=OVERDUE_AT_OFFICE"),
                Stream.of(
                                "found",
                                "registered",
                                "claimed",
                                "due",
                                "originalDue",
                                "selfDone",
                                "verified",
                                "closed",
                                "lookBack")
                        .map(days -> days + OF_A_MONTH.formatted(days)));
    }
}
