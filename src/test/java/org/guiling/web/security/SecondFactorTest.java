package org.guiling.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.guiling.web.support.Caller.answer;
import static org.guiling.web.support.Caller.problem;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.guiling.GuilingTest;
import org.guiling.TestClock;
import org.guiling.audit.AuditEvent;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.guiling.notification.Inbox;
import org.guiling.notification.NoticeKind;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.signon.factor.Authenticator;
import org.guiling.signon.factor.PendingFactor;
import org.guiling.signon.factor.SecondFactors;
import org.guiling.signon.factor.TotpAlgorithm;
import org.guiling.signon.token.AccessTokens;
import org.guiling.web.support.Caller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.crypto.password.PasswordEncoder;

/** The second factor of people who may have one and need not: every step over HTTP. */
@GuilingTest
class SecondFactorTest {

    private static final String PASSWORD = "guiling-demo";
    private static final String PAGE = "/account/second-factor";
    private static final String STEP = "/login/second-factor";
    private static final Pattern RECOVERY_CODE =
            Pattern.compile("<code>([A-Z2-7]{4}(?:-[A-Z2-7]{4}){5}-[A-Z2-7]{2})</code>");

    @LocalServerPort
    int port;

    @Autowired
    Organization organization;

    @Autowired
    PasswordEncoder passwords;

    @Autowired
    AccessTokens tokens;

    @Autowired
    SecondFactors factors;

    @Autowired
    AuditTrail trail;

    @Autowired
    Inbox inbox;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    TestClock clock;

    private final List<String> made = new ArrayList<>();

    @AfterEach
    void nothingIsLeft() {
        clock.reset();
        jdbc.update("delete from second_factor");
        // Others look who administers, and which unit has handlers.
        made.forEach(id -> jdbc.update("update person set enabled = false where id = ?", id));
    }

    @Test
    void whoHasADeviceSignsOnInTwoSteps() {
        Authenticator device = enrolled("two-steps", Role.HANDLER);
        Caller browser = Caller.visitor(port);

        assertThat(browser.signOn("two-steps", PASSWORD)).isEqualTo(STEP);
        String first = browser.cookie("JSESSIONID").orElseThrow();
        assertThat(signOn(browser, device.wrongCode())).isEqualTo(STEP + "?code-wrong");
        assertThat(browser.get(STEP + "?code-wrong").body()).contains("验证码不正确");
        assertThat(signOn(browser, nextCode(device))).isEqualTo("/");

        assertThat(browser.cookie("JSESSIONID").orElseThrow()).isNotEqualTo(first);
        assertThat(browser.get("/").statusCode()).isEqualTo(200);
        assertThat(browser.get("/camunda/app/tasklist/default/").statusCode()).isEqualTo(200);
        assertThat(trail.page(AuditEventKind.SIGN_ON_FAILED, "two-steps", null, 5))
                .extracting(event -> event.details().get("why"))
                .contains("CODE_WRONG");
        assertThat(trail.page(AuditEventKind.FIRST_FACTOR_PASSED, "two-steps", null, 5))
                .singleElement()
                .satisfies(event -> assertThat(event.details()).containsEntry("way", "PASSWORD"));
        assertThat(trail.page(AuditEventKind.SIGNED_ON, "two-steps", null, 1))
                .singleElement()
                .satisfies(event -> assertThat(event.details()).containsEntry("factor", "CODE"));
    }

