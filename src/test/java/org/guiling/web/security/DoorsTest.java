package org.guiling.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.guiling.web.support.Caller.answer;
import static org.guiling.web.support.Caller.problem;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.guiling.GuilingTest;
import org.guiling.audit.AuditEvent;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.guiling.engine.LifeCycle;
import org.guiling.item.ItemStatus;
import org.guiling.web.support.Caller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Tests who gets in by which door, and the answers to the others. */
@GuilingTest
class DoorsTest {

    private static final String TASKLIST = "/camunda/app/tasklist/default/";

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    AuditTrail auditTrail;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/items",
                "/api/items/ZG-2026-000001",
                "/api/tasks",
                "/api/figures",
                "/api/exports/ledger.xlsx",
                "/api/nothing"
            })
    void theInterfaceAsksForALogin(String path) {
        HttpResponse<String> response = Caller.anonymous(port).get(path);

        problem(response, 401);
        assertThat(response.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Basic"));
    }

    @Test
    void aPageInTheBrowserIsNotAnsweredWithTheBrowsersOwnLogin() {
        HttpResponse<String> response =
                Caller.anonymous(port).with("Sec-Fetch-Mode", "cors").get("/api/items");

        problem(response, 401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).isEmpty();
    }

    @Test
    void aWrongPasswordIsRefused() {
        problem(Caller.script(port, "registrar", "wrong").get("/api/items"), 401);
        problem(Caller.script(port, "nobody", "wrong").get("/api/items"), 401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/imports",
                "/api/docs",
                "/v3/api-docs",
                "/camunda/app/tasklist/default/",
                "/camunda/app/guiling/scripts/item-tabs.js"
            })
    void pagesLeadToTheLogin(String path) {
        HttpResponse<String> response =
                Caller.anonymous(port).with("Accept", "text/html").get(path);

        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location).endsWith("/login"));
    }

    @Test
    void theEnginesOwnRestNeedsALoginAndTheOperator() {
        problem(Caller.anonymous(port).get("/engine-rest/task"), 401);
        problem(Caller.script(port, "registrar").get("/engine-rest/task"), 403);
        answer(Caller.script(port, "operator").get("/engine-rest/task"), 200);
    }

    @Test
    void whatIsForbiddenIsWrittenDownOnceAtEveryDoor() {
        long before = refusals("verifier2");
        Caller browser = Caller.browser(port, "verifier2");
        for (int i = 0; i < 2; i++) {
            assertThat(browser.get("/calendar").statusCode()).isEqualTo(403);
            problem(Caller.script(port, "verifier2").post("/api/items", lifeCycle.registration()), 403);
            assertThat(Caller.script(port, "verifier2").get("/engine-rest/user").statusCode())
                    .isEqualTo(403);
        }

        assertThat(refusals("verifier2") - before).isEqualTo(3);
        assertThat(auditTrail.page(AuditEventKind.REFUSED, "verifier2", null, 3))
                .extracting(AuditEvent::subject)
                .containsExactly("GET /engine-rest/user", "POST /api/items", "GET /calendar");
    }

    /** They hear that there is no such item, and the trail has that they asked. */
    @Test
    void aHiddenItemThatIsAskedForIsWrittenDown() {
        String hidden = lifeCycle.itemAt(ItemStatus.PLANNING);
        Caller stranger = Caller.script(port, "village-handler");

        problem(stranger.get("/api/items/" + hidden), 404);
        problem(stranger.get("/api/items/" + hidden), 404);
        problem(stranger.get("/api/items/ZG-1999-999999"), 404);

        assertThat(auditTrail.page(AuditEventKind.REFUSED, "village-handler", null, 1000))
                .filteredOn(event -> event.details().containsValue("HIDDEN"))
                .extracting(AuditEvent::subject)
                .containsOnlyOnce(hidden)
                .doesNotContain("ZG-1999-999999");
    }

    /** Of strangers too; made-up numbers in the address do not make more of it. */
    @Test
    void whatNoClientOfOursSendsIsWrittenDown() {
        Caller tester = Caller.script(port, "registrar");
        tester.get("/api/items/GL-1?x=%00");
        tester.get("/api/items/GL-2?x=%00");
        tester.get("/api/items?limit=1&limit=2");
        Caller.anonymous(port).get("/login?lang=%00");

        assertThat(auditTrail.page(AuditEventKind.INPUT_REFUSED, "registrar", null, 1000))
                .extracting(event -> event.subject() + " " + event.details().get("why"))
                .contains("GET /api/items TWICE");
        // Such a text is refused before anybody is asked who they are.
        assertThat(auditTrail.page(AuditEventKind.INPUT_REFUSED, null, null, 1000))
                .filteredOn(event -> event.actor() == null)
                .extracting(event -> event.subject() + " " + event.details().get("why"))
                .containsOnlyOnce("GET /api/items/{id} CHARACTERS")
                .contains("GET /login CHARACTERS");
    }

    private long refusals(String person) {
        return auditTrail.page(AuditEventKind.REFUSED, person, null, 1000).size();
    }

    @Test
    void aScriptNeedsNoSessionAndGetsNone() {
        HttpResponse<String> response = Caller.script(port, "handler").get("/api/tasks");

        answer(response, 200);
        assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void aSessionReadsTheInterface() {
        answer(Caller.browser(port, "handler").with("Accept", "*/*").get("/api/tasks"), 200);
    }

    @Test
    void aSessionChangesNothingWithoutItsToken() {
        String taskId =
                lifeCycle.waiting(lifeCycle.itemAt(ItemStatus.DISPATCHED)).taskId();
        Caller browser = Caller.browser(port, "handler");

        problem(browser.post("/api/tasks/" + taskId + "/claim"), 403);
        String token = browser.csrf("/");
        HttpResponse<String> claimed = browser.with("X-CSRF-TOKEN", token).post("/api/tasks/" + taskId + "/claim");

        assertThat(claimed.statusCode()).isEqualTo(204);
    }

    @Test
    void aLoginPageThatStoodOpenTooLongAsksAgain() {
        HttpResponse<String> response = Caller.anonymous(port)
                .with("Accept", "text/html")
                .submit("/login", "stale", Map.of("username", "handler", "password", "guiling-demo"));

        assertThat(response.headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location).endsWith("/login?expired"));
        assertThat(Caller.anonymous(port).get("/login?expired").body()).contains("页面已过期，请重新登录。");
    }

    @Test
    void signingOffEndsTheSession() {
        Caller browser = Caller.browser(port, "handler");

        HttpResponse<String> signedOff = browser.submit("/logout", browser.csrf("/"), Map.of());

        assertThat(signedOff.headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location).endsWith("/login?signed-off"));
        assertThat(browser.get("/").statusCode()).isEqualTo(302);
        assertThat(signedOff.headers().firstValue("Clear-Site-Data")).hasValue("\"cache\", \"storage\"");
    }

    @Test
    void signingOffInTasklistClearsTheBrowserToo() {
        HttpResponse<String> signedOff = Caller.webApp(port, "handler")
                .send("POST", "/camunda/api/admin/auth/user/default/logout", null, BodyPublishers.noBody());

        assertThat(signedOff.statusCode()).isEqualTo(204);
        assertThat(signedOff.headers().firstValue("Clear-Site-Data")).hasValue("\"cache\", \"storage\"");
    }

    @Test
    void everyAnswerForbidsInlineScripts() {
        HttpResponse<String> response = Caller.anonymous(port).get("/login");

        assertThat(response.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy ->
                        assertThat(policy).contains("script-src 'self'").doesNotContain("unsafe"));
        assertThat(response.body())
                .doesNotContain("style=", "onclick")
                .doesNotContainPattern("<script(?![^>]*\\ssrc=\"/)");
    }

    @Test
    void theInterfaceDescribesItself() {
        Caller browser = Caller.browser(port, "operator");

        assertThat(browser.get("/api/docs").statusCode()).isEqualTo(302);
        assertThat(browser.get("/api/swagger-ui/index.html").statusCode()).isEqualTo(200);
        browser.with("Accept", "application/json");
        assertThat(answer(browser.get("/v3/api-docs"), 200).path("paths").has("/api/items/{itemNo}/timeline"))
                .isTrue();
    }

    /** Else whoever opens Tasklist at the same moment as somebody else sits before a blank page. */
    @Test
    void manyMayOpenAWebAppAtTheSameMoment() {
        Caller handler = Caller.browser(port, "handler");
        handler.get(TASKLIST);

        List<HttpResponse<String>> pages = IntStream.range(0, 200)
                .parallel()
                .mapToObj(i -> handler.get(TASKLIST))
                .toList();

        assertThat(pages).allSatisfy(page -> {
            String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
            Matcher nonces = Pattern.compile("nonce=\"([^\"]*)\"").matcher(page.body());
            assertThat(nonces.results().map(nonce -> nonce.group(1)).distinct())
                    .singleElement()
                    .satisfies(nonce -> assertThat(policy).contains("'nonce-" + nonce + "'"));
        });
    }
}
