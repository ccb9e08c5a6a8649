package org.guiling.browser;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Opens one browser for all tests of a class and closes it after them; the class starts the application. */
abstract class AbstractBrowserTest {

    static Browser browser;

    @BeforeAll
    static void openBrowser(@LocalServerPort int port) {
        browser = new Browser(port);
    }

    @AfterAll
    static void closeBrowser() {
        browser.close();
    }

    /** Camunda Tasklist in a fresh browser of the person. */
    static Tasklist tasklistOf(String account) {
        return new Tasklist(browser.signOn(account), browser.address());
    }

    /** The portal in a fresh browser of the person, as wide as a telephone. */
    static Portal phoneOf(String account) {
        return Portal.onAPhone(browser, account);
    }
}
