package org.guiling.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.guiling.web.support.Caller.answer;
import static org.guiling.web.support.Caller.problem;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import org.guiling.signon.token.AccessTokens;
import org.guiling.web.support.Caller;
import org.guiling.web.support.OtherAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Accounts with a password that Guiling keeps. */
@GuilingTest
class LocalAccountsTest {

    private static final String PASSWORD = "guiling-demo";
    private static final String CHOSEN = "南城的桥有九个桥洞";

    @LocalServerPort
    int port;

    @Autowired
    Organization organization;

    @Autowired
    PasswordHashes passwordHashes;

    @Autowired
    PasswordEncoder passwords;

    @Autowired
    AccessTokens tokens;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    AuditTrail trail;

    @Autowired
    TestClock clock;

    @Test
    void anOldHashIsReplacedAtTheFirstSignOn() {
        person("old-hash", "{noop}" + PASSWORD);
        person("plain-bcrypt", new BCryptPasswordEncoder(4).encode(PASSWORD));
        person("former-bcrypt", "{bcrypt}" + new BCryptPasswordEncoder(4).encode(PASSWORD));

        for (String account : List.of("old-hash", "plain-bcrypt", "former-bcrypt")) {
            answer(Caller.script(port, account).get("/api/tasks"), 200);

            assertThat(passwordHashes.of(account))
                    .hasValueSatisfying(hash -> assertThat(hash).startsWith("{bcrypt-hmac-sha384}"));
            answer(Caller.script(port, account).get("/api/tasks"), 200);
        }
    }

    @Test
    void nothingTellsWhetherAnAccountExists() {
        person("guessed");

        HttpResponse<String> wrong = Caller.script(port, "guessed", "wrong").get("/api/items");
        HttpResponse<String> unknown = Caller.script(port, "not-there", "wrong").get("/api/items");
        HttpResponse<String> strange =
                Caller.script(port, "x' or 1=1 --", "wrong".repeat(50)).get("/api/items");

        problem(wrong, 401);
        assertThat(List.of(unknown.body(), strange.body())).containsOnly(wrong.body());
        assertThat(List.of(
                        Caller.visitor(port).signOn("guessed", "wrong"),
                        Caller.visitor(port).signOn("not-there", "wrong")))
                .containsOnly("/login?error");
        // Both have two wrong ones now.
        wrongPasswords("guessed", 3);
        wrongPasswords("not-there", 3);
        assertThat(Caller.visitor(port).signOn("guessed", PASSWORD)).startsWith("/login?throttled=");
        assertThat(Caller.visitor(port).signOn("not-there", PASSWORD)).startsWith("/login?throttled=");
    }

    @Test
    void whoGuessesWaitsLongerEachTime() {
        person("forgetful");
        wrongPasswords("forgetful", 4);
        answer(Caller.script(port, "forgetful").get("/api/tasks"), 200);

        // A right one in between begins the count anew.
        wrongPasswords("forgetful", 5);
        assertThat(waits("forgetful")).isBetween(1L, 30L);
        for (long longest : new long[] {60, 120, 240, 480, 900, 900}) {
            clock.advance(Duration.ofSeconds(longest == 60 ? 30 : longest == 900 ? 900 : longest / 2));
            wrongPasswords("forgetful", 1);
            assertThat(waits("forgetful")).as("after another one").isBetween(longest / 2, longest);
        }
        clock.advance(Duration.ofMinutes(15));
        answer(Caller.script(port, "forgetful").get("/api/tasks"), 200);
        wrongPasswords("forgetful", 4);
        answer(Caller.script(port, "forgetful").get("/api/tasks"), 200);
        assertThat(events(AuditEventKind.ACCOUNT_LOCKED))
                .extracting(AuditEvent::subject)
                .containsOnlyOnce("forgetful");
    }

    @Test
    void wrongPasswordsFadeAway() {
        person("now-and-then");
        wrongPasswords("now-and-then", 4);
        clock.advance(Duration.ofHours(12));
        wrongPasswords("now-and-then", 4);

        answer(Caller.script(port, "now-and-then").get("/api/tasks"), 200);
    }

    @Test
    void thirtyGuessesAtOnceAreNotThirtyTries() {
        person("rushed");

        List<Integer> answers = IntStream.range(0, 30)
                .parallel()
                .mapToObj(i -> Caller.script(port, "rushed", "wrong" + i).get("/api/tasks"))
                .map(HttpResponse::statusCode)
                .toList();

        assertThat(answers).filteredOn(status -> status == 401).hasSize(5);
        assertThat(answers).filteredOn(status -> status == 429).hasSize(25);
        problem(Caller.script(port, "rushed").get("/api/tasks"), 429);
    }