    /** Between the two factors the session is nobody's, at every door and by every method. */
    @Test
    void thePasswordAloneOpensNoDoor() {
        enrolled("first-factor", Role.ADMINISTRATOR, Role.OPERATOR, Role.HANDLER);
        Caller nobody = Caller.visitor(port);
        Caller half = Caller.visitor(port);
        assertThat(half.signOn("first-factor", PASSWORD)).isEqualTo(STEP);

        for (String door : List.of(
                "/",
                "/items",
                "/account",
                PAGE,
                PAGE + "/picture",
                "/account/password",
                "/administration",
                "/administration/second-factors",
                "/audit",
                "/api/items",
                "/api/audit/events",
                "/api/docs",
                "/v3/api-docs",
                "/camunda/app/tasklist/default/",
                "/camunda/app/cockpit/default/",
                "/camunda/api/engine/engine/default/task",
                "/camunda/api/admin/auth/user/default",
                "/engine-rest/task",
                "/scim/v2/Users")) {
            HttpResponse<String> anonymous = nobody.get(door);
            HttpResponse<String> answer = half.get(door);
            assertThat(answer.statusCode())
                    .as(door)
                    .isEqualTo(anonymous.statusCode())
                    .isIn(302, 401, 403);
            assertThat(half.location(answer)).as(door).isEqualTo(nobody.location(anonymous));
        }
        String csrf = half.csrf(STEP);
        assertThat(half.submit("/account/tokens", csrf, Map.of("name", "mine", "days", "9"))
                        .statusCode())
                .isEqualTo(302);
        assertThat(tokens.of("first-factor")).isEmpty();
        assertThat(half.get(STEP).body()).contains("first-factor").doesNotContain("factor-secret", "site-visitor");
        assertThat(half.get(STEP + "/picture").statusCode()).isEqualTo(404);
        assertThat(half.submit(STEP + "/enrol", csrf, Map.of("code", "000000")).statusCode())
                .isEqualTo(400);
    }

    @Test
    void aPasswordWithEachRequestIsRefusedAndATokenIsNot() {
        Authenticator device = enrolled("scripted", Role.ADMINISTRATOR, Role.OPERATOR);
        String token = tokens.create("scripted", "script", 5);

        for (String door : List.of("/api/tasks", "/scim/v2/Users", "/engine-rest/task")) {
            HttpResponse<String> refused = Caller.script(port, "scripted").get(door);
            assertThat(refused.statusCode()).as(door).isEqualTo(403);
            assertThat(refused.body()).as(door).contains("访问令牌");
            assertThat(Caller.bearer(port, token).get(door).statusCode())
                    .as(door)
                    .isEqualTo(200);
        }
        problem(Caller.script(port, "scripted", "wrong").get("/api/tasks"), 401);
        assertThat(device).isNotNull();
    }

    @Test
    void aCodeCountsOnceAlsoInParallel() {
        Authenticator device = enrolled("replayed", Role.HANDLER);
        String code = nextCode(device);
        List<Caller> browsers = Stream.generate(() -> Caller.visitor(port))
                .limit(6)
                .peek(browser ->
                        assertThat(browser.signOn("replayed", PASSWORD)).isEqualTo(STEP))
                .toList();
        // Their own tokens first, so that the codes are sent at one moment.
        List<String> tokensOfForms =
                browsers.stream().map(each -> each.csrf(STEP)).toList();

        List<String> led = IntStream.range(0, browsers.size())
                .parallel()
                .mapToObj(i -> browsers.get(i)
                        .location(browsers.get(i).submit(STEP, tokensOfForms.get(i), Map.of("code", code))))
                .toList();

        assertThat(led).containsOnlyOnce("/");
        // The window reaches a step back: not for a code that was used, nor for one before it.
        Caller later = Caller.visitor(port);
        later.signOn("replayed", PASSWORD);
        jdbc.update("update second_factor set failures = 0, locked_until = null");
        clock.advance(Duration.ofSeconds(30));
        assertThat(signOn(later, code)).isEqualTo(STEP + "?code-wrong");
        assertThat(signOn(later, device.code())).isEqualTo("/");
    }

    @Test
    void fiveWrongCodesLockTheFactorLongerEachTimeWhateverThePasswordDoes() {
        Authenticator device = enrolled("guessed-at", Role.HANDLER);

        for (int i = 0; i < 4; i++) {
            assertThat(signOn(afterPassword("guessed-at"), device.wrongCode())).isEqualTo(STEP + "?code-wrong");
        }
        assertThat(signOn(afterPassword("guessed-at"), device.wrongCode())).isEqualTo(STEP + "?code-locked");
        assertThat(signOn(afterPassword("guessed-at"), nextCode(device))).isEqualTo(STEP + "?code-locked");
        clock.advance(Duration.ofMinutes(16));
        for (int i = 0; i < 5; i++) {
            signOn(afterPassword("guessed-at"), device.wrongCode());
        }
        clock.advance(Duration.ofMinutes(16));
        assertThat(signOn(afterPassword("guessed-at"), device.code())).isEqualTo(STEP + "?code-locked");
        clock.advance(Duration.ofMinutes(15));
        assertThat(signOn(afterPassword("guessed-at"), device.code())).isEqualTo("/");
        assertThat(trail.page(AuditEventKind.ACCOUNT_LOCKED, null, null, 5))
                .filteredOn(event -> "guessed-at".equals(event.subject()))
                .hasSize(2);
    }

