package org.guiling.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.guiling.web.support.Caller.answer;
import static org.guiling.web.support.Caller.problem;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldif.LDIFException;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.guiling.GuilingTest;
import org.guiling.TestClock;
import org.guiling.audit.AuditEvent;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.signon.password.Passwords;
import org.guiling.web.support.Caller;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** An office as it is set up for work: its own directory, initial passwords to be changed, a provider that is away. */
@Tag("own-context")
@GuilingTest
class OfficeSignOnTest {

    private static final String DIRECTORY_PASSWORD = "目录-Kennwort-77";
    private static final InMemoryDirectoryServer DIRECTORY = startDirectory();

    @LocalServerPort
    int port;

    @Autowired
    Organization organization;

    @Autowired
    PasswordEncoder passwords;

    @Autowired
    @Qualifier("engineProvisioning")
    ApplicationRunner provisioning;

    @Autowired
    Passwords accounts;

    @Autowired
    AuditTrail trail;

    @Autowired
    TestClock clock;

    @DynamicPropertySource
    static void office(DynamicPropertyRegistry registry) {
        registry.add(
                "guiling.sign-on.directory.url",
                () -> "ldap://127.0.0.1:" + DIRECTORY.getListenPort() + "/dc=example,dc=org");
        registry.add("guiling.sign-on.directory.user-dn", () -> "cn=guiling,dc=example,dc=org");
        registry.add("guiling.sign-on.directory.password", () -> "service");
        registry.add("guiling.sign-on.directory.search-base", () -> "ou=people");
        registry.add("guiling.sign-on.directory.filter", () -> "(|(sAMAccountName={0})(mail={0}))");
        registry.add("guiling.sign-on.directory.person-attribute", () -> "employeeID");
        registry.add("guiling.sign-on.password.change-initial", () -> "true");
        registry.add("guiling.sign-on.password.only-for", () -> "operator,administrator,newcomer,never-came,both");
        registry.add("guiling.sign-on.session.longest", () -> "12h");
        registry.add("guiling.requests.of-one-person.exports", () -> "3");
        registry.add("guiling.requests.of-one-person.uploads", () -> "4");
        registry.add("guiling.requests.of-one-person.changes", () -> "50");
        registry.add("guiling.sign-on.provider.issuer", () -> "http://127.0.0.1:1/nobody-there");
        registry.add("guiling.sign-on.provider.client-id", () -> "guiling");
        registry.add("guiling.sign-on.provider.client-secret", () -> "secret");
    }

    /** As Active Directory does: a name without a password is an anonymous visitor, and welcome. */
    private static final class WelcomesAnonymousVisitors extends InMemoryOperationInterceptor {

