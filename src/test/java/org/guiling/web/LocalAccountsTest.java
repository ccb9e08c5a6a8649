package org.guiling.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.guiling.web.Caller.answer;
import static org.guiling.web.Caller.problem;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
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
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
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
    PasswordEncoder passwords;

    @Autowired
    AuditTrail trail;

    @Autowired
    TestClock clock;

    @AfterEach
    void backToToday() {
        clock.reset();
    }

    @Test
    void anOldHashIsReplacedAtTheFirstSignOn() {
        person("old-hash", "{noop}" + PASSWORD);
        person("plain-bcrypt", passwords.encode(PASSWORD).replace("{bcrypt}", ""));

        for (String account : List.of("old-hash", "plain-bcrypt")) {
            answer(Caller.script(port, account).get("/api/tasks"), 200);

            assertThat(organization.passwordHash(account))
                    .hasValueSatisfying(hash -> assertThat(hash).startsWith("{bcrypt}"));
            answer(Caller.script(port, account).get("/api/tasks"), 200);
        }
    }

    @Test
    void nothingTellsWhetherAnAccountExists() {
        person("guessed");
        person("guessed-and-locked");
        wrongPasswords("guessed-and-locked", 10);

        HttpResponse<String> wrong = Caller.script(port, "guessed", "wrong").get("/api/items");
        HttpResponse<String> locked = Caller.script(port, "guessed-and-locked").get("/api/items");
        HttpResponse<String> unknown = Caller.script(port, "not-there", "wrong").get("/api/items");
        HttpResponse<String> strange =
                Caller.script(port, "x' or 1=1 --", "wrong".repeat(50)).get("/api/items");

        problem(wrong, 401);
        assertThat(List.of(locked.body(), unknown.body(), strange.body())).containsOnly(wrong.body());
        assertThat(List.of(
                        Caller.visitor(port).signOn("guessed", "wrong"),
                        Caller.visitor(port).signOn("guessed-and-locked", PASSWORD),
                        Caller.visitor(port).signOn("not-there", "wrong")))
                .containsOnly("/login?error");
    }

    @Test
    void tenWrongPasswordsLockAnAccountForAQuarterOfAnHour() {
        person("forgetful");
        wrongPasswords("forgetful", 9);
        answer(Caller.script(port, "forgetful").get("/api/tasks"), 200);

        // A right one in between begins the count anew.
        wrongPasswords("forgetful", 9);
        answer(Caller.script(port, "forgetful").get("/api/tasks"), 200);

        wrongPasswords("forgetful", 10);
        problem(Caller.script(port, "forgetful").get("/api/tasks"), 401);
        clock.advance(Duration.ofMinutes(14));
        problem(Caller.script(port, "forgetful").get("/api/tasks"), 401);
        clock.advance(Duration.ofMinutes(1));
        answer(Caller.script(port, "forgetful").get("/api/tasks"), 200);
        assertThat(events(AuditEventKind.ACCOUNT_LOCKED))
                .extracting(AuditEvent::subject)
                .containsOnlyOnce("forgetful");
    }

    @Test
    void wrongPasswordsOnDifferentDaysDoNotAddUp() {
        person("now-and-then");
        wrongPasswords("now-and-then", 9);
        clock.advance(Duration.ofMinutes(16));
        wrongPasswords("now-and-then", 9);

        answer(Caller.script(port, "now-and-then").get("/api/tasks"), 200);
    }

    @Test
    void guessesSentAllAtOnceAreCounted() {
        person("rushed");

        IntStream.range(0, 40).parallel().forEach(i -> Caller.script(port, "rushed", "wrong" + i)
                .get("/api/tasks"));

        problem(Caller.script(port, "rushed").get("/api/tasks"), 401);
    }

    @Test
    void anAdministratorLetsALockedAccountIn() {
        person("locked-out");
        wrongPasswords("locked-out", 10);
        Caller administrator = Caller.script(port, "administrator");

        JsonNode locked = answer(administrator.get("/api/accounts/locked"), 200);
        assertThat(locked.path("accounts").findValuesAsText("account")).contains("locked-out");
        problem(Caller.script(port, "handler").get("/api/accounts/locked"), 403);
        problem(Caller.script(port, "operator").delete("/api/accounts/locked-out/lock-out"), 403);

        answer(administrator.delete("/api/accounts/locked-out/lock-out"), 204);

        answer(Caller.script(port, "locked-out").get("/api/tasks"), 200);
        problem(administrator.delete("/api/accounts/locked-out/lock-out"), 409);
        assertThat(events(AuditEventKind.ACCOUNT_UNLOCKED)).anySatisfy(event -> {
            assertThat(event.actor()).isEqualTo("administrator");
            assertThat(event.subject()).isEqualTo("locked-out");
        });
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
                "guiling-demo|南城的桥有九个桥洞南城的桥有九个桥洞南城的桥有九个桥洞|南城的桥有九个桥洞南城的桥有九个桥洞南城的桥有九个桥洞|最多 72 个字节",
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

    @Test
    void aSessionLeftOpenIsNoPlaceToGuessThePassword() {
        person("left-open");
        Caller browser = Caller.browser(port, "left-open");

        for (int i = 0; i < 10; i++) {
            change(browser, "guess" + i, CHOSEN + "吗", CHOSEN + "吗");
        }

        assertThat(change(browser, PASSWORD, CHOSEN + "吗", CHOSEN + "吗").statusCode())
                .isEqualTo(400);
        assertThat(Caller.visitor(port).signOn("left-open", PASSWORD)).isEqualTo("/login?error");
    }

    @Test
    void anAddressThatGuessesAtManyAccountsIsClosedForAWhile() {
        IntStream.range(0, 100).parallel().forEach(i -> Caller.bearer(port, "guiling_" + i)
                .get("/api/items"));

        JsonNode problem = problem(Caller.script(port, "handler").get("/api/items"), 429);
        assertThat(problem.path("detail").asText()).contains("错误登录过多");
        assertThat(Caller.visitor(port).signOn("handler", PASSWORD)).isEqualTo("/login?throttled");
        assertThat(Caller.visitor(port).get("/login?throttled").body()).contains("错误登录过多");
        clock.advance(Duration.ofMinutes(5));
        answer(Caller.script(port, "handler").get("/api/items"), 200);
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
                    assertThat(event.details()).containsEntry("way", "PASSWORD").containsEntry("address", "127.0.0.1");
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
