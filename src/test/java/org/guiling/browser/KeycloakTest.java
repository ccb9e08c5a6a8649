package org.guiling.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.guiling.GuilingTest;
import org.guiling.TestClock;
import org.guiling.audit.AuditEvent;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Sign-on and sign-off with OpenID Connect, in Chromium, against a real Keycloak: {@code mvn -Pkeycloak verify}. */
@GuilingTest
@Tag("keycloak")
class KeycloakTest extends AbstractBrowserTest {

    private static final String TASKLIST = "/camunda/app/tasklist/default/";
    private static final String COCKPIT = "/camunda/app/cockpit/default/";
    private static final Keycloak KEYCLOAK = new Keycloak();

    @Autowired
    AuditTrail trail;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestClock clock;

    @DynamicPropertySource
    static void provider(DynamicPropertyRegistry registry) {
        registry.add("guiling.sign-on.provider.issuer", KEYCLOAK::issuer);
        registry.add("guiling.sign-on.provider.client-id", () -> "guiling");
        registry.add("guiling.sign-on.provider.client-secret", () -> "guiling-test-secret");
    }

    @AfterAll
    static void closeKeycloak() {
        KEYCLOAK.close();
    }

    @AfterEach
    void backToToday() {
        jdbc.sql("update person set enabled = true where id = 'operator'").update();
        clock.reset();
    }

    @Test
    void thePortalSignsOnAndOff() {
        Page page = browser.visit("/account");
        picture(page, "login");
        signOn(page, "operator");

        page.waitForURL(browser.address() + "/account*");
        assertThat(page.content()).contains("operator", "统一身份认证");
        assertThat(trail.page(AuditEventKind.SIGNED_ON, "operator", null, 20))
                .extracting(AuditEvent::details)
                .anySatisfy(details -> assertThat(details).containsEntry("way", "PROVIDER"));

        page.click(".site-sign-off");

        assertSignedOff(page);
    }

    @Test
    void tasklistSignsOnAndOff() {
        Page page = browser.visit(TASKLIST);
        signOn(page, "operator");

        page.waitForURL(Pattern.compile(".*" + TASKLIST + ".*"));
        page.locator(".cam-nav .account.dropdown").waitFor();
        signOffInWebApp(page);

        assertSignedOff(page);
    }

    @Test
    void cockpitSignsOnAndOff() {
        Page page = browser.visit(COCKPIT);
        signOn(page, "operator");

        page.waitForURL(Pattern.compile(".*" + COCKPIT + ".*"));
        page.locator(".cam-nav .account.dropdown").waitFor();
        // A session that was looked at again still knows how to sign off.
        clock.advance(Duration.ofSeconds(31));
        page.reload();
        page.locator(".cam-nav .account.dropdown").waitFor();
        signOffInWebApp(page);

        assertSignedOff(page);
    }

    @Test
    void whoIsNotInTheOrganizationIsToldSo() {
        Page page = browser.visit("/");
        signOn(page, "outsider");

        page.waitForURL(browser.address() + "/login?not-in-organization");
        assertThat(page.locator(".alert").innerText()).contains("您不在本系统的组织机构中");
        page.navigate(browser.address() + "/");
        assertThat(page.url()).endsWith("/login");
    }

    @Test
    void whoLeavesIsSignedOffThoughTheProviderStillKnowsThem() {
        Page page = browser.visit("/");
        signOn(page, "operator");
        page.waitForURL(browser.address() + "/*");

        jdbc.sql("update person set enabled = false where id = 'operator'").update();
        clock.advance(Duration.ofSeconds(30));
        page.navigate(browser.address() + "/");

        assertThat(page.url()).endsWith("/login");
        page.click(".login-provider button");
        page.waitForURL(browser.address() + "/login?not-in-organization");
    }

    private static void signOn(Page page, String user) {
        page.waitForURL(browser.address() + "/login");
        page.click(".login-provider button");
        page.waitForURL(KEYCLOAK.issuer() + "/**");
        page.fill("#username", user);
        page.fill("#password", "keycloak-" + user);
        page.click("#kc-login");
    }

    private static void signOffInWebApp(Page page) {
        page.locator(".cam-nav .account.dropdown > a").click();
        page.locator(".cam-nav .account.dropdown .logout a").click();
    }

    /** Signed off here and there: the provider asks for the password again. */
    private static void assertSignedOff(Page page) {
        page.waitForURL(browser.address() + "/login?signed-off");
        assertThat(page.locator(".alert").innerText()).contains("您已安全退出");
        page.navigate(browser.address() + "/account");
        assertThat(page.url()).endsWith("/login");
        page.click(".login-provider button");
        page.waitForURL(KEYCLOAK.issuer() + "/**");
        page.locator("#password").waitFor();
    }

    private static void picture(Page page, String name) {
        page.screenshot(
                new Page.ScreenshotOptions().setPath(Path.of("target", "browser", "keycloak-" + name + ".png")));
    }
}
