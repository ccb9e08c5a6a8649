package org.guiling.web.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.guiling.GuilingTest;
import org.guiling.engine.LifeCycle;
import org.guiling.item.ItemStatus;
import org.guiling.ledger.imports.ImportChoices;
import org.guiling.ledger.imports.ImportReport;
import org.guiling.ledger.view.LedgerViews;
import org.guiling.web.imports.ImportRun;
import org.guiling.web.imports.ImportRuns;
import org.guiling.web.imports.Uploads;
import org.guiling.web.support.Caller;
import org.guiling.web.support.Ledgers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The ledger's page and the progress of an import, over HTTP. */
@GuilingTest
class LedgerPagesTest {

    private static final Pattern VIEW = Pattern.compile("view=(\\d+)");

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    LedgerViews views;

    @Autowired
    ImportRuns runs;

    @AfterEach
    void removeViews() {
        views.of("verifier").forEach(view -> views.delete("verifier", view.id()));
        views.forgetColumns("verifier");
    }

    @Test
    void conditionsAreChipsThatCanBeTakenAway() {
        String itemNo = lifeCycle.itemAt(ItemStatus.REVIEW);

        String page = Caller.browser(port, "reviewer")
                .get("/items?text=" + itemNo + "&urgency=NORMAL&found.from=2020-01-01")
                .body();

        assertThat(page)
                .contains(
                        "共 1 件",
                        "紧急程度：平",
                        "发现日期：2020-01-01 至 不限",
                        "href=\"/items?text=" + itemNo + "&amp;found.from=2020-01-01&amp;sort=DUE\"",
                        "<details class=\"filter-more\" open=\"open\">")
                .doesNotContain("??");
        assertThat(Caller.browser(port, "reviewer").get("/items?text=" + itemNo).body())
                .contains("<details class=\"filter-more\">");
    }