    @Test
    void guessesSentAllAtOnceAreCounted() {
        Authenticator device = enrolled("rushed-codes", Role.HANDLER);
        List<Caller> browsers =
                Stream.generate(() -> afterPassword("rushed-codes")).limit(8).toList();
        List<String> tokensOfForms =
                browsers.stream().map(each -> each.csrf(STEP)).toList();

        List<String> led = IntStream.range(0, browsers.size())
                .parallel()
                .mapToObj(i -> browsers.get(i)
                        .location(
                                browsers.get(i).submit(STEP, tokensOfForms.get(i), Map.of("code", device.wrongCode()))))
                .toList();

        assertThat(led).filteredOn((STEP + "?code-wrong")::equals).hasSize(4);
        assertThat(led).filteredOn((STEP + "?code-locked")::equals).hasSize(4);
    }

    @Test
    void theStepsDoNotLieFarApart() {
        Authenticator device = enrolled("slow-one", Role.HANDLER);
        Caller browser = afterPassword("slow-one");
        String csrf = browser.csrf(STEP);

        clock.advance(Duration.ofMinutes(11));

        assertThat(browser.location(browser.submit(STEP, csrf, Map.of("code", device.code()))))
                .isEqualTo("/login?expired");
        assertThat(browser.location(browser.get(STEP))).isEqualTo("/login?expired");
    }

    @Test
    void aPasswordThatWasChangedMeanwhileOpensNothing() {
        Authenticator device = enrolled("changed-meanwhile", Role.HANDLER);
        Caller browser = afterPassword("changed-meanwhile");

        answer(Caller.script(port, "administrator").post("/api/accounts/changed-meanwhile/initial-password"), 200);

        assertThat(signOn(browser, nextCode(device))).isEqualTo("/login?expired");
    }

    @Test
    void eachRecoveryCodeOpensOnce() {
        person("no-telephone", Role.HANDLER);
        List<String> codes = new ArrayList<>();
        enrol(Caller.browser(port, "no-telephone"), codes);
        assertThat(codes).hasSize(10).doesNotHaveDuplicates();

        assertThat(signOn(
                        afterPassword("no-telephone"),
                        codes.get(3).toLowerCase().replace("-", " ")))
                .isEqualTo("/");
        assertThat(signOn(afterPassword("no-telephone"), codes.get(3))).isEqualTo(STEP + "?code-wrong");
        Caller browser = afterPassword("no-telephone");
        assertThat(signOn(browser, codes.get(4))).isEqualTo("/");

        assertThat(browser.get(PAGE).body()).contains("<dd>8</dd>").doesNotContain(codes.get(5));
        assertThat(jdbc.queryForList("select encode(digest, 'escape') from recovery_code", String.class))
                .noneMatch(digest -> codes.stream().anyMatch(digest::contains));
    }

