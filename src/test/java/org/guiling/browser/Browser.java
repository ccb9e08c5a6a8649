package org.guiling.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** An installed Chromium, driven by Playwright; nothing is downloaded. */
final class Browser implements AutoCloseable {

    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private static final int WIDTH = 1440;
    private static final int HEIGHT = 900;

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
                        .setExecutablePath(installedChromium())
                        .setArgs(FLAGS));
    }

    private static Path installedChromium() {
        String fromEnvironment = System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium");
        Path chromium = Path.of(System.getProperty("guiling.chromium", fromEnvironment));
        if (!Files.isExecutable(chromium)) {
            throw new IllegalStateException("No Chromium at " + chromium
                    + ": name one with -Dguiling.chromium=..., or leave these tests out with -Dguiling.browser=false");
        }
        return chromium;
    }

    /** A fresh browser of somebody who has just signed on. */
    Page signOn(String account, int width, int height) {
        Page page = visit("/login", width, height);
        page.fill("#username", account);
        page.fill("#password", "guiling-demo");
        page.click("main button[type=submit], .login button[type=submit]");
        page.waitForURL(url -> !url.contains("/login"));
        return page;
    }

    /** A fresh browser of somebody who is not signed on. */
    Page visit(String path) {
        return visit(path, WIDTH, HEIGHT);
    }

    private Page visit(String path, int width, int height) {
        BrowserContext context = chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setLocale("zh-CN")
                .setTimezoneId("Asia/Shanghai")
                .setViewportSize(width, height));
        Page page = context.newPage();
        page.setDefaultTimeout(30_000);
        page.navigate(address + path);
        return page;
    }

    Page signOn(String account) {
        return signOn(account, WIDTH, HEIGHT);
    }

    String address() {
        return address;
    }

    /** What every person saw last stays in {@code target/browser}, for whoever has to explain a red build. */
    @Override
    public void close() {
        List<Page> pages = chromium.contexts().stream()
                .flatMap(context -> context.pages().stream())
                .toList();
        for (int i = 0; i < pages.size(); i++) {
            pages.get(i)
                    .screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "browser", (i + 1) + ".png")));
        }
        chromium.close();
        playwright.close();
    }
}
