package org.guiling.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.guiling.GuilingTest;
import org.guiling.engine.LifeCycle;
import org.guiling.engine.Samples;
import org.guiling.item.ItemStatus;
import org.guiling.web.security.WantedPage;
import org.guiling.web.support.Caller;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** A form that is sent twice is carried out once, and nobody loses their way over an old page. */
@GuilingTest
class SentTwiceTest {

    private static final Pattern ONCE = Pattern.compile("name=\"_once\" value=\"([0-9a-f-]{36})\"");
    private static final String SENT_BEFORE = "这份表单先前已经提交，没有重复办理。";

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    JdbcClient jdbc;

    /** An opened form: what its page carries, and what is entered. */
    private record Opened(Caller browser, String page, String csrf, String once) {

        HttpResponse<String> send(Map<String, Object> fields) {
            return sendTo(page, fields);
        }

        HttpResponse<String> sendTo(String path, Map<String, Object> fields) {
            MultiValueMap<String, String> sent = new LinkedMultiValueMap<>();
            sent.add("_once", once);
            fields.forEach((name, value) -> {
                if (value instanceof Iterable<?> several) {
                    several.forEach(each -> sent.add(name, each.toString()));
                } else if (value != null && !Boolean.FALSE.equals(value)) {
                    sent.add(name, value.toString());
                }
            });
            return browser.submit(path, csrf, sent);
        }
    }

    private Opened open(String user, String page) {
        return open(Caller.browser(port, user), page);
    }

    private static Opened open(Caller browser, String page) {
        String html = browser.get(page).body();
        Matcher once = ONCE.matcher(html);
        assertThat(once.find()).as("one-time key in %s", page).isTrue();
        return new Opened(browser, page, browser.csrf(page), once.group(1));
    }

