package org.guiling.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.guiling.GuilingTest;
import org.guiling.People;
import org.guiling.RunningApplication;
import org.guiling.bench.ScalePages.Page;
import org.guiling.item.todo.ToDos;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.guiling.organization.Tier;
import org.guiling.organization.Unit;
import org.guiling.organization.change.UnitChanges;
import org.guiling.text.Texts;
import org.guiling.time.OfficeClock;
import org.guiling.web.support.Caller;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.util.UriUtils;

/**
 * Asks for every page of {@link ScalePages} at several sizes of the ledger, {@code -Dguiling.scale.sizes=10000,100000}.
 * Limits are set on counts only. docs/performance.md explains the figures.
 */
@GuilingTest
@Tag("benchmark-scale")
@ActiveProfiles({"demo", "test"})
class ScaleBenchmark {

    private static final List<Long> SIZES = Stream.of(System.getProperty("guiling.scale.sizes", "10000,100000,1000000")
                    .split(","))
            .map(Long::valueOf)
            .toList();
    private static final int UNITS = 200;
    private static final int TO_DOS_OF_A_PAGE = 30;
    private static final int WARM_UP = 3;
    /** Of the first size, so that the compiler knows each page. */
    private static final int FIRST_WARM_UP = 15;

    private static final int CALLS = 15;
    private static final int CALLS_AT_LEAST = 3;
    /** A page that takes long is not asked for more often than {@link #CALLS_AT_LEAST} after this. */
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private static final int DEAREST = 3;
    private static final String DATABASE = "postgres";
    private static final EmbeddedPostgres SERVER = start();

    @Autowired
    private JdbcConnectionDetails database;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Organization organization;

    @Autowired
    private UnitChanges unitChanges;

    @Autowired
    private PasswordEncoder passwords;

    @Autowired
    private People people;

    @Autowired
    private ToDos toDos;

    @Autowired
    private Texts texts;

    @Autowired
    private OfficeClock clock;

    @LocalServerPort
    private int port;

    private final Map<String, Caller> callers = new HashMap<>();
    private final StringBuilder dearest = new StringBuilder();

    /** One page at one size; times in milliseconds, counts of one call. */
    private record Measured(
            String page,
            int status,
            int calls,
            double least,
            double median,
            double p95,
            double statements,
            double statementsMilliseconds,
            double blocks,
            double temporaryBlocks,
            int bytes) {}

