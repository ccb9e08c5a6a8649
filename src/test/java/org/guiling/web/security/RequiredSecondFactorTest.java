package org.guiling.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.guiling.GuilingTest;
import org.guiling.TestClock;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.signon.factor.Authenticator;
import org.guiling.signon.password.Passwords;
import org.guiling.signon.token.AccessTokens;
import org.guiling.web.support.Caller;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** An office as the production profile has it: administrators, closers and operators sign on with both factors. */
@Tag("own-context")
@GuilingTest
@TestPropertySource(
        properties = {
            "guiling.sign-on.second-factor.required-for=administrators,closers,operators",
            "guiling.sign-on.password.change-initial=true",
            "guiling.sign-on.provider.client-id=guiling",
            "guiling.sign-on.provider.client-secret=secret",
            "guiling.sign-on.second-factor.provider-contexts=gold",
            "guiling.sign-on.second-factor.provider-methods=mfa,otp"
        })
class RequiredSecondFactorTest {

    private static final String PASSWORD = "guiling-demo";
    private static final String STEP = "/login/second-factor";
    private static final OpenIdProvider PROVIDER = new OpenIdProvider();

    @LocalServerPort
    int port;

    @Autowired
    Organization organization;

    @Autowired
    PasswordEncoder passwords;

    @Autowired
    AccessTokens tokens;

    @Autowired
    Passwords accounts;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    TestClock clock;

    @DynamicPropertySource
    static void provider(DynamicPropertyRegistry registry) {
        registry.add("guiling.sign-on.provider.issuer", PROVIDER::issuer);
    }

    @AfterAll
    static void stopProvider() {
        PROVIDER.close();
    }

