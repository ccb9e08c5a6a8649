package org.guiling.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.guiling.web.support.Caller.answer;
import static org.guiling.web.support.Caller.problem;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.guiling.GuilingTest;
import org.guiling.TestClock;
import org.guiling.engine.LifeCycle;
import org.guiling.item.ItemStatus;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.web.support.Caller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Whoever leaves, moves or loses a role finds every door changed 30 seconds later, also in the session they are in. */
@GuilingTest
class SessionRenewalTest {

    private static final Duration LOOKED_AGAIN = Duration.ofSeconds(30);
    private static final String COCKPIT = "/camunda/app/cockpit/default/";
    private static final String ENGINE = "/camunda/api/engine/engine/default";
    private static final String APPS = "/camunda/api/admin/auth/user/default";

    @LocalServerPort
    int port;

    @Autowired
    LifeCycle lifeCycle;

    @Autowired
    Organization organization;

    @Autowired
    PasswordEncoder passwords;

    @Autowired
    @Qualifier("engineProvisioning")
    ApplicationRunner provisioning;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestClock clock;

    private String account;

    @BeforeEach
    void somebody() {
        account = "mover-" + System.nanoTime();
    }

    /** The account goes: a second administrator would let others remove the first. */
    @AfterEach
    void backToToday() {
        clock.reset();
        jdbc.sql("update person set enabled = false where id = ?")
                .param(account)
                .update();
    }