    @Test
    void aScriptThatSendsItsPasswordThirtyTimesAtOnceIsNotSlowed() {
        person("busy-script");

        assertThat(IntStream.range(0, 30)
                        .parallel()
                        .mapToObj(i -> Caller.script(port, "busy-script").get("/api/tasks"))
                        .map(HttpResponse::statusCode))
                .containsOnly(200);
    }

    @Test
    void nobodyLocksAnotherOutWhereTheyHaveSignedOnBefore() {
        person("at-home");
        answer(Caller.script(port, "at-home").get("/api/tasks"), 200);
        for (int source = 30; source < 40; source++) {
            for (int i = 0; i < 5; i++) {
                assertThat(OtherAddress.of(source, port).status("at-home", "wrong"))
                        .isEqualTo(401);
            }
            assertThat(OtherAddress.of(source, port).status("at-home", PASSWORD))
                    .isEqualTo(429);
        }

        assertThat(OtherAddress.of(40, port).status("at-home", PASSWORD))
                .as("an address that is new for the account")
                .isEqualTo(429);
        answer(Caller.script(port, "at-home").get("/api/tasks"), 200);
        assertThat(Caller.visitor(port).signOn("at-home", PASSWORD)).isEqualTo("/");

        answer(Caller.script(port, "administrator").delete("/api/accounts/at-home/lock-out"), 204);
        assertThat(OtherAddress.of(40, port).status("at-home", PASSWORD)).isEqualTo(200);
    }

    /** An address is known for as long as somebody comes from there now and then. */
    @Test
    void anAddressIsForgottenAfterNinetyDays() {
        person("moved-away");
        answer(Caller.script(port, "moved-away").get("/api/tasks"), 200);
        clock.advance(Duration.ofDays(91));
        for (int source = 30; source < 40; source++) {
            for (int i = 0; i < 5; i++) {
                OtherAddress.of(source, port).status("moved-away", "wrong");
            }
        }

        problem(Caller.script(port, "moved-away").get("/api/tasks"), 429);
    }

    @Test
    void ninetyWrongPasswordsFromOneAddressLockNobody() {
        List<String> accounts = List.of(
                "administrator",
                "operator",
                "handler",
                "handler2",
                "registrar",
                "reviewer",
                "verifier",
                "verifier2",
                "leader");
        for (String account : accounts) {
            for (int i = 0; i < 10; i++) {
                assertThat(OtherAddress.of(60, port).status(account, "wrong")).isEqualTo(i < 5 ? 401 : 429);
            }
        }

        for (String account : accounts) {
            answer(Caller.script(port, account).get("/api/tasks"), 200);
            assertThat(OtherAddress.of(61, port).status(account, PASSWORD))
                    .as(account)
                    .isEqualTo(200);
        }
    }

    @Test
    void everyDoorCountsForTheSame() {
        person("five-doors");
        problem(Caller.script(port, "five-doors", "wrong1").get("/api/tasks"), 401);
        problem(Caller.script(port, "five-doors", "wrong2").get("/engine-rest/task"), 401);
        assertThat(Caller.script(port, "five-doors", "wrong3")
                        .get("/scim/v2/Users")
                        .statusCode())
                .isEqualTo(401);
        assertThat(Caller.visitor(port).signOn("five-doors", "wrong4")).isEqualTo("/login?error");
        assertThat(Caller.visitor(port).signOn("FIVE-doors", "wrong5")).isEqualTo("/login?error");

        for (String door : List.of("/api/tasks", "/engine-rest/task", "/scim/v2/Users")) {
            HttpResponse<String> answer = Caller.script(port, "five-doors").get(door);
            assertThat(answer.statusCode()).as(door).isEqualTo(429);
            assertThat(answer.headers().firstValue("Retry-After")).as(door).isPresent();
            assertThat(answer.body()).contains("秒后再试");
        }
        String leadsTo = Caller.visitor(port).signOn("five-doors", PASSWORD);
        assertThat(leadsTo).startsWith("/login?throttled=");
        assertThat(Caller.visitor(port).get(leadsTo).body()).containsPattern("请在 [1-9][0-9]? 秒后再试");
        assertThat(Caller.visitor(port).get("/login?throttled=%3Cx%3E").body())
                .contains("请在 60 秒后再试")
                .doesNotContain("<x>");
    }

