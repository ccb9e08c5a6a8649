package org.guiling.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.guiling.RunningApplication;
import org.guiling.signon.factor.Authenticator;
import org.guiling.web.support.Caller;

/**
 * The jar that {@code mvn package} has built, running by itself with a database of its own. People sign on as its profile
 * wants it: with a password of their choice, and with a device where they must have one. Their requests come
 * through a proxy on this machine that speaks TLS, as far as the headers go.
 */
final class BuiltJar {

    static final String STEP = "/login/second-factor";
    /** The address of all requests here, as the proxy forwards it; from a range for documentation. */
    static final String HOME = "192.0.2.10";

    private static final String CHOSEN = "南城的桥有九个桥洞";
    private static final String CHANGE = "/account/password";
    private static final Pattern NEW_TOKEN = Pattern.compile("id=\"new-token\">([^<]+)<");
    private static final Duration HALF_MINUTE = Duration.ofSeconds(30);

    private final Path folder;
    private final String initialPassword;
    private final List<String> settings;
    private final RunningApplication application;
    private final int port;
    private final Map<String, String> passwords = new HashMap<>();
    private final Map<String, Device> devices = new HashMap<>();
    private final Map<String, Caller> browsers = new HashMap<>();
    private final Map<String, Caller> scripts = new HashMap<>();

    private BuiltJar(
            Path folder, String initialPassword, List<String> settings, RunningApplication application, int port) {
        this.folder = folder;
        this.initialPassword = initialPassword;
        this.settings = settings;
        this.application = application;
        this.port = port;
    }

    /** @param jvm options, such as the size of the heap; the first lack of memory ends the process */
    static BuiltJar start(String profile, String initialPassword, List<String> jvm, List<String> more)
            throws Exception {
        Path folder = Path.of("target", "test-data", "jar-" + profile + "-" + UUID.randomUUID())
                .toAbsolutePath();
        List<String> settings = new ArrayList<>(List.of(
                "--spring.profiles.active=" + profile,
                "--guiling.database.embedded.directory=" + folder.resolve("data"),
                "--guiling.audit.log.file=" + folder.resolve("security-log/events.jsonl")));
        settings.addAll(more);
        List<String> options = new ArrayList<>(jvm);
        options.add("-XX:+ExitOnOutOfMemoryError");
        RunningApplication application =
                RunningApplication.startJar(file(), folder.resolve("application.log"), options, settings);
        try {
            application.awaitReady();
            return new BuiltJar(folder, initialPassword, settings, application, application.port());
        } catch (Exception | AssertionError e) {
            application.process().destroy();
            throw e;
        }
    }