    /** Each sees where they are signed on, and nobody else's; what they end is over at once. */
    @Test
    void peopleSeeTheirSessionsAndEndThem() throws Exception {
        person("education-bureau", Role.HANDLER);
        Caller here = Caller.browser(port, account).with("User-Agent", "Here/1.0");
        Caller phone = Caller.visitor(port).with("User-Agent", "<b>Phone</b>/2.0");
        phone.signOn(account, "guiling-demo");
        Caller forgotten = Caller.browser(port, account);
        Caller colleague = Caller.browser(port, "handler");
        assertThat(here.get("/account").body()).contains("&lt;b&gt;Phone", "127.0.0.1", "当前会话");
        assertThat(colleague.get("/account").body()).doesNotContain("Phone");
        long phones = session("<b>Phone</b>/2.0");

        String body = here.get("/account").body();
        assertThat(body).contains("/account/sessions/" + phones + "/end");
        colleague.submit("/account/sessions/" + phones + "/end", colleague.csrf("/account"), Map.of());
        assertThat(phone.get("/").statusCode()).as("not another's").isEqualTo(200);
        here.submit("/account/sessions/" + phones + "/end", here.csrf("/account"), Map.of());

        assertThat(phone.location(phone.get("/"))).isEqualTo("/login");
        assertThat(forgotten.get("/").statusCode()).isEqualTo(200);
        here.submit("/account/sessions/end-others", here.csrf("/account"), Map.of());
        assertThat(forgotten.get("/").statusCode()).isEqualTo(302);
        assertThat(here.get("/account").body()).contains("当前会话").doesNotContain("/end\"");
        here.submit("/logout", here.csrf("/"), Map.of());
        assertThat(jdbc.sql("select count(*) from open_session where person_id = ?")
                        .param(account)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    /** A session that was left open for long makes no key, takes no device and ends nobody: until its person proves it. */
    @Test
    void whatChangesTheDoorsIsAskedForAnew() throws Exception {
        person("education-bureau", Role.HANDLER);
        Caller browser = Caller.browser(port, account);
        Caller other = Caller.browser(port, account);
        long others = session(null);
        browser.get("/account/second-factor");
        clock.advance(Duration.ofMinutes(10));

        HttpResponse<String> token =
                browser.submit("/account/tokens", browser.csrf("/account"), Map.of("name", "script", "days", "1"));
        assertThat(token.statusCode()).isEqualTo(403);
        assertThat(token.body()).contains("请先再次验证").doesNotContain("id=\"new-token\"");
        browser.submit("/account/sessions/" + others + "/end", browser.csrf("/account"), Map.of());
        browser.submit("/account/sessions/end-others", browser.csrf("/account"), Map.of());
        assertThat(other.get("/").statusCode()).isEqualTo(200);
        assertThat(browser.get("/account/second-factor").body())
                .contains("action=\"/account/proof\"")
                .doesNotContain("factor-secret");
        assertThat(browser.get("/account/second-factor/picture").statusCode()).isEqualTo(404);

        prove(browser, "wrong");
        assertThat(browser.get("/account").body()).contains("当前密码不正确", "action=\"/account/proof\"");
        prove(browser, "guiling-demo");

        assertThat(browser.get("/account/second-factor").body()).contains("factor-secret");
        assertThat(browser.submit("/account/tokens", browser.csrf("/account"), Map.of("name", "script", "days", "1"))
                        .statusCode())
                .isEqualTo(302);
        clock.advance(Duration.ofMinutes(10));
        assertThat(browser.get("/account").body()).contains("action=\"/account/proof\"");
    }

    private static void prove(Caller browser, String password) {
        browser.submit("/account/proof", browser.csrf("/account"), Map.of("proof", password));
    }

    /** @param browser null for the newest */
    private long session(String browser) {
        return jdbc.sql("""
                        select max(id) from open_session where person_id = :person
                        and (cast(:browser as text) is null or browser = :browser)""")
                .param("person", account)
                .param("browser", browser)
                .query(Long.class)
                .single();
    }

    @Test
    void whoLeavesIsSignedOffEverywhere() throws Exception {
        person("education-bureau", Role.OPERATOR);
        Caller portal = Caller.browser(port, account);
        Caller session = Caller.browser(port, account).with("Accept", "*/*");
        Caller tasklist = Caller.browser(port, account).with("Accept", "application/json");
        Caller cockpit = Caller.browser(port, account);
        assertThat(portal.get("/").statusCode()).isEqualTo(200);
        answer(session.get("/api/tasks"), 200);
        answer(tasklist.get(ENGINE + "/task/count"), 200);
        assertThat(cockpit.get(COCKPIT).statusCode()).isEqualTo(200);

        jdbc.sql("update person set enabled = false where id = ?")
                .param(account)
                .update();
        clock.advance(LOOKED_AGAIN);

        assertThat(portal.location(portal.get("/"))).isEqualTo("/login");
        problem(session.get("/api/tasks"), 401);
        assertThat(tasklist.get(ENGINE + "/task/count").statusCode()).isEqualTo(401);
        assertThat(cockpit.location(cockpit.get(COCKPIT))).isEqualTo("/login");
        problem(Caller.script(port, account).get("/api/tasks"), 401);
        assertThat(Caller.script(port, account).get("/engine-rest/task").statusCode())
                .isEqualTo(401);
        assertThat(Caller.visitor(port).signOn(account, "guiling-demo")).isEqualTo("/login?error");
    }

    @Test
    void whoLosesARoleLosesItsDoors() throws Exception {
        person("education-bureau", Role.OPERATOR, Role.ADMINISTRATOR);
        Caller portal = Caller.browser(port, account);
        Caller webApps = Caller.browser(port, account).with("Accept", "application/json");
        assertThat(portal.get("/calendar").statusCode()).isEqualTo(200);
        assertThat(webApps.get(COCKPIT).statusCode()).isEqualTo(200);
        assertThat(webApps.get(APPS).body()).contains("cockpit");
        assertThat(Caller.script(port, account).get("/engine-rest/task").statusCode())
                .isEqualTo(200);

        person("education-bureau", Role.HANDLER);
        clock.advance(LOOKED_AGAIN);

        assertThat(portal.get("/calendar").statusCode()).isEqualTo(403);
        assertThat(portal.get("/").body()).doesNotContain("app/cockpit");
        assertThat(webApps.get(COCKPIT).statusCode()).isNotEqualTo(200);
        assertThat(webApps.get(APPS).body()).contains(account).doesNotContain("cockpit");
        assertThat(Caller.script(port, account).get("/engine-rest/task").statusCode())
                .isEqualTo(403);
    }

    @Test
    void whoMovesSeesTheWorkOfTheOtherUnit() throws Exception {
        String itemNo = lifeCycle.itemAt(ItemStatus.DISPATCHED);
        String leadUnit = lifeCycle.item(itemNo).registration().leadUnit();
        String task = lifeCycle.waiting(itemNo).taskId();
        person(leadUnit, Role.HANDLER);
        Caller session = Caller.browser(port, account).with("Accept", "*/*");
        Caller tasklist = Caller.browser(port, account).with("Accept", "*/*");
        String tasks = "/api/tasks?itemNo=" + itemNo;
        assertThat(session.get(tasks).body()).contains(task);
        assertThat(tasklist.get(ENGINE + "/task/" + task).statusCode()).isEqualTo(200);

        person("civil-affairs-bureau", Role.HANDLER);
        clock.advance(LOOKED_AGAIN);

        assertThat(session.get(tasks).body()).doesNotContain(task);
        assertThat(tasklist.get(ENGINE + "/task/" + task).statusCode()).isNotEqualTo(200);
    }

    private void person(String unit, Role... roles) throws Exception {
        organization.save(new Person(account, "示例调动人", unit, Set.of(roles)), passwords.encode("guiling-demo"));
        provisioning.run(null);
    }
}
