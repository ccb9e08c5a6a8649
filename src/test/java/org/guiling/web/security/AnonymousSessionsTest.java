package org.guiling.web.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.Manager;
import org.guiling.GuilingTest;
import org.guiling.web.support.Caller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.embedded.tomcat.TomcatWebServer;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;

/** Whoever has not signed on costs the server no memory, and comes to the page that they wanted all the same. */
@GuilingTest
class AnonymousSessionsTest {

    private static final List<String> PATHS = List.of(
            "/",
            "/login",
            "/login?error",
            "/login?lang=en",
            "/logout",
            "/error",
            "/offline",
            "/sw.js",
            "/favicon.ico",
            "/assets/nothing.css",
            "/webjars/nothing.js",
            "/actuator/health",
            "/actuator/env",
            "/account",
            "/account/password",
            "/ledger?text=x",
            "/items/ZG-2026-000001",
            "/imports",
            "/imports/check",
            "/administration",
            "/organization",
            "/nothing/at/all",
            "/api/items",
            "/api/tasks",
            "/api/docs",
            "/api/nothing",
            "/v3/api-docs",
            "/scim/v2/Users",
            "/engine-rest/task",
            "/oauth2/authorization/provider",
            "/login/oauth2/code/provider?code=1&state=2",
            "/camunda",
            "/camunda/app/tasklist/default/",
            "/camunda/app/cockpit/default/",
            "/camunda/app/welcome/default/",
            "/camunda/app/admin/default/setup/",
            "/camunda/app/guiling/scripts/item-tabs.js",
            "/camunda/api/engine/engine",
            "/camunda/api/engine/engine/default/task",
            "/camunda/api/admin/auth/user/default",
            "/camunda/api/admin/auth/user/default/login/tasklist",
            "/camunda/api/admin/auth/user/default/logout");

    @LocalServerPort
    int port;

    @Autowired
    ServletWebServerApplicationContext application;

    @Test
    void noRequestOfAVisitorBeginsASession() {
        long before = sessionsBegun();
        for (String path : PATHS) {
            for (String accept : List.of("text/html", "application/json")) {
                for (String method : List.of("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS")) {
                    HttpResponse<String> answer = Caller.anonymous(port)
                            .with("Accept", accept)
                            .send(method, path, "application/x-www-form-urlencoded", BodyPublishers.ofString("a=b"));

                    assertThat(answer.headers().allValues("Set-Cookie"))
                            .as("%s %s as %s", method, path, accept)
                            .noneMatch(cookie -> cookie.startsWith("JSESSIONID"));
                }
            }
        }
        assertThat(sessionsBegun()).isEqualTo(before);
    }

    @Test
    void neitherDoesAWrongPasswordASessionThatIsOverOrAnUnknownLanguage() {
        long before = sessionsBegun();
        Caller visitor = Caller.visitor(port);

        assertThat(visitor.signOn("nobody-at-all", "wrong")).isEqualTo("/login?error");
        assertThat(visitor.get("/login?error").body()).contains("账号或密码不正确");
        visitor.get("/?lang=xx");
        Caller.visitor(port)
                .with("Cookie", "JSESSIONID=0123456789ABCDEF0123456789ABCDEF")
                .get("/");
        Caller.visitor(port)
                .with("Cookie", "JSESSIONID=0123456789ABCDEF0123456789ABCDEF")
                .submit("/account/password", "stale", Map.of("currentPassword", "x"));
        Caller.script(port, "handler", "wrong").get("/api/tasks");
        Caller.bearer(port, "guiling_wrong").get("/api/tasks");

        assertThat(sessionsBegun()).isEqualTo(before);
    }