        @Override
        public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest bind) {
            if (bind.getRequest().getPassword().getValueLength() == 0) {
                bind.setRequest(new SimpleBindRequest());
            }
        }
    }

    private static InMemoryDirectoryServer startDirectory() {
        try {
            InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=example,dc=org");
            config.setListenerConfigs(
                    InMemoryListenerConfig.createLDAPConfig("tcp", InetAddress.getLoopbackAddress(), 0, null));
            config.setSchema(null);
            config.addAdditionalBindCredentials("cn=guiling,dc=example,dc=org", "service");
            // As directories do: nobody reads without having signed on.
            config.setAuthenticationRequiredOperationTypes(
                    com.unboundid.ldap.sdk.OperationType.SEARCH, com.unboundid.ldap.sdk.OperationType.COMPARE);
            config.addInMemoryOperationInterceptor(new WelcomesAnonymousVisitors());
            InMemoryDirectoryServer server = new InMemoryDirectoryServer(config);
            server.add("dn: dc=example,dc=org", "objectClass: domain", "dc: example");
            server.add("dn: ou=people,dc=example,dc=org", "objectClass: organizationalUnit", "ou: people");
            server.add("dn: ou=住建局,ou=people,dc=example,dc=org", "objectClass: organizationalUnit", "ou: 住建局");
            server.startListening();
            return server;
        } catch (LDAPException | LDIFException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void entry(String name, String login, String personId) throws LDAPException, LDIFException {
        String dn = "cn=%s,ou=住建局,ou=people,dc=example,dc=org".formatted(name);
        if (DIRECTORY.getEntry(dn) == null) {
            DIRECTORY.add(
                    "dn: " + dn,
                    "objectClass: user",
                    "cn: " + name,
                    "sAMAccountName: " + login,
                    "mail: " + login + "@example.org",
                    "employeeID: " + personId,
                    "userPassword: " + DIRECTORY_PASSWORD);
        }
    }

    @AfterAll
    static void stopDirectory() {
        DIRECTORY.shutDown(true);
    }

    @BeforeEach
    void people() throws Exception {
        person("e1001", "示例李四");
        person("both", "示例两处");
        entry("李四", "li.si", "E1001");
        entry("两处", "both", "both");
        entry("外人", "outsider", "E9999");
        provisioning.run(null);
    }

    @Test
    void theDirectorysPasswordOpensEveryDoor() {
        Caller browser = Caller.browser(port, "Li.Si", DIRECTORY_PASSWORD);

        assertThat(browser.get("/").body()).contains("示例李四");
        assertThat(browser.get("/camunda/app/tasklist/default/").statusCode()).isEqualTo(200);
        assertThat(browser.get("/account").body()).contains("目录服务").doesNotContain("/account/password\"");
        answer(Caller.script(port, "li.si@example.org", DIRECTORY_PASSWORD).get("/api/tasks"), 200);
        assertThat(trail.page(AuditEventKind.SIGNED_ON, "e1001", null, 10))
                .extracting(AuditEvent::details)
                .allSatisfy(details -> assertThat(details).containsEntry("way", "DIRECTORY"))
                .isNotEmpty();
    }

    @Test
    void aWrongPasswordOpensNothingAndLocksLikeAnyOther() throws Exception {
        person("e1002", "示例王五");
        entry("王五", "wang.wu", "E1002");

        assertThat(Caller.visitor(port).signOn("wang.wu", "wrong")).isEqualTo("/login?error");
        assertThat(Caller.visitor(port).signOn("wang.wu", "")).isEqualTo("/login?error");
        for (String login : new String[] {"WANG.wu", "wang.wu@example.org", "wang.wu"}) {
            problem(Caller.script(port, login, "wrong").get("/api/tasks"), 401);
        }
        // By whichever of their names: it is one count.
        problem(Caller.script(port, "wang.wu", DIRECTORY_PASSWORD).get("/api/tasks"), 429);
        problem(Caller.script(port, "wang.wu@example.org", DIRECTORY_PASSWORD).get("/api/tasks"), 429);
        clock.advance(Duration.ofMinutes(15));
        answer(Caller.script(port, "wang.wu", DIRECTORY_PASSWORD).get("/api/tasks"), 200);
    }

    @Test
    void aNameIsNoFilter() {
        for (String login : new String[] {"*", "li.*", "li.si)(cn=*", "(cn=李四)", "\\"}) {
            assertThat(Caller.visitor(port).signOn(login, DIRECTORY_PASSWORD))
                    .as(login)
                    .isEqualTo("/login?error");
        }
        assertThat(Caller.visitor(port).signOn("li.\0si", DIRECTORY_PASSWORD))
                .as("refused before any directory is asked")
                .isEmpty();
    }

    @Test
    void whoIsNotInTheOrganizationIsToldSo() {
        Caller visitor = Caller.visitor(port);

        String leadsTo = visitor.signOn("outsider", DIRECTORY_PASSWORD);

        assertThat(leadsTo).isEqualTo("/login?not-in-organization");
        assertThat(visitor.get(leadsTo).body()).contains("您不在本系统的组织机构中");
        assertThat(visitor.inEnglish().get(leadsTo).body()).contains("organization does not know you");
        assertThat(problem(Caller.script(port, "outsider", DIRECTORY_PASSWORD).get("/api/tasks"), 403)
                        .path("detail")
                        .asText())
                .contains("您不在本系统的组织机构中");
        assertThat(Caller.visitor(port).signOn("outsider", "wrong")).isEqualTo("/login?error");
        assertThat(visitor.location(visitor.get("/"))).isEqualTo("/login");
    }

    @Test
    void whoHasNoPasswordHereCannotUseTheOneTheyWereLoadedWith() {
        assertThat(Caller.visitor(port).signOn("handler", "guiling-demo")).isEqualTo("/login?error");
    }

    @Test
    void aDirectoryThatIsAwayKeepsOnlyThoseOutWhoNeedIt() throws LDAPException {
        DIRECTORY.shutDown(true);
        try {
            Caller visitor = Caller.visitor(port);
            assertThat(visitor.signOn("li.si", DIRECTORY_PASSWORD)).isEqualTo("/login?unavailable");
            assertThat(visitor.get("/login?unavailable").body()).contains("请稍后再试");
            problem(Caller.script(port, "li.si", DIRECTORY_PASSWORD).get("/api/tasks"), 503);
            assertThat(Caller.visitor(port).signOn("both", "guiling-demo")).isEqualTo("/");
        } finally {
            DIRECTORY.startListening();
        }
    }

    /** However much it is used: it goes on to the end of its time, and not a second longer. */
    @Test
    void aSessionLastsADayOfWorkAndNoLonger() {
        Caller browser = Caller.browser(port, "li.si", DIRECTORY_PASSWORD);
        for (int i = 1; i < 12; i++) {
            clock.advance(Duration.ofHours(1));
            assertThat(browser.get("/account").statusCode()).as(i + " h").isEqualTo(200);
        }
        clock.advance(Duration.ofMinutes(59));
        assertThat(browser.get("/account").statusCode()).isEqualTo(200);

        clock.advance(Duration.ofMinutes(1));

        assertThat(browser.location(browser.get("/account"))).isEqualTo("/login");
        assertThat(browser.signOn("li.si", DIRECTORY_PASSWORD)).isEqualTo("/account");
    }

    /** Their password is not kept here, so it is asked for where it is. */
    @Test
    void whoComesByTheDirectoryProvesThemselvesBySigningOnAgain() {
        Caller browser = Caller.browser(port, "li.si", DIRECTORY_PASSWORD);
        assertThat(browser.get("/account").body()).contains("action=\"/account/tokens\"");
        clock.advance(Duration.ofMinutes(10));

        assertThat(browser.get("/account").body())
                .contains("请退出后重新登录")
                .doesNotContain("action=\"/account/tokens\"", "action=\"/account/proof\"");
    }

    @Test
    void whoComesByTheDirectoryLandsOnThePageThatTheyWanted() {
        Caller visitor = Caller.visitor(port);
        visitor.get("/todos?x=1");

        assertThat(visitor.signOn("li.si", DIRECTORY_PASSWORD)).isEqualTo("/todos?x=1");
    }

    /** The provider's answer finds what it was asked in the visitor's own browser, or it is refused. */
    @Test
    void aMadeUpWayToTheProviderIsNotFollowed() {
        for (String kept : new String[] {
            "x", "", "e30", "bnVsbA", "eyJzdGF0ZSI6IjIiLCJyZWRpcmVjdFVyaSI6IngiLCJhdHRyaWJ1dGVzIjp7fX0"
        }) {
            Caller visitor = Caller.visitor(port);
            visitor.plant("guiling-provider", kept);

            assertThat(visitor.location(visitor.get("/login/oauth2/code/provider?code=1&state=2")))
                    .as(kept)
                    .isEqualTo("/login?unavailable");
            assertThat(visitor.cookie("JSESSIONID")).isEmpty();
        }
        Caller visitor = Caller.visitor(port);
        assertThat(visitor.submit("/oauth2/authorization/provider", visitor.csrf("/login"), Map.of())
                        .headers()
                        .allValues("Set-Cookie"))
                .noneMatch(cookie -> cookie.startsWith("JSESSIONID"));
    }

    @Test
    void aProviderThatIsAwayKeepsTheLoginPageOpen() {
        Caller visitor = Caller.visitor(port);

        assertThat(visitor.get("/login").body()).contains("/oauth2/authorization/provider", "统一身份认证登录");
        assertThat(visitor.location(visitor.submit("/oauth2/authorization/provider", visitor.csrf("/login"), Map.of())))
                .isEqualTo("/login?unavailable");
        assertThat(visitor.location(visitor.get("/login/oauth2/code/provider?code=1&state=2")))
                .isEqualTo("/login?unavailable");
    }

    @Test
    void anInitialPasswordOpensNothingButTheChangeOfIt() {
        person("newcomer", "示例新人");
        Caller browser = Caller.browser(port, "newcomer", "guiling-demo");

        for (String page : new String[] {"/", "/account", "/camunda/app/tasklist/default/", "/api/docs"}) {
            assertThat(browser.location(browser.get(page))).as(page).isIn("/account/password", "");
            assertThat(browser.get(page).statusCode()).as(page).isIn(302, 403);
        }
        assertThat(problem(Caller.script(port, "newcomer").get("/api/tasks"), 403)
                        .path("detail")
                        .asText())
                .contains("初始密码");
        assertThat(browser.with("Accept", "application/json")
                        .get("/camunda/api/engine/engine/default/task")
                        .statusCode())
                .isEqualTo(403);
        browser.with("Accept", "text/html");
        assertThat(browser.get("/account/password").body()).contains("请先改成只有您知道的密码");

        HttpResponse<String> changed = browser.submit(
                "/account/password",
                browser.csrf("/account/password"),
                Map.of(
                        "currentPassword", "guiling-demo",
                        "newPassword", "桥下的水流过三个村庄",
                        "repeatedPassword", "桥下的水流过三个村庄"));

        assertThat(browser.location(changed)).isEqualTo("/login?password-changed");
        Caller again = Caller.browser(port, "newcomer", "桥下的水流过三个村庄");
        assertThat(again.get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void anInitialPasswordThatNobodyUsesEndsByItself() {
        person("newcomer", "示例新人");
        accounts.reset("newcomer", "administrator");
        String initial = accounts.reset("newcomer", "administrator");
        assertThat(initial).hasSizeGreaterThanOrEqualTo(22);
        clock.advance(Duration.ofDays(14).minusMinutes(1));
        Caller.visitor(port).signOn("newcomer", initial);
        assertThat(Caller.visitor(port).signOn("newcomer", initial)).isEqualTo("/");

        clock.advance(Duration.ofMinutes(1));

        Caller late = Caller.visitor(port);
        assertThat(late.signOn("newcomer", initial)).isEqualTo("/login?initial-over");
        assertThat(late.get("/login?initial-over").body()).contains("初始密码已过期");
        assertThat(late.get("/account/password").statusCode()).isEqualTo(302);
        assertThat(late.signOn("newcomer", "wrong")).as("told to nobody else").isEqualTo("/login?error");
        assertThat(problem(Caller.script(port, "newcomer", initial).get("/api/tasks"), 401)
                        .path("detail")
                        .asText())
                .contains("初始密码已过期");
        assertThat(Caller.visitor(port).signOn("newcomer", accounts.reset("newcomer", "administrator")))
                .isEqualTo("/");
    }

    /** Of the file or the page that brought the person, where no administrator has set another. */
    @Test
    void soDoesTheOneThatSomebodyWasAddedWith() {
        person("never-came", "示例未到");
        clock.advance(Duration.ofDays(15));

        assertThat(Caller.visitor(port).signOn("never-came", "guiling-demo")).isEqualTo("/login?initial-over");
    }

    /** More than people do, counted for each of them; ten minutes later they go on. */
    @Test
    void nobodyEmptiesOrFillsTheLedgerByAScript() throws Exception {
        person("e1003", "示例甲");
        person("e1004", "示例乙");
        entry("甲", "jia", "E1003");
        entry("乙", "yi", "E1004");
        Caller script = Caller.script(port, "jia", DIRECTORY_PASSWORD);
        Caller other = Caller.script(port, "yi", DIRECTORY_PASSWORD);

        for (int i = 0; i < 3; i++) {
            assertThat(script.get("/api/exports/ledger.xlsx").statusCode()).isEqualTo(200);
        }
        HttpResponse<String> refused = script.get("/api/exports/ledger.xlsx");
        problem(refused, 429);
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(500L, 600L);
        assertThat(other.get("/api/exports/ledger.xlsx").statusCode()).isEqualTo(200);
        answer(script.get("/api/items"), 200);
        for (int i = 0; i < 4; i++) {
            script.upload("/api/items/GL-2026-00000/evidence", "a.pdf", new byte[] {1}, Map.of());
        }
        assertThat(script.upload("/api/items/GL-2026-00000/evidence", "a.pdf", new byte[] {1}, Map.of())
                        .statusCode())
                .isEqualTo(429);
        for (int i = 0; i < 50; i++) {
            assertThat(script.post("/api/items", Map.of()).statusCode()).isNotEqualTo(429);
        }
        problem(script.post("/api/items", Map.of()), 429);
        assertThat(trail.page(AuditEventKind.INPUT_REFUSED, "e1003", null, 10))
                .extracting(event -> event.details().get("why"))
                .contains("TOO_MANY_EXPORT", "TOO_MANY_UPLOAD", "TOO_MANY_CHANGE");

        clock.advance(Duration.ofMinutes(10));
        assertThat(script.get("/api/exports/ledger.xlsx").statusCode()).isEqualTo(200);
    }

    private void person(String id, String name) {
        organization.save(
                new Person(id, name, "education-bureau", Set.of(Role.HANDLER)), passwords.encode("guiling-demo"));
    }
}