    private static Path file() throws IOException {
        String named = System.getProperty("guiling.jar");
        if (named != null) {
            return Path.of(named);
        }
        try (Stream<Path> built = Files.list(Path.of("target"))) {
            return built.filter(path -> path.getFileName().toString().matches("guiling-[^/]*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("No jar: mvn package"));
        }
    }

    int port() {
        return port;
    }

    RunningApplication application() {
        return application;
    }

    Path folder() {
        return folder;
    }

    String password(String person) {
        return passwords.getOrDefault(person, initialPassword);
    }

    /** A browser in which nobody is signed on. */
    Caller visitor() {
        return proxied(Caller.visitor(port), HOME);
    }

    private static Caller proxied(Caller caller, String address) {
        return caller.with("X-Forwarded-For", address).with("X-Forwarded-Proto", "https");
    }

    /** The page to which the right password leads when it is sent from an address. */
    String passwordFrom(String address, String person) {
        return proxied(Caller.visitor(port), address).signOn(person, password(person));
    }

    /** The one session of the person that all tests share. */
    Caller browser(String person) {
        if (!browsers.containsKey(person)) {
            browsers.put(person, signOn(person));
        }
        return browsers.get(person);
    }

    /** Calls with an access token, which opens the same doors in each profile. */
    Caller script(String person) {
        if (!scripts.containsKey(person)) {
            scripts.put(person, bearer(makeToken(browser(person))));
        }
        return scripts.get(person);
    }

    Caller bearer(String token) {
        return proxied(Caller.bearer(port, token), HOME);
    }

    String token(String person) {
        return makeToken(browser(person));
    }

    static String makeToken(Caller browser) {
        HttpResponse<String> made =
                browser.submit("/account/tokens", browser.csrf("/account"), Map.of("name", "script", "days", "1"));
        assertThat(browser.location(made)).as(made.body()).isEqualTo("/account");
        Matcher token = NEW_TOKEN.matcher(browser.get("/account").body());
        assertThat(token.find()).isTrue();
        return token.group(1);
    }

    /** A new session, with all that its person is asked for on the way. */
    Caller signOn(String person) {
        Caller browser = visitor();
        String led = browser.signOn(person, password(person));
        if (led.equals(STEP)) {
            led = secondStep(browser, person);
        }
        assertThat(led).as(person).matches("/(\\?continue)?");
        if (browser.location(browser.get("/")).equals(CHANGE)) {
            changePassword(browser, person, false);
            return signOn(person);
        }
        return browser;
    }

    private String secondStep(Caller browser, String person) {
        if (devices.containsKey(person)) {
            return browser.location(browser.submit(
                    STEP, browser.csrf(STEP), Map.of("code", devices.get(person).code())));
        }
        Device device = new Device(browser.get(STEP).body());
        browser.submit(STEP + "/enrol", browser.csrf(STEP), Map.of("code", device.code()));
        devices.put(person, device);
        return browser.location(browser.submit(STEP, browser.csrf(STEP), Map.of("code", "")));
    }

    void changePassword(Caller browser, String person, boolean endTokens) {
        String chosen = CHOSEN + UUID.randomUUID().toString().substring(0, 8);
        Map<String, String> fields = new HashMap<>(
                Map.of("currentPassword", password(person), "newPassword", chosen, "repeatedPassword", chosen));
        if (endTokens) {
            fields.put("endTokens", "true");
        }
        HttpResponse<String> changed = browser.submit(CHANGE, browser.csrf(CHANGE), fields);
        assertThat(browser.location(changed)).as(changed.body()).isEqualTo("/login?password-changed");
        passwords.put(person, chosen);
    }

    /** Each code counts once; the one of the next half minute is taken early. */
    private static final class Device {

        private final String page;
        private Instant last = Instant.EPOCH;

        Device(String page) {
            this.page = page;
        }

        String code() {
            Instant now = Instant.now();
            last = last.plus(HALF_MINUTE).isAfter(now) ? last.plus(HALF_MINUTE) : now;
            await().atMost(HALF_MINUTE.multipliedBy(3))
                    .until(() -> Instant.now().plus(HALF_MINUTE).isAfter(last));
            return Authenticator.of(page, Clock.fixed(last, ZoneOffset.UTC)).code();
        }
    }

    /** Asks or changes the database behind the application's back, as whoever has its password can. */
    String single(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).as(sql).isTrue();
            return result.getString(1);
        } catch (Exception e) {
            throw new IllegalStateException(sql, e);
        }
    }

    int update(String sql) throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    private Connection connect() throws Exception {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + postmasterFile().get(3).strip() + "/postgres",
                "postgres",
                Files.readString(folder.resolve("data/postgres.password")).strip());
    }

    ProcessHandle postmaster() throws IOException {
        return ProcessHandle.of(Long.parseLong(postmasterFile().get(0).strip())).orElseThrow();
    }

    private List<String> postmasterFile() throws IOException {
        return Files.readAllLines(folder.resolve("data/postgres/postmaster.pid"));
    }

    /** Objects that are alive in its heap, after a collection. */
    String histogram() throws Exception {
        return run(List.of("jcmd", Long.toString(application.process().pid()), "GC.class_histogram"))
                .output();
    }

    /** @param status of the process */
    record Ended(int status, String output) {}

    /** The jar with a word on the command line, such as {@code verify-audit}. */
    Ended command(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("java", "-jar", file().toString()));
        command.addAll(List.of(arguments));
        return run(command);
    }

    List<String> settings() {
        return settings;
    }

    private static Ended run(List<String> command) throws Exception {
        List<String> whole = new ArrayList<>(command);
        whole.set(
                0,
                Path.of(System.getProperty("java.home"), "bin", command.get(0)).toString());
        Process process = new ProcessBuilder(whole).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        return new Ended(process.exitValue(), output);
    }

    String log() {
        try {
            return application.log();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks it to end; tells how long that took. */
    Duration stop() throws Exception {
        long begin = System.nanoTime();
        application.process().destroy();
        assertThat(application.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