    @AfterEach
    void nothingIsLeft() {
        clock.reset();
        jdbc.update("delete from second_factor");
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void theirPasswordLeadsToTheEnrolmentAndNowhereElse(Role role) {
        String account = "must-" + role.name().toLowerCase().replace('_', '-');
        organization.save(new Person(account, "示例人员", "jiaqiao-town", Set.of(role)), passwords.encode(PASSWORD));
        Caller browser = Caller.visitor(port);
        boolean must = !Set.of(Role.REGISTRAR, Role.REVIEWER, Role.HANDLER, Role.VERIFIER)
                .contains(role);

        String led = browser.signOn(account, PASSWORD);

        assertThat(led).isEqualTo(must ? STEP : "/");
        if (must) {
            assertThat(browser.get(STEP).body()).contains("factor-secret", "请先登记您的手机");
            for (String door : List.of("/", "/account", "/api/items", "/camunda/api/engine/engine")) {
                assertThat(browser.get(door).statusCode()).as(door).isIn(302, 401);
            }
            for (String door : List.of("/api/tasks", "/engine-rest/task", "/scim/v2/Users")) {
                assertThat(Caller.script(port, account).get(door).statusCode())
                        .as(door)
                        .isEqualTo(403);
            }
        }
        organization.save(new Person(account, "示例人员", "jiaqiao-town", Set.of(Role.HANDLER)), null);
    }

    /** The first day of somebody: enrolment, recovery codes, then a password of their own. */
    @Test
    void theFirstSignOnAfterAnUpgrade() {
        person("first-day", Role.OPERATOR);
        String token = tokens.create("first-day", "from before", 5);
        Caller browser = Caller.visitor(port);
        browser.signOn("first-day", PASSWORD);
        String page = browser.get(STEP).body();
        Authenticator device = Authenticator.of(page, clock);
        assertThat(Authenticator.of(browser.get(STEP).body(), clock).code()).isEqualTo(device.code());
        assertThat(browser.get(STEP + "/picture").body()).startsWith("<svg");

        assertThat(step(browser, STEP, device.code())
                        .headers()
                        .firstValue("Location")
                        .orElse(""))
                .as("nothing but the enrolment takes the first code")
                .endsWith("/login?expired");
        assertThat(step(browser, STEP + "/enrol", device.wrongCode()).statusCode())
                .isEqualTo(400);
        HttpResponse<String> codes = step(browser, STEP + "/enrol", device.code());
        assertThat(codes.body()).contains("备用码", "recovery-codes");
        assertThat(browser.get("/").statusCode()).isEqualTo(302);
        assertThat(browser.get(STEP).body()).doesNotContain("factor-secret", "<code>", "recovery-codes");
        assertThat(browser.location(step(browser, STEP, ""))).isEqualTo("/");

        assertThat(browser.location(browser.get("/"))).isEqualTo("/account/password");
        assertThat(Caller.bearer(port, token).get("/engine-rest/task").statusCode())
                .isEqualTo(200);
        Caller again = Caller.visitor(port);
        assertThat(again.signOn("first-day", PASSWORD)).isEqualTo(STEP);
        assertThat(again.get(STEP).body()).doesNotContain("factor-secret");
        clock.advance(Duration.ofSeconds(30));
        assertThat(again.location(step(again, STEP, device.code()))).isEqualTo("/");
    }

    @Test
    void whoBecomesOneOfThemSignsOnAgainAndCannotGoBack() {
        person("promoted", Role.HANDLER);
        jdbc.update(
                "insert into account (person_id, password_changed_at) values ('promoted', now() - interval '1 day')");
        Caller browser = Caller.browser(port, "promoted");
        assertThat(browser.get("/").statusCode()).isEqualTo(200);

        organization.save(new Person("promoted", "示例人员", "jiaqiao-town", Set.of(Role.UNIT_LEADER)), null);

        assertThat(browser.location(browser.get("/"))).isEqualTo("/login");
        assertThat(browser.signOn("promoted", PASSWORD)).isEqualTo(STEP);
        Authenticator device = Authenticator.of(browser.get(STEP).body(), clock);
        step(browser, STEP + "/enrol", device.code());
        step(browser, STEP, "");
        clock.advance(Duration.ofSeconds(30));
        assertThat(browser.get("/account/second-factor").body())
                .contains("不能移除")
                .doesNotContain("second-factor/remove");
        HttpResponse<String> removal = browser.submit(
                "/account/second-factor/remove", browser.csrf("/account/second-factor"), Map.of("code", device.code()));
        assertThat(removal.statusCode()).isEqualTo(409);
        assertThat(removal.body()).contains("不能移除");
    }

    /** Those whom the configuration names for the engine are administrators too. */
    @Test
    void whoeverHasAllOfTheEngineMustHaveOne() {
        person("engine-keeper", Role.HANDLER);

        assertThat(Caller.visitor(port).signOn("engine-keeper", PASSWORD)).isEqualTo(STEP);
    }

    /** The provider's factor counts where it says so in a way that the office accepts; otherwise ours is asked. */
    @Test
    void theProvidersFactorCountsWhereItIsAccepted() {
        person("provided", Role.OPERATOR);

        for (Map<String, Object> both : List.<Map<String, Object>>of(
                Map.of("acr", "gold"),
                Map.of("amr", List.of("pwd", "mfa")),
                Map.of("acr", "1", "amr", List.of("otp")))) {
            Caller browser = Caller.visitor(port);
            assertThat(PROVIDER.signOn(browser, "provided", both))
                    .as(both.toString())
                    .isEqualTo("/");
            clock.advance(Duration.ofSeconds(31));
            assertThat(browser.get("/account").body()).contains("统一身份认证");
        }
        for (Map<String, Object> one : List.<Map<String, Object>>of(
                Map.of(),
                Map.of("acr", "1"),
                Map.of("amr", List.of("pwd")),
                Map.of("acr", "mfa", "amr", List.of("gold")))) {
            Caller browser = Caller.visitor(port);
            assertThat(PROVIDER.signOn(browser, "provided", one))
                    .as(one.toString())
                    .isEqualTo(STEP);
            assertThat(browser.get("/account").statusCode()).isEqualTo(302);
        }
    }

    @Test
    void whoComesFromTheProviderWithOneFactorShowsOurs() {
        person("provided-too", Role.OPERATOR);
        Caller browser = Caller.visitor(port);
        PROVIDER.signOn(browser, "provided-too", Map.of());
        Authenticator device = Authenticator.of(browser.get(STEP).body(), clock);
        step(browser, STEP + "/enrol", device.code());

        step(browser, STEP, "");

        assertThat(browser.get("/account").body()).contains("统一身份认证");
        clock.advance(Duration.ofSeconds(31));
        assertThat(browser.get("/account").statusCode()).isEqualTo(200);
        Caller again = Caller.visitor(port);
        assertThat(PROVIDER.signOn(again, "provided-too", Map.of())).isEqualTo(STEP);
        assertThat(again.location(step(again, STEP, device.code()))).isEqualTo("/");
        assertThat(Caller.visitor(port).signOn("provided-too", "wrong")).isEqualTo("/login?error");
    }

    /** A foreign page sends a browser there by a link; only the button of our page leads on. */
    @Test
    void nobodyIsLedToTheProviderWithoutWantingTo() {
        Caller visitor = Caller.visitor(port);

        assertThat(visitor.location(visitor.get("/oauth2/authorization/provider")))
                .isEqualTo("/login");
        assertThat(visitor.submit("/oauth2/authorization/provider", "made-up", Map.of())
                        .headers()
                        .firstValue("Location")
                        .orElse(""))
                .doesNotContain(PROVIDER.issuer());
        assertThat(OpenIdProvider.askedBy(Caller.visitor(port))).containsEntry("max_age", "43200");
        assertThat(visitor.signOn(person("no-way-back", Role.HANDLER), PASSWORD))
                .isEqualTo("/");
    }

    /** Signed for somebody else's request, or long ago: it opens nothing. */
    @Test
    void aTokenOfAnotherRequestOpensNothing() {
        person("replayed", Role.HANDLER);
        long now = Instant.now().getEpochSecond();

        for (Map<String, Object> forged : List.<Map<String, Object>>of(
                Map.of("nonce", "another"), Map.of("nonce", ""), Map.of("auth_time", now - 43_200 - 120))) {
            Caller browser = Caller.visitor(port);
            assertThat(PROVIDER.signOn(browser, "replayed", forged))
                    .as(forged.toString())
                    .startsWith("/login?");
            assertThat(browser.get("/account").statusCode()).isEqualTo(302);
        }
        assertThat(PROVIDER.signOn(Caller.visitor(port), "replayed", Map.of("auth_time", now - 43_000)))
                .isEqualTo("/");
    }

    /** A name that the provider gives to somebody else one day does not bring their predecessor's account with it. */
    @Test
    void anAccountStaysWithTheSubjectThatCameFirst() {
        person("first-holder", Role.HANDLER);
        person("other-holder", Role.HANDLER);
        assertThat(PROVIDER.signOn(Caller.visitor(port), "first-holder", Map.of()))
                .isEqualTo("/");

        for (Map<String, Object> another : List.<Map<String, Object>>of(
                Map.of("sub", "subject-new"),
                Map.of("sub", "subject-first-holder", "preferred_username", "other-holder"))) {
            Caller browser = Caller.visitor(port);
            assertThat(PROVIDER.signOn(browser, "first-holder", another)).isEqualTo("/login?another-subject");
            assertThat(browser.get("/login?another-subject").body()).contains("不是同一个");
        }
        assertThat(PROVIDER.signOn(Caller.visitor(port), "first-holder", Map.of()))
                .isEqualTo("/");

        accounts.reset("first-holder", "administrator");
        assertThat(PROVIDER.signOn(Caller.visitor(port), "first-holder", Map.of("sub", "subject-new")))
                .isEqualTo("/");
        organization.save(new Person("first-holder", "示例人员", "jiaqiao-town", Set.of(Role.HANDLER)), null);
        jdbc.update("update person set enabled = false where id = 'first-holder'");
        jdbc.update("update person set enabled = true where id = 'first-holder'");
        assertThat(PROVIDER.signOn(Caller.visitor(port), "first-holder", Map.of("sub", "subject-third")))
                .isEqualTo("/");
    }

    private String person(String id, Role... roles) {
        organization.save(new Person(id, "示例人员", "jiaqiao-town", Set.of(roles)), passwords.encode(PASSWORD));
        return id;
    }

    private static HttpResponse<String> step(Caller browser, String action, String code) {
        return browser.submit(action, browser.csrf(STEP), Map.of("code", code));
    }
}