    @Test
    void aSessionWithoutAPersonEndsSoonAndOneWithAPersonAfterAWorkingDay() {
        assertThat(context().getSessionTimeout()).isEqualTo(5);
        Caller browser = Caller.browser(port, "handler");

        assertThat(Arrays.stream(manager().findSessions())
                        .filter(session -> session.getId()
                                .equals(browser.cookie("JSESSIONID").orElseThrow()))
                        .map(org.apache.catalina.Session::getMaxInactiveInterval))
                .containsExactly(8 * 60 * 60);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/account",
                "/ledger?text=%E6%A1%A5&sort=due",
                "/administration/accounts",
                "/camunda/app/tasklist/default/",
                "/api/docs",
                "/todos?x=%7Bx%7D"
            })
    void whoSignsOnComesToThePageTheyWanted(String wanted) {
        Caller visitor = Caller.visitor(port);

        assertThat(visitor.location(visitor.get(wanted))).isEqualTo("/login");
        assertThat(visitor.signOn("handler", "wrong")).isEqualTo("/login?error");
        assertThat(visitor.signOn("handler", "guiling-demo")).isEqualTo(wanted);

        visitor.submit("/logout", visitor.csrf("/account"), Map.of());
        assertThat(visitor.signOn("handler", "guiling-demo")).isEqualTo("/");
    }

    /** A page's script, a form and a feed are no places to come back to. */
    @Test
    void whatIsNoPageIsNotComeBackTo() {
        Caller visitor = Caller.visitor(port);
        visitor.get("/account");
        visitor.get("/camunda/api/engine/engine");
        visitor.get("/api/tasks");
        visitor.send("POST", "/imports/run", "application/x-www-form-urlencoded", BodyPublishers.ofString("a=b"));

        assertThat(visitor.signOn("handler", "guiling-demo")).isEqualTo("/account");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "//evil.example",
                "///evil.example",
                "/\\evil.example",
                "\\\\evil.example",
                "https://evil.example/",
                "javascript:alert(1)",
                "evil.example",
                "/%2fevil.example",
                "/%2Fevil.example",
                "/%5Cevil.example",
                "/%09/evil.example",
                "/x//evil.example",
                "/{x}",
                "/account?x={x}",
                "/a;b",
                "/@evil.example#",
                "/中"
            })
    void noCookieLeadsToAnotherHost(String address) {
        assertThat(wantedFromACookie(address)).isEqualTo("/");
        assertThat(wantedFromACookie(address + "\r\nX-Header: 1")).isEqualTo("/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/\t/evil.example", "/\n/evil.example", "\t//evil.example", "/\0", "/x\u007f", ""})
    void noControlCharacterIsFollowed(String address) {
        assertThat(wantedFromACookie(address)).isEqualTo("/");
    }

    @Test
    void aVeryLongAddressIsNotRemembered() {
        Caller visitor = Caller.visitor(port);
        HttpResponse<String> answer = visitor.get("/account?x=" + "y".repeat(2_500));

        assertThat(answer.headers().allValues("Set-Cookie")).noneMatch(cookie -> cookie.contains(WantedPage.COOKIE));
    }

    /** A foreign page that could sign its visitor on as somebody else would see what they enter. */
    @Test
    void aForeignPageSignsNobodyOn() {
        String ofTheAttacker = Caller.visitor(port).csrf("/login");
        Caller victim = Caller.visitor(port);
        victim.get("/login");

        for (String token : List.of(ofTheAttacker, "", "x")) {
            assertThat(victim.location(
                            victim.submit("/login", token, Map.of("username", "handler", "password", "guiling-demo"))))
                    .isEqualTo("/login?expired");
        }
        assertThat(victim.cookie("JSESSIONID")).isEmpty();
        HttpResponse<String> login = Caller.visitor(port).get("/login");
        assertThat(login.headers().allValues("Set-Cookie"))
                .filteredOn(cookie -> cookie.startsWith("guiling-csrf"))
                .singleElement()
                .satisfies(cookie -> assertThat(cookie).contains("HttpOnly", "SameSite=Lax"));
    }

    /** People who can plant cookies still have no token of a session. */
    @Test
    void thePlantedCookieIsNoTokenOfASession() {
        Caller browser = Caller.browser(port, "handler");
        String planted = "11111111-2222-3333-4444-555555555555";
        browser.plant("guiling-csrf", planted);
        // As a form would send it: masked with a random pad, here of zeros.
        byte[] masked = new byte[2 * planted.length()];
        System.arraycopy(planted.getBytes(UTF_8), 0, masked, planted.length(), planted.length());
        browser.with("X-CSRF-TOKEN", Base64.getUrlEncoder().encodeToString(masked));

        assertThat(browser.location(browser.submit("/account/tokens", "", Map.of("name", "forged", "days", "1"))))
                .isEqualTo("/login?expired");
        assertThat(browser.get("/account").body()).doesNotContain("forged");
        // Of whoever has no session it is one.
        Caller visitor =
                Caller.visitor(port).with("X-CSRF-TOKEN", Base64.getUrlEncoder().encodeToString(masked));
        visitor.plant("guiling-csrf", planted);
        assertThat(visitor.submit("/login", "", Map.of("username", "handler", "password", "guiling-demo"))
                        .statusCode())
                .isEqualTo(302);
        assertThat(visitor.get("/account").statusCode()).isEqualTo(200);
    }

    private String wantedFromACookie(String address) {
        Caller visitor = Caller.visitor(port);
        visitor.plant(
                WantedPage.COOKIE, Base64.getUrlEncoder().withoutPadding().encodeToString(address.getBytes(UTF_8)));
        return visitor.signOn("handler", "guiling-demo");
    }

    private long sessionsBegun() {
        return manager().getSessionCounter();
    }

    private Manager manager() {
        return context().getManager();
    }

    private Context context() {
        return (Context) ((TomcatWebServer) application.getWebServer())
                .getTomcat()
                .getHost()
                .findChildren()[0];
    }
}
