package org.guiling.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.guiling.GuilingTest;
import org.guiling.TestClock;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.signon.factor.Authenticator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.crypto.password.PasswordEncoder;

/** The second factor as people meet it, on a telephone: enrolled, asked for, lost and taken away; and the audit's page. */
@GuilingTest
@BrowserTest
class SecondFactorJourneyTest extends AbstractBrowserTest {

    @Autowired
    Organization organization;

    @Autowired
    PasswordEncoder passwords;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    TestClock clock;

    @AfterEach
    void nothingIsLeft() {
        clock.reset();
        jdbc.update("delete from second_factor");
    }

    @Test
    void enrolledAskedForLostAndTakenAway() {
        organization.save(
                new Person("telephone", "示例人员", "education-bureau", Set.of(Role.HANDLER)),
                passwords.encode("guiling-demo"));
        Portal portal = phoneOf("telephone").open("/account/second-factor");
        looksRight(portal, "factor-enrolment");
        assertThat(portal.page().locator(".factor-picture").evaluate("picture => picture.naturalWidth > 0"))
                .as("the picture is drawn")
                .isEqualTo(true);
        Authenticator device = Authenticator.of(portal.page().content(), clock);
        submit(portal, "#enrol-code", device.code());
        portal.page().locator("#recovery-codes").waitFor();
        assertThat(portal.page().locator("#recovery-codes li").count()).isEqualTo(10);
        looksRight(portal, "factor-enrolled");

        Portal visitor = Portal.beforeSignOn(browser);
        visitor.page().fill("#username", "telephone");
        visitor.page().fill("#password", "guiling-demo");
        visitor.page().locator(".login form button[type=submit]").first().click();
        visitor.page().locator("#sign-on-code").waitFor();
        visitor.page().locator("summary").click();
        looksRight(visitor, "factor-asked");
        clock.advance(Duration.ofSeconds(30));
        submit(visitor, "#sign-on-code", device.wrongCode());
        visitor.page().locator(".alert-danger").waitFor();
        visitor.page().locator("summary").click();
        visitor.page().locator("form[action$=recovery] button").click();
        visitor.page().locator(".alert-info").waitFor();
        looksRight(visitor, "factor-recovery");

        Portal administrator = phoneOf("administrator").open("/administration/second-factors");
        looksRight(administrator, "factor-requests");
        administrator.page().locator("form[action$=approve] button").last().click();
        administrator.page().locator(".alert-success").waitFor();
        looksRight(administrator, "factor-approved");
    }

    @Test
    void theAuditIsRead() {
        Portal auditor = phoneOf("auditor").open("/audit");
        auditor.page().locator("form[action$=verification] button").click();
        auditor.page().locator("#verified").waitFor();
        looksRight(auditor, "audit");
    }

    private static void submit(Portal portal, String field, String code) {
        portal.page().fill(field, code);
        portal.page().locator(field).press("Enter");
    }

    private static void looksRight(Portal portal, String picture) {
        portal.fitsItsWidth().isAccessible();
        assertThat(portal.text()).doesNotContain("??");
        portal.page()
                .screenshot(new Page.ScreenshotOptions()
                        .setPath(Path.of("target", "browser", picture + ".png"))
                        .setFullPage(true));
    }
}
