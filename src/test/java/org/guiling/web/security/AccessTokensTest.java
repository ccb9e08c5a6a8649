package org.guiling.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.guiling.web.support.Caller.answer;
import static org.guiling.web.support.Caller.problem;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.guiling.GuilingTest;
import org.guiling.TestClock;
import org.guiling.audit.AuditEvent;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.guiling.organization.Organization;
import org.guiling.organization.PasswordHashes;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.signon.password.Passwords;
import org.guiling.web.support.Caller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;

/** A script's personal access token, from the page that makes it to the page that revokes it. */
@GuilingTest
class AccessTokensTest {

    private static final Pattern NEW_TOKEN = Pattern.compile("id=\"new-token\">([^<]+)<");
    private static final Pattern REVOKE = Pattern.compile("action=\"(/account/tokens/\\d+/revoke)\"");

    @LocalServerPort
    int port;

    @Autowired
    Organization organization;

    @Autowired
    PasswordHashes passwordHashes;

    @Autowired
    PasswordEncoder passwords;

    @Autowired
    Passwords passwordsOfAccounts;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    AuditTrail trail;

    @Autowired
    TestClock clock;

    private String account;
    private Caller browser;

    @BeforeEach
    void somebody() {
        account = "token-" + System.nanoTime();
        organization.save(
                new Person(account, "示例脚本人", "education-bureau", Set.of(Role.HANDLER)),
                passwords.encode("guiling-demo"));
        browser = Caller.browser(port, account);
    }

    /** The account goes: a second administrator would let others remove the first. */
    @AfterEach
    void backToToday() {
        clock.reset();
        jdbc.sql("update person set enabled = false where id = ?")
                .param(account)
                .update();
    }

    @Test
    void aTokenOpensTheInterfaceUntilItIsRevoked() {
        String token = make("每日<导出>", 30);
        Caller script = Caller.bearer(port, token);

        answer(script.get("/api/tasks"), 200);
        String page = browser.get("/account").body();
        assertThat(page).contains("每日&lt;导出&gt;").doesNotContain(token, "从未", "??");
        assertThat(browser.inEnglish().get("/account").body())
                .contains("Access tokens")
                .doesNotContain("令牌", "??");

        HttpResponse<String> revoked = browser.submit(revoke(page), browser.csrf("/account"), Map.of());

        assertThat(browser.location(revoked)).isEqualTo("/account");
        problem(script.get("/api/tasks"), 401);
        problem(script.get("/api/tasks"), 401);
        assertThat(trail.page(AuditEventKind.TOKEN_ISSUED, account, null, 10)).hasSize(1);
        assertThat(trail.page(AuditEventKind.TOKEN_REVOKED, account, null, 10)).hasSize(1);
        assertThat(trail.page(AuditEventKind.SIGNED_ON, account, null, 10))
                .extracting(AuditEvent::details)
                .filteredOn(details -> "TOKEN".equals(details.get("way")))
                .hasSize(1);
    }

    @Test
    void aTokenExpires() {
        String token = make("kurz", 2);

        clock.advance(Duration.ofDays(2).minusMinutes(1));
        answer(Caller.bearer(port, token).get("/api/tasks"), 200);
        clock.advance(Duration.ofMinutes(2));
        problem(Caller.bearer(port, token).get("/api/tasks"), 401);
    }

    @Test
    void aTokenEndsWithItsPersonAndDoesNotComeBack() {
        String token = make("script", 30);

        enabled(false);
        problem(Caller.bearer(port, token).get("/api/tasks"), 401);
        enabled(true);

        problem(Caller.bearer(port, token).get("/api/tasks"), 401);
        answer(Caller.script(port, account).get("/api/tasks"), 200);
    }

    @Test
    void aTokenMayWhatItsPersonMayNow() {
        String token = make("script", 30);
        problem(Caller.bearer(port, token).get("/api/audit/events"), 403);

        organization.save(new Person(account, "示例脚本人", "education-bureau", Set.of(Role.AUDIT_ADMINISTRATOR)), "kept");

        answer(Caller.bearer(port, token).get("/api/audit/events"), 200);
        organization.save(new Person(account, "示例脚本人", "education-bureau", Set.of(Role.HANDLER)), "kept");
    }