    @Test
    void aDayThatIsNoneIsToldAndNothingThatWasEnteredIsLost() {
        Caller reviewer = Caller.browser(port, "reviewer");

        HttpResponse<String> wrong = reviewer.get(
                "/items?text=" + URLEncoder.encode("道路", UTF_8) + "&found.from=2026-13-40&found.to=2026-12-31&level=2");
        HttpResponse<String> backwards = reviewer.get("/items?closed.from=2026-03-05&closed.to=2026-03-04");

        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body())
                .contains(
                        "“2026-13-40”不是日期",
                        "value=\"2026-13-40\"",
                        "value=\"2026-12-31\"",
                        "value=\"道路\"",
                        "<option value=\"2\" selected=\"selected\">");
        assertThat(backwards.statusCode()).isEqualTo(400);
        assertThat(backwards.body()).contains("起始日期 2026-03-05 晚于截止日期 2026-03-04");
        Caller.problem(Caller.script(port, "reviewer").get("/api/items?found.from=2026-13-40"), 400);
        Caller.problem(
                Caller.script(port, "reviewer").get("/api/items?closed.from=2026-03-05&closed.to=2026-03-04"), 400);
        Caller.problem(Caller.script(port, "reviewer").get("/api/exports/ledger.xlsx?columns=secret"), 400);
    }

    @Test
    void columnsAreChosenShownAndExported() {
        String itemNo = lifeCycle.itemAt(ItemStatus.VERIFYING);
        Caller verifier = Caller.browser(port, "verifier");

        verifier.send(
                "POST",
                "/items/columns",
                "application/x-www-form-urlencoded",
                HttpRequest.BodyPublishers.ofString("_csrf=" + verifier.csrf("/items") + "&sort=DUE&text=" + itemNo
                        + "&columns=rootCause&columns=handler"));
        String page = verifier.get("/items?text=" + itemNo).body();

        assertThat(page)
                .contains("<th>原因分析</th><th>承办人</th>", "巡查频次不足", "&amp;columns=itemNo,title,rootCause,handler\"")
                .doesNotContain("<th>灯色</th>");
    }

    @Test
    void aViewIsKeptAndTheLedgerOpensWithIt() {
        Caller verifier = Caller.browser(port, "verifier");
        String csrf = verifier.csrf("/items");
        Map<String, String> shown = Map.of("light", "RED", "sort", "NEWEST", "columns", "status");

        String saved = location(verifier.submit("/items/views", csrf, with(shown, "name", "红灯 & <b>")));
        Matcher id = VIEW.matcher(saved);
        assertThat(id.find()).as(saved).isTrue();
        String address = "/items?light=RED&sort=NEWEST&view=" + id.group(1);
        assertThat(saved).isEqualTo(address);
        assertThat(verifier.get(address).body())
                .contains("红灯 &amp; &lt;b&gt;", "已保存视图", "name=\"columns\" value=\"status\" checked")
                .doesNotContain("尚未存入视图");
        assertThat(verifier.get(address + "&level=1").body()).contains("尚未存入视图");

        verifier.submit("/items/views/" + id.group(1), csrf, with(with(shown, "action", "first"), "first", "true"));
        assertThat(location(verifier.get("/items"))).isEqualTo(address);
        assertThat(verifier.get(address).body()).contains("先显示这个视图");

        // what cannot be kept is told, and nothing changes
        verifier.submit("/items/views", csrf, with(shown, "name", "长".repeat(31)));
        assertThat(verifier.get(address).body()).contains("视图名称最长 30 个字");
        assertThat(verifier.submit("/items/views/" + id.group(1), csrf, with(shown, "action", "rename"))
                        .statusCode())
                .isEqualTo(400);

        verifier.submit("/items/views/" + id.group(1), csrf, with(shown, "action", "delete"));
        assertThat(views.of("verifier")).isEmpty();
    }

    @Test
    void oneItemThatFailsDoesNotStopTheOthers() {
        String one = lifeCycle.itemAt(ItemStatus.VERIFYING);
        String two = lifeCycle.itemAt(ItemStatus.VERIFYING);
        String unseen = lifeCycle.itemAt(ItemStatus.PLANNING);
        Caller verifier = Caller.browser(port, "verifier");
        assertThat(verifier.get("/items?text=" + one).body()).contains("领取所选", "待领取");

        HttpResponse<String> claimed = verifier.submit(
                "/items/selection",
                verifier.csrf("/items"),
                Map.of("action", "claim", "sort", "DUE", "selected", String.join(",", one, unseen, "nonsense", two)));

        assertThat(location(claimed)).isEqualTo("/items?sort=DUE");
        assertThat(verifier.get("/items?sort=DUE").body())
                .contains("批量领取结果", "已领取“核查”", "没有等待您领取的任务")
                .doesNotContain("??");
        assertThat(lifeCycle.waiting(one).assignee()).isEqualTo("verifier");
        assertThat(lifeCycle.waiting(two).assignee()).isEqualTo("verifier");
        assertThat(lifeCycle.waiting(unseen).assignee()).isNotEqualTo("verifier");

        String export = location(verifier.submit(
                "/items/selection",
                verifier.csrf("/items"),
                Map.of("action", "export", "sort", "DUE", "columns", "itemNo", "selected", one + "," + two)));
        assertThat(export)
                .isEqualTo("/api/exports/ledger.xlsx?itemNo=" + one + "%2C" + two + "&sort=DUE&columns=itemNo");
        assertThat(verifier.get(export).statusCode()).isEqualTo(200);
    }

    @Test
    void nothingThatEndsAnItemIsDoneToSeveralAtOnce() {
        Caller supervisor = Caller.browser(port, "supervisor");
        String itemNo = lifeCycle.itemAt(ItemStatus.CLOSING);

        for (String action : new String[] {"close", "sign-off", "complete"}) {
            assertThat(supervisor
                            .submit(
                                    "/items/selection",
                                    supervisor.csrf("/items?sort=DUE"),
                                    Map.of("action", action, "sort", "DUE", "selected", itemNo))
                            .statusCode())
                    .isEqualTo(400);
        }
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.CLOSING);
    }

    @Test
    void anImportThatTakesTimeIsSeenUntilItEndsAndAfterwards() throws InterruptedException {
        Caller registrar = Caller.browser(port, "registrar");
        CountDownLatch seen = new CountDownLatch(1);
        String file = UUID.randomUUID() + ".csv";
        Uploads.Settings settings = new Uploads.Settings(file, "ledger", Map.of(), ImportChoices.USUAL);

        ImportRun run = runs.begin("registrar", new ImportRun(settings, false), progress -> {
            progress.checked(120);
            progress.created(37, 100);
            await(seen);
            return new ImportRun.Result(
                    null,
                    new ImportReport(
                            "ledger", 120, 100, 20, 0, 0, 0, 0, 0, List.of(), List.of(), List.of(), List.of(),
                            List.of(), List.of(), 7L));
        });
        try {
            while (run.created() == 0) {
                Thread.onSpinWait();
            }
            assertThat(registrar.get("/imports/progress").body())
                    .contains(file, "正在登记", "value=\"37\" max=\"100\"", "已登记 37 件，共 100 件");
            assertThat(registrar.get("/imports").body()).contains(file, "正在导入", "/imports/progress");
            // a second one has to wait, from whatever session
            Caller again = Caller.browser(port, "registrar");
            again.upload(
                    "/imports/check",
                    "l.csv",
                    Ledgers.with(1, 0),
                    Map.of("_csrf", again.csrf("/imports"), "profile", "ledger"));
            assertThat(again.get("/imports").body()).contains("“" + file + "”还在处理");
        } finally {
            seen.countDown();
        }
        assertThat(run.endsWithin(Duration.ofSeconds(30))).isTrue();

        assertThat(location(registrar.get("/imports/progress"))).isEqualTo("/imports/result");
        assertThat(registrar.get("/imports/result").body()).contains(file, "120", "100");
        assertThat(Caller.browser(port, "registrar")
                        .with("HX-Request", "true")
                        .get("/imports/progress")
                        .headers()
                        .firstValue("HX-Redirect"))
                .contains("/imports/progress");
    }

    @Test
    void anImportThatFailsSaysSo() {
        Caller registrar = Caller.browser(port, "registrar");
        Uploads.Settings settings = new Uploads.Settings("failing.csv", "ledger", Map.of(), ImportChoices.USUAL);

        ImportRun run = runs.begin("registrar", new ImportRun(settings, false), progress -> {
            throw new IllegalStateException("for the test");
        });

        assertThat(run.endsWithin(Duration.ofSeconds(30))).isTrue();
        assertThat(location(registrar.get("/imports/progress"))).isEqualTo("/imports");
        assertThat(registrar.get("/imports").body()).contains("什么都没有登记").doesNotContain("for the test");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<String, String> with(Map<String, String> values, String name, String value) {
        Map<String, String> more = new HashMap<>(values);
        more.put(name, value);
        return more;
    }

    private String location(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Location")
                .orElseThrow(() -> new AssertionError(response.statusCode() + " " + response.body()))
                .replaceFirst("^http://[^/]+", "");
    }
}