    @Test
    void anAdministratorLetsALockedAccountIn() {
        person("locked-out");
        wrongPasswords("locked-out", 5);
        Caller administrator = Caller.script(port, "administrator");

        JsonNode locked = answer(administrator.get("/api/accounts/locked"), 200);
        assertThat(locked.path("accounts")).anySatisfy(account -> {
            assertThat(account.path("account").asText()).isEqualTo("locked-out");
            assertThat(account.path("source").asText()).isEqualTo("127.0.0.1");
        });
        assertThat(locked.path("sources").isArray()).isTrue();
        problem(Caller.script(port, "handler").get("/api/accounts/locked"), 403);
        problem(Caller.script(port, "operator").delete("/api/accounts/locked-out/lock-out"), 403);
        problem(Caller.script(port, "operator").delete("/api/accounts/sources/192.0.2.1/lock-out"), 403);

        answer(administrator.delete("/api/accounts/locked-out/lock-out"), 204);

        answer(Caller.script(port, "locked-out").get("/api/tasks"), 200);
        problem(administrator.delete("/api/accounts/locked-out/lock-out"), 409);
        problem(administrator.delete("/api/accounts/sources/192.0.2.1/lock-out"), 409);
        assertThat(events(AuditEventKind.ACCOUNT_UNLOCKED)).anySatisfy(event -> {
            assertThat(event.actor()).isEqualTo("administrator");
            assertThat(event.subject()).isEqualTo("locked-out");
        });
    }

    /** Only the office's own proxies are believed, and they only what they saw themselves. */
    @Test
    void theAddressThatCountsIsTheOneThatTheOfficesProxySaw() {
        person("behind-a-proxy");

        OtherAddress.of(77, port)
                .with("X-Forwarded-For: 198.51.100.1, 203.0.113.9")
                .status("behind-a-proxy", "wrong");
        OtherAddress.of(78, port).with("X-Forwarded-For: 203.0.113.10").status("behind-a-proxy", "wrong");
        OtherAddress.of(77, port).with("Forwarded: for=203.0.113.11").status("behind-a-proxy", "wrong");

        assertThat(events(AuditEventKind.SIGN_ON_FAILED))
                .filteredOn(by("behind-a-proxy"))
                .extracting(event -> event.details().get("address"))
                .containsExactlyInAnyOrder("203.0.113.9", "127.0.0.78", "127.0.0.77");
    }