    /** It ends with the JVM: {@code SharedApplication} reads the database when the class is done. */
    private static EmbeddedPostgres start() {
        try {
            Path folder = Path.of("target", "test-data", "scale-" + UUID.randomUUID());
            File programs = Files.createDirectories(RunningApplication.POSTGRES).toFile();
            return EmbeddedPostgres.builder()
                    .setDataDirectory(folder.resolve("postgres"))
                    .setOverrideWorkingDirectory(programs)
                    .setLocaleConfig("locale", "C.UTF-8")
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("timezone", "Asia/Shanghai")
                    .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                    .setServerConfig("pg_stat_statements.track_utility", "off")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @DynamicPropertySource
    static void ownServer(DynamicPropertyRegistry registry) {
        registry.add("spring.datasource.url", () -> SERVER.getJdbcUrl("postgres", DATABASE));
        registry.add("spring.datasource.username", () -> "postgres");
        registry.add("spring.datasource.password", () -> "postgres");
    }

    @Test
    void everyPageAtEverySize() throws Exception {
        openUnits();
        ScaleLedger ledger = new ScaleLedger(database);
        Map<Long, List<Measured>> sizes = new LinkedHashMap<>();
        try (Server server = Server.watch(database)) {
            server.countStatements();
            for (long size : SIZES) {
                long start = System.nanoTime();
                ledger.growTo(size);
                System.out.printf("%,d items after %d s%n", size, (System.nanoTime() - start) / 1_000_000_000);
                sizes.put(size, measureAll(server, sizes.isEmpty() ? FIRST_WARM_UP : WARM_UP));
                publish(sizes, server.version());
            }
        }
        assertThat(exceeded(sizes)).as("more blocks than the page may read").isEmpty();
    }

    /** An office with a handler in each unit; the example organization has twenty-one. */
    private void openUnits() {
        Map<Tier, List<String>> opened = new HashMap<>();
        String password = passwords.encode("guiling-demo");
        people.as("administrator", () -> {
            for (int i = organization.units().size(); i < UNITS; i++) {
                Tier tier = Tier.values()[i % Tier.values().length];
                List<String> townships = opened.getOrDefault(Tier.TOWNSHIP, List.of("jiaqiao-town"));
                Unit unit = new Unit(
                        "scale-" + i,
                        "第" + i + "单位（示例）",
                        tier,
                        tier == Tier.VILLAGE ? townships.get(i % townships.size()) : null);
                unitChanges.open(unit);
                organization.save(new Person("scale-" + i, "承办" + i, unit.code(), EnumSet.of(Role.HANDLER)), password);
                opened.computeIfAbsent(tier, key -> new ArrayList<>()).add(unit.code());
            }
        });
    }

    private List<Measured> measureAll(Server server, int warmUp) throws Exception {
        // Sessions end while a ledger grows.
        callers.clear();
        Map<String, String> words = words();
        List<Measured> measured = new ArrayList<>();
        for (Page page : ScalePages.all()) {
            Measured figures = measure(server, page, words, warmUp);
            measured.add(figures);
            System.out.printf(
                    Locale.ROOT,
                    "%-60s %d n=%2d min %7.1f p50 %7.1f p95 %7.1f ms | sql %5.1f %8.1f ms %9.0f blocks tmp %6.0f | %6d B%n",
                    figures.page(),
                    figures.status(),
                    figures.calls(),
                    figures.least(),
                    figures.median(),
                    figures.p95(),
                    figures.statements(),
                    figures.statementsMilliseconds(),
                    figures.blocks(),
                    figures.temporaryBlocks(),
                    figures.bytes());
        }
        return measured;
    }

    /** What stands for a word in braces in a path, in the ledger as it is now. */
    private Map<String, String> words() {
        Map<String, String> words = new HashMap<>();
        LocalDate today = LocalDate.now(clock);
        words.put("today", today.toString());
        words.put("30 days ago", today.minusDays(30).toString());
        words.put("item", text("""
                select item_no from item
                where lead_unit = (select unit_code from person where id = 'handler') and status = 'RECTIFYING'
                  and visibility <> 'RESTRICTED' order by id desc limit 1"""));
        words.put(
                "source document",
                UriUtils.encode(
                        text(
                                "select source_doc_no from item order by id offset (select count(*) / 2 from item) limit 1"),
                        StandardCharsets.UTF_8));
        words.put("half by due date", cursor("DUE", """
                select coalesce(case when clock.open then clock.due end, 'infinity') || '|' || clock.item_id from item_clock clock
                order by coalesce(case when clock.open then clock.due end, 'infinity'), clock.item_id
                offset (select count(*) / 2 from item) limit 1"""));
        String half =
                text("select 'infinity|' || id from item order by id offset (select count(*) / 2 from item) limit 1");
        words.put("half by newest", cursor("NEWEST", "select '" + half + "'"));
        words.put("half by oldest", cursor("REGISTERED", "select '" + half + "'"));
        for (String id : ScalePages.PEOPLE) {
            long total = toDos.waitingFor(organization.person(id).orElseThrow(), 0, 1)
                    .total();
            words.put("last page of " + id, Long.toString(Math.max(0, total - 1) / TO_DOS_OF_A_PAGE));
        }
        for (String filter : List.of("mine", "unit", "verification", "sign-off", "due-soon", "overdue")) {
            words.put(
                    "filter." + filter,
                    jdbc.sql("select id_ from act_ru_filter where name_ = ?")
                            .param(texts.get("filter." + filter))
                            .query(String.class)
                            .single());
        }
        return words;
    }

    /** A place in the ledger, as an address names it. */
    private String cursor(String sort, String query) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((sort + "|" + text(query)).getBytes(StandardCharsets.US_ASCII));
    }

    private String text(String query) {
        return jdbc.sql(query).query(String.class).single();
    }

    private Measured measure(Server server, Page page, Map<String, String> words, int warmUp) throws Exception {
        Caller caller = caller(page);
        String path = page.path();
        for (Map.Entry<String, String> word : words.entrySet()) {
            path = path.replace("{" + word.getKey() + "}", word.getValue());
        }
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        for (int i = 0; i < warmUp && System.nanoTime() < deadline; i++) {
            caller.download(path);
        }
        server.forgetStatements();
        deadline = System.nanoTime() + TIMEOUT.toNanos();
        List<Double> times = new ArrayList<>();
        HttpResponse<byte[]> answer = null;
        while (times.size() < CALLS && (System.nanoTime() < deadline || times.size() < CALLS_AT_LEAST)) {
            long start = System.nanoTime();
            answer = caller.download(path);
            times.add((System.nanoTime() - start) / 1e6);
            assertThat(answer.statusCode()).as(page.spoken() + ": " + path).isEqualTo(200);
        }
        int calls = times.size();
        Server.Read read = server.read(DATABASE).each(calls);
        dearest.append(page.spoken()).append('\n');
        server.dearest(DATABASE, DEAREST)
                .forEach(statement -> dearest.append("    ").append(statement).append('\n'));
        times.sort(null);
        return new Measured(
                page.spoken(),
                answer.statusCode(),
                calls,
                times.get(0),
                times.get(calls / 2),
                times.get((int) Math.ceil(0.95 * calls) - 1),
                read.statements(),
                read.milliseconds(),
                read.blocks(),
                read.temporaryBlocks(),
                answer.body().length);
    }

    /** Pages and Tasklist by a session, {@code /api} as a script. */
    private Caller caller(Page page) {
        String door = Stream.of("/api/", "/camunda/")
                .filter(page.path()::startsWith)
                .findFirst()
                .orElse("/");
        return callers.computeIfAbsent(door + page.person(), key -> (switch (door) {
                    case "/api/" -> Caller.script(port, page.person());
                    case "/camunda/" -> Caller.webApp(port, page.person());
                    default -> Caller.browser(port, page.person());
                })
                .with("Accept-Encoding", "gzip"));
    }

    private static List<String> exceeded(Map<Long, List<Measured>> sizes) {
        Map<String, Long> most = new HashMap<>();
        ScalePages.all().stream()
                .filter(page -> page.mostBlocks() != null)
                .forEach(page -> most.put(page.spoken(), page.mostBlocks()));
        List<String> exceeded = new ArrayList<>();
        sizes.forEach((size, pages) -> pages.stream()
                .filter(page -> most.containsKey(page.page()) && page.blocks() > most.get(page.page()))
                .forEach(page ->
                        exceeded.add("%s, %,d items: %.0f blocks".formatted(page.page(), size, page.blocks()))));
        return exceeded;
    }

    /** After each size, so that what was measured stays if the next one fails. */
    private void publish(Map<Long, List<Measured>> sizes, String version) throws IOException {
        String machine = "%s; %s; PostgreSQL %s; Java %s"
                .formatted(
                        LocalDate.now(),
                        Machine.describe(),
                        version,
                        Runtime.version().feature());
        Files.writeString(
                Path.of("target/benchmark-scale.json"),
                new ObjectMapper()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .writeValueAsString(Map.of("machine", machine, "sizes", sizes)));
        Files.writeString(Path.of("target/benchmark-scale-statements.txt"), dearest);
        new Report("every page")
                .line("%s. Medians of up to %d calls, at least %d.", machine, CALLS, CALLS_AT_LEAST)
                .line("")
                .table(table(sizes))
                .publish();
    }

    private static List<List<String>> table(Map<Long, List<Measured>> sizes) {
        List<List<String>> table = new ArrayList<>();
        List<Long> all = List.copyOf(sizes.keySet());
        List<Long> later = all.subList(1, all.size());
        table.add(row(
                "page",
                all.stream().map("%,d: ms, p95"::formatted),
                later.stream().map(size -> "×"),
                all.stream().map("%,d: blocks"::formatted),
                later.stream().map(size -> "×"),
                Stream.of("statements", "bytes")));
        for (int i = 0; i < sizes.get(all.get(0)).size(); i++) {
            int line = i;
            Function<Long, Measured> at = size -> sizes.get(size).get(line);
            Measured first = at.apply(all.get(0));
            Measured last = at.apply(all.get(all.size() - 1));
            table.add(row(
                    first.page(),
                    all.stream().map(at).map(page -> number(page.median()) + ", " + number(page.p95())),
                    later.stream().map(at).map(page -> number(page.median() / first.median())),
                    all.stream().map(at).map(page -> "%,.0f".formatted(page.blocks())),
                    later.stream().map(at).map(page -> number(page.blocks() / Math.max(1, first.blocks()))),
                    Stream.of(number(last.statements()), "%,d".formatted(last.bytes()))));
        }
        return table;
    }

    @SafeVarargs
    private static List<String> row(String name, Stream<String>... figures) {
        return Stream.concat(Stream.of(name), Stream.of(figures).flatMap(part -> part))
                .toList();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
    }
}