    @Test
    void aTokenOpensNoOtherDoor() {
        String token = make("script", 30);
        Caller script = Caller.bearer(port, token).with("Accept", "text/html");

        assertThat(script.location(script.get("/"))).isEqualTo("/login");
        assertThat(script.location(script.get("/account"))).isEqualTo("/login");
        assertThat(script.get("/camunda/api/engine/engine").statusCode()).isEqualTo(401);
        // Of operators it does, since their password alone opens nothing where they have a second factor.
        assertThat(script.get("/engine-rest/task").statusCode()).isEqualTo(403);
    }

    @Test
    void whatIsNoTokenOpensNothing() {
        String token = make("script", 30);

        for (String wrong : new String[] {"", " ", "guiling_", token + "x", token.substring(8), token.toUpperCase()}) {
            assertThat(Caller.bearer(port, wrong).get("/api/tasks").statusCode())
                    .as(wrong)
                    .isEqualTo(401);
        }
    }

    @Test
    void theDatabaseDoesNotKnowAToken() {
        String token = make("script", 30);

        assertThat(jdbc.sql("select cast(t as text) from access_token t where person_id = ?")
                        .param(account)
                        .query(String.class)
                        .single())
                .doesNotContain(token, token.substring(8));
    }

    @Test
    void nobodyRevokesTheTokenOfAnother() {
        String token = make("script", 30);
        Caller other = Caller.browser(port, "handler");

        HttpResponse<String> refused =
                other.submit(revoke(browser.get("/account").body()), other.csrf("/account"), Map.of());

        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(refused.body()).contains("没有这个令牌");
        answer(Caller.bearer(port, token).get("/api/tasks"), 200);
    }

    @Test
    void whatIsMissingIsSaid() {
        assertThat(create("", "30").body()).contains("请填写令牌名称");
        HttpResponse<String> forEver = create("für <immer>", "366");
        assertThat(forEver.statusCode()).isEqualTo(400);
        assertThat(forEver.body()).contains("有效期应为 1 到 365 天", "value=\"für &lt;immer&gt;\"");
        for (int i = 0; i < 20; i++) {
            make("token " + i, 1);
        }
        assertThat(create("one more", "1").body()).contains("有效的令牌最多 20 个");
    }

    @Test
    void sixtyAtOnceMakeNoMoreThanTwenty() {
        String csrf = browser.csrf("/account");

        long made = IntStream.range(0, 60)
                .parallel()
                .mapToObj(i -> browser.submit("/account/tokens", csrf, Map.of("name", "token " + i, "days", "1")))
                .filter(response -> response.statusCode() == 302)
                .count();

        assertThat(made).isEqualTo(20);
        assertThat(jdbc.sql("select count(*) from access_token where person_id = ?")
                        .param(account)
                        .query(Integer.class)
                        .single())
                .isEqualTo(20);
    }

    /** Whoever leaves or gets another password leaves no token behind, however closely it was made. */
    @Test
    void noTokenOutlivesAResetThatComesAtTheSameMoment() {
        for (int round = 0; round < 5; round++) {
            Caller session = Caller.browser(port, account);
            String csrf = session.csrf("/account");
            boolean leaves = round % 2 == 1;

            IntStream.range(0, 12).parallel().forEach(i -> {
                if (i != 6) {
                    session.submit("/account/tokens", csrf, Map.of("name", "token " + i, "days", "1"));
                } else if (leaves) {
                    enabled(false);
                } else {
                    passwordsOfAccounts.reset(account, "administrator");
                }
            });

            assertThat(jdbc.sql("select count(*) from access_token where person_id = ? and revoked_at is null")
                            .param(account)
                            .query(Integer.class)
                            .single())
                    .as(leaves ? "left" : "reset")
                    .isZero();
            enabled(true);
            passwordHashes.change(account, passwords.encode("guiling-demo"));
        }
    }

    private String make(String name, int days) {
        HttpResponse<String> made = create(name, String.valueOf(days));
        assertThat(browser.location(made)).isEqualTo("/account");
        Matcher token = NEW_TOKEN.matcher(browser.get("/account").body());
        assertThat(token.find()).isTrue();
        return token.group(1);
    }

    private HttpResponse<String> create(String name, String days) {
        return browser.submit("/account/tokens", browser.csrf("/account"), Map.of("name", name, "days", days));
    }

    private static String revoke(String page) {
        Matcher revoke = REVOKE.matcher(page);
        assertThat(revoke.find()).isTrue();
        return revoke.group(1);
    }

    private void enabled(boolean enabled) {
        jdbc.sql("update person set enabled = ? where id = ?")
                .params(enabled, account)
                .update();
    }
}
