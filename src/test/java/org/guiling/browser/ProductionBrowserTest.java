package org.guiling.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.guiling.GuilingTest;
import org.guiling.engine.LifeCycle;
import org.guiling.evidence.SampleFiles;
import org.guiling.item.ItemStatus;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestPropertySource;

/**
 * Tests what a browser stores with the profile {@code production}: each cookie, with Camunda's web apps at work with
 * theirs, and nothing else where the office says so.
 */
@Tag("own-context")
@GuilingTest
@ActiveProfiles({"test", "production"})
@TestPropertySource(
        properties = {
            "guiling.organization.initial-password=S3cret-of-the-first-day",
            "guiling.portal.kept-in-browser=false",
            "guiling.sign-on.second-factor.required-for=",
            "guiling.sign-on.provider.issuer=http://127.0.0.1:1/nobody-there",
            "guiling.sign-on.provider.client-id=guiling",
            "guiling.sign-on.provider.client-secret=secret"
        })
@BrowserTest
class ProductionBrowserTest {

    @Autowired
    LifeCycle lifeCycle;

    @LocalServerPort
    int port;

    @Test
    void everyCookieIsSecureAndOfThisHostAlone() {
        try (Browser browser = new Browser(port)) {
            Page page = browser.visit("/todos?lang=zh-CN");
            Map<String, Cookie> seen = new TreeMap<>(cookies(page));
            signOn(page);
            // Filters are asked for by POST, so they come with the token only.
            new Tasklist(page, browser.address());
            page.locator(".tasks-list, .task-filters").first().waitFor();
            seen.putAll(cookies(page));

            assertThat(seen.keySet())
                    .contains(
                            "__Host-JSESSIONID",
                            "__Host-XSRF-TOKEN",
                            "__Host-guiling-csrf",
                            "__Host-guiling-wanted",
                            "__Host-guiling-language")
                    .allMatch(name -> name.startsWith("__Host-"));
            assertThat(seen.values()).allSatisfy(cookie -> {
                assertThat(cookie.secure).as(cookie.name).isTrue();
                assertThat(cookie.path).as(cookie.name).isEqualTo("/");
                assertThat(cookie.sameSite).as(cookie.name).isEqualTo(SameSiteAttribute.LAX);
                assertThat(cookie.httpOnly)
                        .as(cookie.name)
                        .isEqualTo(!List.of("__Host-XSRF-TOKEN", "__Host-guiling-language")
                                .contains(cookie.name));
            });
            assertThat(page.evaluate("""
                            () => angular.element(document.body).injector().get('$http').defaults.xsrfCookieName""")).isEqualTo("__Host-XSRF-TOKEN");
        }
    }

    @Test
    void aBrowserThatMayKeepNothingForgetsWhatItHas() {
        String itemNo = lifeCycle.itemAt(ItemStatus.PLANNING);
        try (Browser browser = new Browser(port)) {
            Page page = browser.visit("/todos?lang=zh-CN");
            signOn(page);
            // given what an earlier setting left behind
            page.evaluate("""
                    async () => {
                      await navigator.serviceWorker.register("/sw.js");
                      await navigator.serviceWorker.ready;
                      await (await caches.open("guiling pages")).put("/todos", new Response("kept"));
                      localStorage.setItem("guiling draft of before", "half a sentence");
                    }""");

            page.navigate(
                    browser.address() + "/tasks/" + lifeCycle.waiting(itemNo).taskId());

            Browser.await(page, "async () => (await navigator.serviceWorker.getRegistrations()).length === 0");
            Browser.await(page, "async () => (await caches.keys()).length === 0");
            Browser.await(page, "() => localStorage.length === 0");

            // and nothing new is left there by a form or by evidence that is looked at
            page.fill("[name=rootCause]", "日常巡查没有覆盖背街小巷。");
            page.locator("[name=target]").focus();
            assertThat(page.evaluate("() => localStorage.length")).isEqualTo(0);
            assertThat(page.evaluate(
                            """
                            async ([itemNo, photo]) => {
                              const body = new FormData();
                              const bytes = Uint8Array.from(atob(photo), (letter) => letter.charCodeAt(0));
                              body.append("file", new Blob([bytes], { type: "image/jpeg" }), "photo.jpg");
                              const token = document.querySelector("meta[name=csrf-token]").content;
                              const path = `/api/items/${itemNo}/evidence`;
                              const added = await fetch(path, { method: "POST", body, headers: { "X-CSRF-TOKEN": token } });
                              const { files: [{ id }] } = await added.json();
                              const file = await fetch(`${path}/${id}`);
                              return file.status + " " + file.headers.get("Cache-Control");
                            }""",
                            List.of(
                                    lifeCycle.itemAt(ItemStatus.RECTIFYING),
                                    Base64.getEncoder().encodeToString(SampleFiles.jpg(40, 30)))))
                    .isEqualTo("200 no-store");
        }
    }

    private static void signOn(Page page) {
        page.fill("#username", "handler");
        page.fill("#password", "S3cret-of-the-first-day");
        page.click(".login button[type=submit]");
        page.waitForURL(url -> url.contains("/todos"));
    }

    private static Map<String, Cookie> cookies(Page page) {
        return page.context().cookies().stream().collect(Collectors.toMap(cookie -> cookie.name, cookie -> cookie));
    }
}
