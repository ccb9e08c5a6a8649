package org.guiling.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.TaskQuery;
import org.guiling.GuilingTest;
import org.guiling.item.ItemStatus;
import org.guiling.item.ToDos;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.process.ItemProcesses;
import org.guiling.process.LifeCycle;
import org.guiling.process.Samples;
import org.guiling.process.Tasks;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What an item costs the database beside the bare engine, and what the first page of a full list costs beside the
 * engine's own query. Run by {@code mvn -Pbench verify}; what the figures say is in docs/performance.md.
 */
@Tag("benchmark")
@GuilingTest
// The job executor looks for jobs whenever it likes, and the coverage of the models is no part of the product.
@TestPropertySource(properties = {"camunda.bpm.job-execution.enabled=false", "camunda.bpm.eventing.execution=false"})
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LifeCycleBenchmark {

    private static final int WARM_UP = 20;
    private static final int PAIRS = 3;
    private static final int LIFE_CYCLES = 50;
    private static final int OPEN_ITEMS = 10_000;
    private static final int CHUNK = 500;
    private static final int LIST_RUNS = 30;
    private static final int PAGE = 25;
    private static final Duration ENGINE_PATIENCE = Duration.ofSeconds(45);
    private static final StringBuilder REPORT = new StringBuilder();

    private static StatementCounter ours;

    private final Map<String, Person> persons = new ConcurrentHashMap<>();

    @Autowired
    private JdbcConnectionDetails database;

    @Autowired
    private ItemProcesses itemProcesses;

    @Autowired
    private Tasks tasks;

    @Autowired
    private ToDos toDos;

    @Autowired
    private LifeCycle lifeCycle;

    @Autowired
    private CurrentPerson currentPerson;

    @Autowired
    private Organization organization;

    @Autowired
    private TaskService engineTasks;

    @Autowired
    private IdentityService engineIdentity;

    @Autowired
    private PlatformTransactionManager transactions;

    @TestConfiguration(proxyBeanMethods = false)
    static class Counting {

        @Bean
        static BeanPostProcessor countingDataSource() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    if (bean instanceof HikariDataSource pool) {
                        ours = StatementCounter.around(pool);
                        return ours.dataSource();
                    }
                    return bean;
                }
            };
        }
    }

    /** What so many life-cycles cost; the server's own count of commits includes those of the measuring. */
    private record Cost(double statements, double commits, double serverCommits, double walBytes, double fullPages) {}

    private record Gate(String name, ToDoubleFunction<Cost> figure, double limit) {}

    private static final List<Gate> GATES = List.of(
            new Gate("SQL statements", Cost::statements, 0.70),
            new Gate("commits", Cost::commits, 0.65),
            new Gate("WAL bytes", Cost::walBytes, 0.55));

    @Test
    @Order(1)
    void aLifeCycleCostsLessThanOnTheBareEngine() throws Exception {
        List<Cost> ourCosts = new ArrayList<>();
        List<Cost> bareCosts = new ArrayList<>();
        try (Connection observer = observer();
                Statement observing = observer.createStatement()) {
            observing.execute("create database bare");
            try (BareEngine bare = BareEngine.start(pool(url("bare")))) {
                observing.execute("checkpoint");
                for (int i = 0; i < WARM_UP; i++) {
                    assertThat(lifeCycle.item(ourLifeCycle()).status()).isEqualTo(ItemStatus.CLOSED);
                    assertThat(bare.endsOf(bare.lifeCycle())).hasSize(1);
                }
                for (int pair = 0; pair < PAIRS; pair++) {
                    ourCosts.add(cost(observing, "postgres", ours, this::ourLifeCycle));
                    bareCosts.add(cost(observing, "bare", bare.counter(), bare::lifeCycle));
                }
                writeTexts(bare);
            }
        }
        report("## One life-cycle: %d pairs of %d each, medians per life-cycle%n%n".formatted(PAIRS, LIFE_CYCLES));
        report("| | Guiling | bare engine | ratio | gate |%n|---|--:|--:|--:|--:|%n".formatted());
        List<String> exceeded = new ArrayList<>();
        for (Gate gate : GATES) {
            double our = median(ourCosts, gate.figure());
            double theirs = median(bareCosts, gate.figure());
            report("| %s | %.1f | %.1f | %.3f | %.2f |%n"
                    .formatted(gate.name(), our, theirs, our / theirs, gate.limit()));
            if (our / theirs > gate.limit()) {
                exceeded.add("%s: %.3f of %.2f".formatted(gate.name(), our / theirs, gate.limit()));
            }
        }
        report("| commits, the server's count | %.1f | %.1f | | |%n"
                .formatted(median(ourCosts, Cost::serverCommits), median(bareCosts, Cost::serverCommits)));
        report("| full-page images | %.2f | %.2f | | |%n%n"
                .formatted(median(ourCosts, Cost::fullPages), median(bareCosts, Cost::fullPages)));
        report("| pair | | statements | commits | WAL bytes | full-page images |%n|--:|---|--:|--:|--:|--:|%n"
                .formatted());
        for (int pair = 0; pair < PAIRS; pair++) {
            reportPair(pair + 1, "Guiling", ourCosts.get(pair));
            reportPair(pair + 1, "bare engine", bareCosts.get(pair));
        }
        report("\n");
        writeReport();
        if (!exceeded.isEmpty()) {
            System.out.println(Files.readString(Path.of("target/benchmark-statements.txt")));
        }
        assertThat(exceeded).isEmpty();
    }

    @Test
    @Order(2)
    void theFirstPageOfAFullList() throws Exception {
        TransactionTemplate chunk = new TransactionTemplate(transactions);
        IntStream.range(0, OPEN_ITEMS / CHUNK)
                .parallel()
                .forEach(part -> as(
                        "registrar",
                        () -> chunk.execute(status -> {
                            for (int i = 0; i < CHUNK; i++) {
                                itemProcesses.register(lifeCycle.registration());
                            }
                            return null;
                        })));
        System.out.printf("%,d items registered%n", OPEN_ITEMS);
        try (Connection observer = observer();
                Statement observing = observer.createStatement()) {
            observing.execute("vacuum analyze");
        }
        Person reviewer = organization.person("reviewer").orElseThrow();
        List<String> groups = List.copyOf(reviewer.groups());
        assertThat(toDos.waitingFor(reviewer, 0, PAGE).total()).isEqualTo(OPEN_ITEMS);
        List<Double> ourTimes = new ArrayList<>();
        List<Double> engineTimes = new ArrayList<>();
        double ourStatements = 0;
        for (int run = -5; run < LIST_RUNS; run++) {
            long before = ours.statements();
            long start = System.nanoTime();
            ToDos.Page page = toDos.waitingFor(reviewer, 0, PAGE);
            double time = (System.nanoTime() - start) / 1e6;
            ourStatements = ours.statements() - before;
            assertThat(page.toDos()).hasSize(PAGE);
            if (run >= 0) {
                ourTimes.add(time);
            }
        }
        List<Double> pageTimes = new ArrayList<>();
        double engineStatements = 0;
        long patience = System.nanoTime() + ENGINE_PATIENCE.toNanos();
        // One call of the engine takes so long that thirty of them would take a quarter of an hour.
        while (engineTimes.size() < LIST_RUNS && (engineTimes.size() < 3 || System.nanoTime() < patience)) {
            long before = ours.statements();
            long start = System.nanoTime();
            engineIdentity.setAuthentication(reviewer.id(), groups);
            try {
                TaskQuery query = engineTasks
                        .createTaskQuery()
                        .taskCandidateGroupIn(groups)
                        .orderByDueDate()
                        .asc();
                assertThat(query.listPage(0, PAGE)).hasSize(PAGE);
                pageTimes.add((System.nanoTime() - start) / 1e6);
                assertThat(query.count()).isEqualTo(OPEN_ITEMS);
            } finally {
                engineIdentity.clearAuthentication();
            }
            engineTimes.add((System.nanoTime() - start) / 1e6);
            engineStatements = ours.statements() - before;
        }
        double our = median(ourTimes, Double::doubleValue);
        double engine = median(engineTimes, Double::doubleValue);
        report("## The first %d of %,d open items of one reviewer, and how many there are%n%n"
                .formatted(PAGE, OPEN_ITEMS));
        report("| | ToDos.waitingFor | the engine's TaskQuery |%n|---|--:|--:|%n".formatted());
        report("| calls measured | %d | %d |%n".formatted(ourTimes.size(), engineTimes.size()));
        report("| milliseconds per call, median | %.1f | %.1f |%n".formatted(our, engine));
        report("| of these the page, without the count | | %.1f |%n".formatted(median(pageTimes, Double::doubleValue)));
        report("| SQL statements per call | %.0f | %.0f |%n".formatted(ourStatements, engineStatements));
    }

    @AfterAll
    static void writeReport() throws IOException {
        System.out.println(REPORT);
        Files.writeString(Path.of("target/benchmark.md"), REPORT);
    }

    /** One item from its registration to its closing: each task is looked up once and completed once. */
    private String ourLifeCycle() {
        String itemNo = as(
                "registrar",
                () -> itemProcesses.register(lifeCycle.registration()).itemNo());
        complete(itemNo, "reviewer", Samples.acceptance());
        complete(itemNo, "handler", Samples.claim("handler"));
        complete(itemNo, "handler", Samples.plan(lifeCycle.today()));
        complete(itemNo, "supervisor", Samples.planApproval());
        complete(itemNo, "handler", Samples.rectification(lifeCycle.today()));
        complete(itemNo, "verifier", Samples.verification(lifeCycle.today()));
        complete(itemNo, "supervisor", Samples.signOff());
        return itemNo;
    }

    private void complete(String itemNo, String person, Map<String, Object> fields) {
        as(person, () -> {
            tasks.complete(toDos.of(itemNo).get(0).taskId(), fields);
            return null;
        });
    }

    /** Acts as somebody who signed on long ago: looking them up is no part of the life-cycle. */
    private <T> T as(String personId, Supplier<T> work) {
        Person person =
                persons.computeIfAbsent(personId, id -> organization.person(id).orElseThrow());
        return currentPerson.callAs(person, work);
    }

    private Cost cost(Statement observing, String name, StatementCounter counter, Runnable oneLifeCycle)
            throws SQLException {
        long[] serverBefore = server(observing, name, counter);
        long statements = counter.statements();
        long commits = counter.commits();
        for (int i = 0; i < LIFE_CYCLES; i++) {
            oneLifeCycle.run();
        }
        double statementsEach = (counter.statements() - statements) / (double) LIFE_CYCLES;
        double commitsEach = (counter.commits() - commits) / (double) LIFE_CYCLES;
        double[] server = new double[serverBefore.length];
        long[] serverAfter = server(observing, name, counter);
        Arrays.setAll(server, i -> (serverAfter[i] - serverBefore[i]) / (double) LIFE_CYCLES);
        return new Cost(statementsEach, commitsEach, server[2], server[0], server[1]);
    }

    /** The position in the WAL, the full-page images written so far and the database's commits. */
    private static long[] server(Statement observing, String name, StatementCounter counter) throws SQLException {
        // A backend keeps its figures for up to a minute unless it is asked to hand them over; the pool gives this
        // thread the connection that it used before.
        try (Connection connection = counter.uncounted().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_stat_force_next_flush()");
        }
        try (ResultSet row = observing.executeQuery("""
                select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint,
                       (select wal_fpi from pg_stat_wal),
                       (select xact_commit from pg_stat_database where datname = '%s')
                """.formatted(name))) {
            row.next();
            return new long[] {row.getLong(1), row.getLong(2), row.getLong(3)};
        }
    }

    private void writeTexts(BareEngine bare) throws IOException {
        ours.forgetTexts();
        bare.counter().forgetTexts();
        ourLifeCycle();
        bare.lifeCycle();
        Files.writeString(
                Path.of("target/benchmark-statements.txt"),
                "One life-cycle of Guiling:\n" + texts(ours) + "\nOne on the bare engine:\n" + texts(bare.counter()));
    }

    private static String texts(StatementCounter counter) {
        StringBuilder all = new StringBuilder();
        counter.texts().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(text -> all.append("%4d  %s%n".formatted(text.getValue(), text.getKey())));
        return all.toString();
    }

    private static void reportPair(int pair, String who, Cost cost) {
        report("| %d | %s | %.1f | %.1f | %.0f | %.2f |%n"
                .formatted(pair, who, cost.statements(), cost.commits(), cost.walBytes(), cost.fullPages()));
    }

    private static void report(String text) {
        REPORT.append(text);
    }

    private static <T> double median(List<T> all, ToDoubleFunction<T> figure) {
        double[] sorted = all.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private Connection observer() throws SQLException {
        return DriverManager.getConnection(database.getJdbcUrl(), database.getUsername(), database.getPassword());
    }

    private String url(String name) {
        return database.getJdbcUrl().replaceFirst("/[^/?]+(\\?|$)", "/" + name + "$1");
    }

    private HikariDataSource pool(String url) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setUsername(database.getUsername());
        pool.setPassword(database.getPassword());
        pool.addDataSourceProperty("reWriteBatchedInserts", "true");
        return pool;
    }
}