    @Test
    void aRegistrationThatIsSentAgainLeadsToTheFirstItem() {
        Opened form = open("registrar", "/new/registration");
        Map<String, Object> fields = lifeCycle.registration();

        String first = form.browser().location(form.send(fields));
        form.browser().get(first);
        String second = form.browser().location(form.send(fields));

        assertThat(first).startsWith("/items/ZG-");
        assertThat(second).isEqualTo(first);
        assertThat(form.browser().get(second).body()).contains(SENT_BEFORE);
        assertThat(items(fields)).isEqualTo(1);
        assertThat(jdbc.sql("""
                        select distinct idempotency_key.xmin::text = timeline.xmin::text
                        from idempotency_key, timeline join item on item.id = timeline.item_id
                        where idempotency_key.location = ? and item_no = ? and action = 'REGISTER'""")
                        .params("redirect:" + first, first.substring("/items/".length()))
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void aDoubleTapRegistersOnceAndBothAreLedToIt() throws Exception {
        Opened form = open("registrar", "/new/registration");
        Map<String, Object> fields = lifeCycle.registration();
        CyclicBarrier together = new CyclicBarrier(3);
        ExecutorService threads = Executors.newFixedThreadPool(3);
        List<Future<String>> sent = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            sent.add(threads.submit(() -> {
                together.await();
                return form.browser().location(form.send(fields));
            }));
        }
        threads.shutdown();

        String first = sent.get(0).get();
        assertThat(first).startsWith("/items/ZG-");
        for (Future<String> each : sent) {
            assertThat(each.get()).isEqualTo(first);
        }
        assertThat(items(fields)).isEqualTo(1);
    }

    @Test
    void somethingElseUnderTheSameKeyIsShownAgainAndAsked() {
        Opened form = open("registrar", "/new/registration");
        assertThat(form.send(lifeCycle.registration()).statusCode()).isEqualTo(302);
        Map<String, Object> other = lifeCycle.registration();

        HttpResponse<String> refused = form.send(other);

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("内容与这次不同", other.get("title").toString());
        assertThat(items(other)).isZero();
        // whoever means it sends the page that came back
        Matcher once = ONCE.matcher(refused.body());
        assertThat(once.find()).isTrue();
        assertThat(once.group(1)).isNotEqualTo(form.once());
        Opened again = new Opened(form.browser(), form.page(), form.csrf(), once.group(1));
        assertThat(again.send(other).statusCode()).isEqualTo(302);
        assertThat(items(other)).isEqualTo(1);
    }

    @Test
    void whatWasRefusedIsSentAgainWithTheSameKey() {
        Opened form = open("registrar", "/new/registration");
        Map<String, Object> fields = new HashMap<>(lifeCycle.registration());
        Object title = fields.remove("title");
        assertThat(form.send(fields).statusCode()).isEqualTo(400);
        fields.put("title", title);
        assertThat(form.send(fields).statusCode()).isEqualTo(302);
        assertThat(items(fields)).isEqualTo(1);
    }

    @Test
    void aRequestASpotCheckAndADecompositionAreMadeOnce() {
        String itemNo = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        Opened extension = open("handler", "/items/" + itemNo + "/requests/deadline-extension");
        twice(extension, Samples.extension(lifeCycle.item(itemNo).currentDue().plusDays(9)));
        assertThat(jdbc.sql("select count(*) from item_request join item on item.id = item_id where item_no = ?")
                        .param(itemNo)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);

        String whole = lifeCycle.itemAt(ItemStatus.RECTIFYING);
        Opened split = open("handler", "/items/" + whole + "/requests/decomposition");
        twice(split, Samples.onePart(lifeCycle.item(whole).currentDue()));
        assertThat(jdbc.sql("select count(*) from item where parent_no = ?")
                        .param(whole)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);

        String title = "抽查" + UUID.randomUUID();
        twice(open("supervisor", "/new/spot-check"), Map.of("title", title, "scope", "OPEN"));
        assertThat(jdbc.sql("select count(*) from spot_check where title = ?")
                        .param(title)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void peopleUnitsSubstitutesAndTokensAreMadeOnce() {
        String id = "twice" + UUID.randomUUID().toString().substring(0, 8);
        twice(
                open("administrator", "/administration/new-person"),
                Map.of("id", id, "name", "试二人", "unit", "education-bureau", "roles", List.of("HANDLER")));
        twice(
                open("administrator", "/administration/new-unit"),
                Map.of("code", id, "name", "试" + id, "tier", "TOWNSHIP"));
        twice(
                open("administrator", "/administration/substitutes"),
                Map.of(
                        "absent",
                        id,
                        "substitute",
                        "handler",
                        "from",
                        lifeCycle.today().plusDays(3).toString(),
                        "until",
                        lifeCycle.today().plusDays(4).toString()));

        Opened account = open("handler", "/account");
        HttpResponse<String> first = account.sendTo("/account/tokens", Map.of("name", id, "days", "30"));
        HttpResponse<String> second = account.sendTo("/account/tokens", Map.of("name", id, "days", "30"));
        assertThat(account.browser().location(second))
                .isEqualTo(account.browser().location(first));
        assertThat(jdbc.sql("select count(*) from access_token where name = ?")
                        .param(id)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    private static void twice(Opened form, Map<String, Object> fields) {
        HttpResponse<String> first = form.send(fields);
        assertThat(first.statusCode()).as(first.body()).isEqualTo(302);
        form.browser().get(form.browser().location(first));
        HttpResponse<String> second = form.send(fields);
        assertThat(second.statusCode()).as(second.body()).isEqualTo(302);
        String place = form.browser().location(second);
        assertThat(place).isEqualTo(form.browser().location(first));
        assertThat(form.browser().get(place).body()).contains(SENT_BEFORE);
    }

    /** The key's row has its person, its time and its transaction, and would tell whose a nameless suggestion was. */
    @Test
    void aNamelessSuggestionLeavesNoKey() {
        Opened form = open("handler", "/suggestions");
        long before = keys();
        assertThat(form.send(Map.of("kind", "SUGGESTION", "content", "不具名的一条", "nameless", "true"))
                        .statusCode())
                .isEqualTo(302);
        assertThat(keys()).isEqualTo(before);
        form.send(Map.of("kind", "SUGGESTION", "content", "具名的一条"));
        form.send(Map.of("kind", "SUGGESTION", "content", "具名的一条"));
        assertThat(keys()).isEqualTo(before + 1);
        assertThat(jdbc.sql("select count(*) from suggestion where content = '具名的一条'")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void aTaskThatSomebodyElseHasDoneLeadsToItsItem() {
        String itemNo = lifeCycle.itemAt(ItemStatus.PLANNING);
        String task = "/tasks/" + lifeCycle.waiting(itemNo).taskId();
        Opened form = open("handler", task);
        // through another door, as Tasklist's REST does
        lifeCycle.complete("handler", itemNo, Samples.plan(lifeCycle.today()));

        HttpResponse<String> sent = form.send(Map.of("rootCause", "再次提交"));
        assertThat(form.browser().location(sent)).isEqualTo("/items/" + itemNo);
        assertThat(form.browser().get("/items/" + itemNo).body()).contains("这次没有再提交");
        Caller colleague = Caller.browser(port, "leader");
        assertThat(colleague.location(colleague.get(task))).isEqualTo("/items/" + itemNo);
        assertThat(colleague.get("/items/" + itemNo).body()).contains("这一步已经办结");
        assertThat(Caller.browser(port, "village-handler").get(task).statusCode())
                .isEqualTo(404);
        assertThat(colleague.get("/tasks/" + UUID.randomUUID()).statusCode()).isEqualTo(404);
    }

    @Test
    void aFormThatIsSentAfterTheSessionLeadsBackToItsPage() {
        String itemNo = lifeCycle.itemAt(ItemStatus.PLANNING);
        String task = "/tasks/" + lifeCycle.waiting(itemNo).taskId();
        Caller expired = Caller.visitor(port).with("Referer", "http://127.0.0.1:" + port + task + "?from=todos");

        HttpResponse<String> sent = expired.submit(task, "of-an-ended-session", Map.of("rootCause", "写了很久"));

        assertThat(expired.location(sent)).isEqualTo("/login?expired");
        assertThat(expired.signOn("handler", "guiling-demo")).isEqualTo(task + "?from=todos");
        assertThat(lifeCycle.item(itemNo).status()).isEqualTo(ItemStatus.PLANNING);
    }

    @Test
    void onlyAPageOfThisHostIsComeBackTo() {
        for (String foreign : List.of("http://evil.example/todos", "no address", "http://127.0.0.1:1/todos")) {
            Caller stranger = Caller.visitor(port).with("Referer", foreign);
            stranger.submit("/tasks/x", "forged", Map.of());
            assertThat(stranger.signOn("handler", "guiling-demo")).as(foreign).isEqualTo("/");
        }
        Caller script = Caller.visitor(port)
                .with("X-Requested-With", "XMLHttpRequest")
                .with("Referer", "http://127.0.0.1:" + port + "/todos");
        script.submit("/tasks/x/hidden", "forged", Map.of());
        assertThat(script.cookie(WantedPage.COOKIE)).isEmpty();
    }

    private long keys() {
        return jdbc.sql("select count(*) from idempotency_key")
                .query(Long.class)
                .single();
    }

    private long items(Map<String, Object> fields) {
        return jdbc.sql("select count(*) from item where title = ?")
                .param(fields.get("title"))
                .query(Long.class)
                .single();
    }
}
