package org.guiling.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIRequestContext;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** An installed Chromium, Chrome or Edge, driven by Playwright; nothing is downloaded. */
final class Browser implements AutoCloseable {

    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final String LANGUAGE = "zh-CN";
    private static final int WIDTH = 1440;
    private static final int HEIGHT = 900;

    /** So long that a slow machine, which CI is at times, is no reason to fail. */
    static final Duration TIMEOUT = Duration.ofMinutes(3);

    private final Map<Page, Protocol> protocols = new LinkedHashMap<>();
    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;
    private final String address;

    Browser(int port) {
        address = "http://127.0.0.1:" + port;
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(installed())
                        .setArgs(FLAGS));
    }

    private static Path installed() {
        return InstalledBrowser.find()
                .orElseThrow(
                        () -> new IllegalStateException(
                                "No Chromium, Chrome or Edge under its usual names:"
                                        + " name one with -Dguiling.chromium=..., or leave these tests out with -Dguiling.browser=false"));
    }

    Page signOn(String account) {
        return signOn(account, WIDTH, HEIGHT);
    }

    /** A fresh browser of somebody who has just signed on; its page is still empty. */
    Page signOn(String account, int width, int height) {
        return signOn(account, width, height, 1);
    }

    /** @param scale pixels of the picture for each of the page's, so that what is small can be enlarged */
    Page signOn(String account, int width, int height, int scale) {
        Page page = open(width, height, scale);
        postSignOn(page.context().request(), account);
        return page;
    }

    /** Sends what the login page would; the page itself is looked at by the tests that are about it. */
    private void postSignOn(APIRequestContext requests, String account) {
        Matcher token = CSRF.matcher(requests.get(address + "/login", ofAPage()).text());
        assertThat(token.find()).as("token in the login page").isTrue();
        APIResponse answer = requests.post(
                address + "/login",
                ofAPage()
                        .setMaxRedirects(0)
                        .setForm(FormData.create()
                                .set("_csrf", token.group(1))
                                .set("username", account)
                                .set("password", "guiling-demo")));
        assertThat(answer.headers()).as("%s signs on", account).containsEntry("location", "/");
    }

    private static RequestOptions ofAPage() {
        return RequestOptions.create()
                .setTimeout(TIMEOUT.toMillis())
                .setHeader("Accept", "text/html")
                .setHeader("Accept-Language", LANGUAGE)
                .setHeader("Sec-Fetch-Mode", "navigate");
    }

    /** A fresh browser of somebody who is not signed on. */
    Page visit(String path) {
        return visit(path, WIDTH, HEIGHT);
    }

    Page visit(String path, int width, int height) {
        Page page = open(width, height, 1);
        page.navigate(address + path);
        return page;
    }

    private Page open(int width, int height, int scale) {
        BrowserContext context = chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setLocale(LANGUAGE)
                .setTimezoneId("Asia/Shanghai")
                .setViewportSize(width, height)
                .setDeviceScaleFactor(scale));
        Page page = context.newPage();
        protocols.put(page, new Protocol(page));
        page.setDefaultTimeout(TIMEOUT.toMillis());
        return page;
    }

    static void await(Page page, String expression) {
        await(page, expression, null);
    }

    /**
     * Waits until an expression holds. {@code Page.waitForFunction} asks a second time from within the page, where the
     * portal's Content-Security-Policy lets nobody evaluate text: it fails unless the expression holds at once.
     *
     * @param argument of a function; null where there is none
     */
    static void await(Page page, String expression, Object argument) {
        Awaitility.await(expression)
                .pollInSameThread()
                .atMost(TIMEOUT)
                // The page may be on its way to another.
                .ignoreExceptionsInstanceOf(PlaywrightException.class)
                .until(() -> Boolean.TRUE.equals(page.evaluate(expression, argument)));
    }

    String address() {
        return address;
    }

    /**
     * Closes the browser. The last page of each person and the errors stay in {@code target/browser}, to explain a red
     * build.
     */
    @Override
    public void close() {
        int number = 0;
        for (Map.Entry<Page, Protocol> opened : protocols.entrySet()) {
            Path file = Path.of("target", "browser", ++number + ".png");
            opened.getKey().screenshot(new Page.ScreenshotOptions().setPath(file));
            opened.getValue().write(Path.of("target", "browser", number + ".txt"));
        }
        chromium.close();
        playwright.close();
    }

    /** Records the errors of a page, and its requests that were not answered. */
    private static final class Protocol {

        private final List<String> complaints = new ArrayList<>();
        private final Set<String> unanswered = new LinkedHashSet<>();

        Protocol(Page page) {
            page.onConsoleMessage(message -> complaints.add(message.type() + ": " + message.text()));
            page.onPageError(error -> complaints.add("error: " + error));
            page.onRequest(request -> unanswered.add(request.url()));
            page.onRequestFinished(request -> unanswered.remove(request.url()));
            page.onRequestFailed(request -> {
                unanswered.remove(request.url());
                complaints.add("failed: " + request.url() + " " + request.failure());
            });
        }

        void write(Path file) {
            try {
                List<String> lines = new ArrayList<>(complaints);
                unanswered.forEach(url -> lines.add("unanswered: " + url));
                Files.write(file, lines);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