    @Test
    void anAdministratorSetsAPasswordForWhoForgotTheirs() {
        person("lost-password");
        Caller session = Caller.browser(port, "lost-password");

        problem(Caller.script(port, "handler").post("/api/accounts/lost-password/initial-password"), 403);
        problem(Caller.script(port, "administrator").post("/api/accounts/not-there/initial-password"), 404);
        String initial = answer(
                        Caller.script(port, "administrator").post("/api/accounts/lost-password/initial-password"), 200)
                .path("initialPassword")
                .asText();

        problem(Caller.script(port, "lost-password").get("/api/tasks"), 401);
        answer(Caller.script(port, "lost-password", initial).get("/api/tasks"), 200);
        Caller.browser(port, "lost-password", initial);
        assertThat(events(AuditEventKind.PASSWORD_CHANGED)).anySatisfy(event -> {
            assertThat(event.actor()).isEqualTo("administrator");
            assertThat(event.subject()).isEqualTo("lost-password");
        });
        assertThat(session.location(session.get("/account"))).isEqualTo("/login");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "guiling-demo|kurz|kurz|新密码太短：至少 10 个字符。",
                "guiling-demo|chooser123456|chooser123456|新密码不能包含账号或姓名。",
                "guiling-demo|我是示例选择人的密码|我是示例选择人的密码|新密码不能包含账号或姓名。",
                "guiling-demo|password123456|password123456|新密码太常见",
                "guiling-demo|1234567890123|1234567890123|新密码太常见",
                "guiling-demo|qwertyuiop123|qwertyuiop123|新密码太常见",
                "guiling-demo|guiling-demo1|guiling-demo1|新密码太常见",
                "guiling-demo|guiling-demo|guiling-demo|新密码与当前密码相同。",
                "guiling-demo|南城的桥有九个桥洞呀|南城的桥有九个桥洞吗|两次输入的新密码不一致。",
                "wrong|南城的桥有九个桥洞呀|南城的桥有九个桥洞呀|当前密码不正确"
            })
    void aPasswordThatIsEasilyGuessedIsRefusedWithTheReason(
            String current, String chosen, String repeated, String reason) {
        organization.save(
                new Person("chooser", "示例选择人", "education-bureau", Set.of(Role.HANDLER)), passwords.encode(PASSWORD));
        Caller browser = Caller.browser(port, "chooser");

        HttpResponse<String> refused = change(browser, current, chosen, repeated);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains(reason).doesNotContain(chosen, "??");
        Caller.browser(port, "chooser");
    }

    /** Every character counts, in whichever script: BCrypt alone would stop after the 24th of these. */
    @Test
    void aLongPasswordIsReadToItsEnd() {
        person("wordy");
        String passphrase = "桥下流水第一二三四五六七八九十遍绕过村东又绕村西".repeat(3).substring(0, 64);

        change(Caller.browser(port, "wordy"), PASSWORD, passphrase, passphrase);

        assertThat(Caller.visitor(port).signOn("wordy", passphrase.substring(0, 63) + "乙"))
                .isEqualTo("/login?error");
        assertThat(Caller.visitor(port).signOn("wordy", passphrase.substring(0, 24)))
                .isEqualTo("/login?error");
        Caller browser = Caller.browser(port, "wordy", passphrase);
        String tooLong = passphrase + passphrase + "丙";
        assertThat(change(browser, passphrase, tooLong, tooLong).body()).contains("最多 128 个字");
    }

    @Test
    void aNewPasswordEndsEverySession() {
        person("changer");
        Caller here = Caller.browser(port, "changer");
        Caller elsewhere = Caller.browser(port, "changer");

        HttpResponse<String> changed = change(here, PASSWORD, CHOSEN + "吗", CHOSEN + "吗");

        assertThat(here.location(changed)).isEqualTo("/login?password-changed");
        assertThat(here.get("/").statusCode()).isEqualTo(302);
        assertThat(elsewhere.location(elsewhere.get("/"))).isEqualTo("/login");
        assertThat(Caller.visitor(port).signOn("changer", PASSWORD)).isEqualTo("/login?error");
        Caller.browser(port, "changer", CHOSEN + "吗");
        assertThat(events(AuditEventKind.PASSWORD_CHANGED))
                .extracting(AuditEvent::actor)
                .contains("changer");
    }

    @ParameterizedTest
    @CsvSource({"true, 401, false", "false, 200, true"})
    void whoChangesTheirPasswordChoosesWhatBecomesOfTheirTokens(boolean end, int status, boolean remains) {
        String account = "chooses-" + end;
        person(account);
        String token = tokens.create(account, "script", 1);
        Caller browser = Caller.browser(port, account);
        assertThat(browser.get("/account/password").body())
                .containsPattern("type=\"checkbox\" name=\"endTokens\" value=\"true\" checked")
                .contains("撤销我的 1 个访问令牌");

        Map<String, String> fields = new HashMap<>(
                Map.of("currentPassword", PASSWORD, "newPassword", CHOSEN + "吗", "repeatedPassword", CHOSEN + "吗"));
        if (end) {
            fields.put("endTokens", "true");
        }
        HttpResponse<String> changed = browser.submit("/account/password", browser.csrf("/account/password"), fields);

        assertThat(browser.location(changed)).isEqualTo("/login?password-changed");
        assertThat(Caller.bearer(port, token).get("/api/tasks").statusCode()).isEqualTo(status);
        assertThat(tokens.of(account).isEmpty()).isEqualTo(!remains);
    }

    /** Of several changes at the same moment one holds, and no other overwrites it. */
    @Test
    void onlyOneOfManyChangesAtOnceHolds() {
        person("hasty");
        List<Caller> browsers = IntStream.range(0, 8)
                .mapToObj(i -> Caller.browser(port, "hasty"))
                .toList();
        List<String> tokensOfPages = browsers.stream()
                .map(browser -> browser.csrf("/account/password"))
                .toList();

        List<Integer> held = IntStream.range(0, 8)
                .boxed()
                .parallel()
                .filter(i -> browsers.get(i)
                        .submit(
                                "/account/password",
                                tokensOfPages.get(i),
                                Map.of(
                                        "currentPassword", PASSWORD,
                                        "newPassword", CHOSEN + i,
                                        "repeatedPassword", CHOSEN + i))
                        .headers()
                        .firstValue("Location")
                        .orElse("")
                        .endsWith("?password-changed"))
                .toList();

        assertThat(held).hasSize(1);
        answer(Caller.script(port, "hasty", CHOSEN + held.get(0)).get("/api/tasks"), 200);
        problem(Caller.script(port, "hasty").get("/api/tasks"), 401);
    }

    /** A sign-on that hashes the old password anew never brings it back. */
    @Test
    void anOldHashNeverComesBack() {
        for (int round = 0; round < 10; round++) {
            String account = "rehashed-" + round;
            person(account, "{noop}" + PASSWORD);
            String changed = passwords.encode(CHOSEN + "吗");

            IntStream.range(0, 6).parallel().forEach(i -> {
                if (i == 3) {
                    passwordHashes.change(account, changed);
                } else {
                    Caller.script(port, account).get("/api/tasks");
                }
            });

            assertThat(passwordHashes.of(account)).hasValue(changed);
            assertThat(passwordHashes.change(account, "{noop}" + PASSWORD, "{noop}other"))
                    .isFalse();
            assertThat(passwordHashes.of(account)).hasValue(changed);
        }
    }

    @Test
    void aNewPasswordEndsSessionsOfOtherNodesToo() {
        person("two-nodes");
        Caller session = Caller.browser(port, "two-nodes");

        // As another node writes it: this one hears nothing.
        jdbc.sql("insert into account (person_id, password_changed_at) values ('two-nodes', now())"
                        + " on conflict (person_id) do update set password_changed_at = now()")
                .update();
        HttpResponse<String> made =
                session.submit("/account/tokens", session.csrf("/account"), Map.of("name", "outlives", "days", "30"));
        assertThat(made.statusCode()).isEqualTo(409);
        assertThat(made.body()).contains("密码刚刚被修改过");
        assertThat(tokens.of("two-nodes")).isEmpty();
        clock.advance(Duration.ofSeconds(30));

        assertThat(session.location(session.get("/account"))).isEqualTo("/login");
    }

    @Test
    void aSessionLeftOpenIsNoPlaceToGuessThePassword() {
        person("left-open");
        Caller browser = Caller.browser(port, "left-open");

        for (int i = 0; i < 5; i++) {
            assertThat(change(browser, "guess" + i, CHOSEN + "吗", CHOSEN + "吗").body())
                    .contains("当前密码不正确");
        }

        HttpResponse<String> tooEarly = change(browser, PASSWORD, CHOSEN + "吗", CHOSEN + "吗");
        assertThat(tooEarly.statusCode()).isEqualTo(400);
        assertThat(tooEarly.body()).containsPattern("请在 [0-9]+ 秒后再试");
        assertThat(Caller.visitor(port).signOn("left-open", PASSWORD)).startsWith("/login?throttled=");
    }

    @Test
    void whoSignsOnAndOffAndWhoIsRefusedIsAudited() {
        person("audited");
        Caller browser = Caller.browser(port, "audited");
        Caller.script(port, "audited", "wrong").get("/api/items");
        Caller.script(port, "audited", "wrong").get("/api/items");
        browser.submit("/logout", browser.csrf("/"), Map.of());

        assertThat(events(AuditEventKind.SIGNED_ON))
                .filteredOn(by("audited"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.details())
                            .containsEntry("way", "PASSWORD")
                            .containsEntry("factor", "NONE")
                            .containsEntry("address", "127.0.0.1");
                });
        assertThat(events(AuditEventKind.SIGN_ON_FAILED))
                .filteredOn(by("audited"))
                .singleElement()
                .satisfies(event -> assertThat(event.details()).containsEntry("why", "WRONG"));
        assertThat(events(AuditEventKind.SIGNED_OFF)).filteredOn(by("audited")).hasSize(1);
        assertThat(events(AuditEventKind.SIGN_ON_FAILED))
                .allSatisfy(event -> assertThat(event.details().toString()).doesNotContain(PASSWORD));
    }

    private static java.util.function.Predicate<AuditEvent> by(String actor) {
        return event -> actor.equals(event.actor());
    }

    private List<AuditEvent> events(AuditEventKind kind) {
        return trail.page(kind, null, null, 200);
    }

    private HttpResponse<String> change(Caller browser, String current, String chosen, String repeated) {
        return browser.submit(
                "/account/password",
                browser.csrf("/account/password"),
                Map.of("currentPassword", current, "newPassword", chosen, "repeatedPassword", repeated));
    }

    private long waits(String account) {
        HttpResponse<String> refused = Caller.script(port, account).get("/api/tasks");
        problem(refused, 429);
        return Long.parseLong(refused.headers().firstValue("Retry-After").orElseThrow());
    }

    private void wrongPasswords(String account, int count) {
        for (int i = 0; i < count; i++) {
            problem(Caller.script(port, account, "wrong").get("/api/tasks"), 401);
        }
    }

    private void person(String id) {
        person(id, passwords.encode(PASSWORD));
    }

    private void person(String id, String hash) {
        organization.save(new Person(id, "示例人员", "education-bureau", Set.of(Role.HANDLER)), hash);
    }
}