    @Test
    void theDeviceIsReplacedOrRemovedByItsCodeAlone() {
        Authenticator device = enrolled("changes-device", Role.HANDLER);
        Caller browser = afterPassword("changes-device");
        signOn(browser, nextCode(device));
        Caller elsewhere = afterPassword("changes-device");
        signOn(elsewhere, nextCode(device));

        assertThat(submit(browser, PAGE + "/replace", device.wrongCode()).statusCode())
                .isEqualTo(400);
        assertThat(browser.get(PAGE).body()).doesNotContain("factor-secret");
        assertThat(submit(browser, PAGE + "/remove", device.wrongCode()).statusCode())
                .isEqualTo(400);
        assertThat(submit(browser, PAGE + "/recovery-codes", device.wrongCode()).body())
                .contains("验证码不正确");
        assertThat(browser.location(submit(browser, PAGE + "/replace", nextCode(device))))
                .isEqualTo(PAGE);
        Authenticator replacing = Authenticator.of(browser.get(PAGE).body(), clock);
        HttpResponse<String> replaced = submit(browser, PAGE, replacing.code());
        assertThat(replaced.statusCode()).isEqualTo(200);
        assertThat(recoveryCodes(replaced.body())).hasSize(10);

        assertThat(browser.get("/").statusCode()).isEqualTo(200);
        assertThat(elsewhere.location(elsewhere.get("/"))).isEqualTo("/login");
        assertThat(signOn(afterPassword("changes-device"), nextCode(device))).isEqualTo(STEP + "?code-wrong");

        assertThat(browser.location(submit(browser, PAGE + "/remove", nextCode(replacing))))
                .isEqualTo(PAGE);
        assertThat(browser.get("/").statusCode()).isEqualTo(200);
        Caller.browser(port, "changes-device");
        assertThat(changes("changes-device")).containsExactly("removed", "replaced", "enrolled");
    }

    @Test
    void whoEnrolsEndsTheSessionsOfOneFactor() {
        person("enrols", Role.HANDLER);
        Caller elsewhere = Caller.browser(port, "enrols");
        Caller browser = Caller.browser(port, "enrols");

        enrol(browser, new ArrayList<>());

        assertThat(browser.get("/").statusCode()).isEqualTo(200);
        assertThat(elsewhere.location(elsewhere.get("/"))).isEqualTo("/login");
    }

    /** A thief of the database finds neither the secret, nor one that fits another account. */
    @Test
    void theSecretIsEncryptedAndBoundToItsPerson() {
        Authenticator mine = enrolled("bound-one", Role.HANDLER);
        enrolled("bound-two", Role.HANDLER);
        jdbc.update("update second_factor set secret = (select secret from second_factor where person_id = 'bound-one')"
                + " where person_id = 'bound-two'");

        assertThat(signOn(afterPassword("bound-two"), nextCode(mine))).isEqualTo("/login?unavailable");
        assertThat(signOn(afterPassword("bound-one"), mine.code())).isEqualTo("/");
    }

    /** The office changed its setting later: devices go on as they were enrolled. */
    @ParameterizedTest
    @EnumSource
    void devicesOfEveryHashSignOn(TotpAlgorithm algorithm) {
        String account = "hash-" + algorithm.name().toLowerCase(Locale.ROOT);
        person(account, Role.HANDLER);
        PendingFactor pending = Authenticator.secretOf(algorithm);
        Authenticator device = Authenticator.of(pending, clock);

        factors.enrol(account, pending, device.code(), null);

        assertThat(signOn(afterPassword(account), device.wrongCode())).isEqualTo(STEP + "?code-wrong");
        assertThat(signOn(afterPassword(account), nextCode(device))).isEqualTo("/");
    }

    @Test
    void twoAdministratorsTakeAwayTheFactorOfALostDevice() {
        enrolled("lost-device", Role.ADMINISTRATOR);
        person("second-administrator", Role.ADMINISTRATOR);
        Caller asking = afterPassword("lost-device");
        assertThat(submit(asking, STEP, STEP + "/recovery", "").body()).contains("申请已提交");
        // Asking again is the same request.
        submit(asking, STEP, STEP + "/recovery", "");
        long request = jdbc.queryForObject(
                "select id from factor_recovery where person_id = 'lost-device' and closed_at is null", Long.class);
        String approve = "/administration/second-factors/" + request + "/approve";
        String list = "/administration/second-factors";

        Caller first = Caller.browser(port, "administrator");
        Caller second = Caller.browser(port, "second-administrator");
        Caller handler = Caller.browser(port, "handler");
        assertThat(handler.submit(approve, handler.csrf("/"), Map.of()).statusCode())
                .isEqualTo(403);
        assertThat(first.get(list).body()).contains("lost-device");
        assertThat(first.location(submit(first, list, approve, ""))).isEqualTo(list);
        HttpResponse<String> again = submit(first, list, approve, "");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("须由另一名系统管理员确认");
        assertThat(afterPassword("lost-device").get(STEP).statusCode()).isEqualTo(200);

        assertThat(second.location(submit(second, list, approve, ""))).isEqualTo(list);

        Caller.browser(port, "lost-device");
        assertThat(submit(second, list, approve, "").statusCode()).isEqualTo(404);
        assertThat(inbox.unread("lost-device", 5)).singleElement().satisfies(notice -> assertThat(notice.kind())
                .isEqualTo(NoticeKind.SECOND_FACTOR_REMOVED));
        assertThat(changes("lost-device"))
                .containsExactly("recovery-confirmed", "recovery-approved", "recovery-asked", "enrolled");
        organization.save(new Person("second-administrator", "示例", "education-bureau", Set.of(Role.HANDLER)), null);
    }

    @Test
    void nobodyRecoversThemselvesAndNothingWaitsForEver() {
        Authenticator device = enrolled("own-request", Role.ADMINISTRATOR);
        submit(afterPassword("own-request"), STEP, STEP + "/recovery", "");
        long request = jdbc.queryForObject(
                "select id from factor_recovery where person_id = 'own-request' and closed_at is null", Long.class);
        String approve = "/administration/second-factors/" + request + "/approve";
        String list = "/administration/second-factors";
        Caller own = afterPassword("own-request");
        signOn(own, nextCode(device));

        HttpResponse<String> refused = own.submit(approve, own.csrf(list), Map.of());

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("不能办理自己的申请");
        clock.advance(Duration.ofHours(24));
        Caller administrator = Caller.browser(port, "administrator");
        assertThat(submit(administrator, list, approve, "").statusCode()).isEqualTo(404);
        organization.save(new Person("own-request", "示例", "education-bureau", Set.of(Role.HANDLER)), null);
    }

    private void person(String id, Role... roles) {
        made.add(id);
        organization.save(new Person(id, "示例人员", "education-bureau", Set.of(roles)), passwords.encode(PASSWORD));
    }

    private Authenticator enrolled(String id, Role... roles) {
        person(id, roles);
        return enrol(Caller.browser(port, id), new ArrayList<>());
    }

    private Authenticator enrol(Caller browser, List<String> recoveryCodes) {
        HttpResponse<String> page = browser.get(PAGE);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).doesNotContain("recovery-codes");
        Authenticator device = Authenticator.of(page.body(), clock);
        HttpResponse<String> picture = browser.get(PAGE + "/picture");
        assertThat(picture.headers().firstValue("Content-Type")).hasValue("image/svg+xml");
        assertThat(picture.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        assertThat(submit(browser, PAGE, device.wrongCode()).statusCode()).isEqualTo(400);
        HttpResponse<String> enrolled = submit(browser, PAGE, device.code());
        assertThat(enrolled.statusCode()).isEqualTo(200);
        recoveryCodes.addAll(recoveryCodes(enrolled.body()));
        return device;
    }

    private static List<String> recoveryCodes(String page) {
        return RECOVERY_CODE
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private Caller afterPassword(String id) {
        Caller browser = Caller.visitor(port);
        assertThat(browser.signOn(id, PASSWORD)).isEqualTo(STEP);
        return browser;
    }

    private String signOn(Caller browser, String code) {
        return browser.location(submit(browser, STEP, STEP, code));
    }

    private HttpResponse<String> submit(Caller browser, String action, String code) {
        return submit(browser, PAGE, action, code);
    }

    private static HttpResponse<String> submit(Caller browser, String page, String action, String code) {
        return browser.submit(action, browser.csrf(page), Map.of("code", code));
    }

    /** A code of a step that was not used yet. */
    private String nextCode(Authenticator device) {
        clock.advance(Duration.ofSeconds(30));
        return device.code();
    }

    private List<Object> changes(String person) {
        return trail.page(AuditEventKind.SECOND_FACTOR_CHANGED, null, null, 200).stream()
                .filter(event -> person.equals(event.subject()))
                .map(AuditEvent::details)
                .map(details -> details.get("what"))
                .toList();
    }
}
