package org.guiling.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.guiling.engine.service.ItemProcesses;
import org.guiling.engine.service.Tasks;
import org.guiling.item.ItemStatus;
import org.guiling.item.Items;
import org.guiling.item.todo.ToDos;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;

/**
 * Measures the cost of an item to the database from its registration to its closing, beside the bare engine. The gates
 * hold counts only. docs/performance.md explains what the figures say, and what they do not.
 */
@Benchmark
class LifeCycleBenchmark {

    private static final int WARM_UP = 20;
    private static final int ROUNDS = 3;
    private static final int LIFE_CYCLES = 50;
    private static final String GUILING = "Guiling";
    private static final String BARE = "bare engine";
    private static final String BARE_FIELDS = "bare, form fields too";
    private static final String BARE_AUDIT = "bare, history `audit`";

    private static final List<Figure> FIGURES = List.of(
            new Figure("SQL statements", Cost::statements, 0.70),
            new Figure("commits", Cost::commits, 0.65),
            new Figure("WAL bytes, without full-page images", Cost::recordBytes, 0.55),
            new Figure("driver calls, a batch as one", Cost::calls, null),
            new Figure("commits, the server's count", Cost::serverCommits, null),
            new Figure("WAL bytes of full-page images", Cost::imageBytes, null),
            new Figure("life-cycles a second", Cost::perSecond, null));

    @Autowired
    private JdbcConnectionDetails database;

    @Autowired
    private ItemProcesses itemProcesses;

    @Autowired
    private Tasks tasks;

    @Autowired
    private Items items;

    @Autowired
    private ToDos toDos;

    @Autowired
    private CurrentPerson currentPerson;

    @Autowired
    private Organization organization;

    private final Map<String, Person> people = new HashMap<>();

    /** The cost of one life-cycle of a run. */
    private record Cost(
            double statements,
            double calls,
            double commits,
            double serverCommits,
            double recordBytes,
            double imageBytes,
            double perSecond) {}

    /** @param gate the most that Guiling may cost, as a share of the bare engine; null where nothing is held */
    private record Figure(String name, ToDoubleFunction<Cost> of, Double gate) {

        double median(List<Cost> runs) {
            double[] sorted = runs.stream().mapToDouble(of).sorted().toArray();
            return sorted[sorted.length / 2];
        }
    }

    private record Side(String name, String database, HikariDataSource pool, StatementCounter counter, Runnable work) {}

    @Test
    void aLifeCycleCostsLessThanOnTheBareEngine() throws Exception {
        try (Server server = Server.watch(database);
                BareEngine bare = bare(server, "bare", ProcessEngineConfiguration.HISTORY_FULL, false);
                BareEngine fields = bare(server, "bare_fields", ProcessEngineConfiguration.HISTORY_FULL, true);
                BareEngine audit = bare(server, "bare_audit", ProcessEngineConfiguration.HISTORY_AUDIT, false)) {
            StatementCounter counter = Benchmark.Counting.counter();
            List<Side> sides = List.of(
                    new Side(GUILING, "postgres", counter.uncounted(), counter, this::ourLifeCycle),
                    side(BARE, "bare", bare),
                    side(BARE_FIELDS, "bare_fields", fields),
                    side(BARE_AUDIT, "bare_audit", audit));
            server.execute("checkpoint");
            for (int i = 0; i < WARM_UP; i++) {
                assertThat(items.get(ourLifeCycle()).status()).isEqualTo(ItemStatus.CLOSED);
                for (BareEngine engine : List.of(bare, fields, audit)) {
                    assertThat(engine.hasEnded(engine.lifeCycle(fields()))).isTrue();
                }
            }
            Map<String, List<Cost>> costs = new LinkedHashMap<>();
            for (int round = 0; round < ROUNDS; round++) {
                for (Side side : sides) {
                    costs.computeIfAbsent(side.name(), name -> new ArrayList<>())
                            .add(cost(server, side));
                }
            }
            writeTexts(sides);
            publish(costs, server.version());
            assertThat(exceeded(costs)).as("more than the gate allows").isEmpty();
        }
    }

    private static BareEngine bare(Server server, String name, String history, boolean withFields) throws SQLException {
        server.execute("create database " + name);
        return BareEngine.start(server.pool(name), history, withFields);
    }

    private static Side side(String name, String database, BareEngine engine) {
        return new Side(
                name,
                database,
                engine.counter().uncounted(),
                engine.counter(),
                () -> engine.lifeCycle(LifeCycleFields.on(LocalDate.now())));
    }

    private static Cost cost(Server server, Side side) throws SQLException {
        Server.Mark before = server.mark(side.database(), side.pool());
        StatementCounter counter = side.counter();
        long statements = counter.statements();
        long calls = counter.calls();
        long commits = counter.commits();
        long start = System.nanoTime();
        for (int i = 0; i < LIFE_CYCLES; i++) {
            side.work().run();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Server.Written written = server.between(before, server.mark(side.database(), side.pool()));
        return new Cost(
                (counter.statements() - statements) / (double) LIFE_CYCLES,
                (counter.calls() - calls) / (double) LIFE_CYCLES,
                (counter.commits() - commits) / (double) LIFE_CYCLES,
                written.commits() / (double) LIFE_CYCLES,
                written.recordBytes() / (double) LIFE_CYCLES,
                written.imageBytes() / (double) LIFE_CYCLES,
                LIFE_CYCLES / seconds);
    }

    /** Each task is looked up once and completed once, by people who signed on long ago. */
    private String ourLifeCycle() {
        LifeCycleFields fields = fields();
        String itemNo = as(
                "registrar", () -> itemProcesses.register(fields.registration()).itemNo());
        complete(itemNo, "reviewer", fields.acceptance());
        complete(itemNo, "handler", fields.claim());
        complete(itemNo, "handler", fields.plan());
        complete(itemNo, "supervisor", fields.planApproval());
        complete(itemNo, "handler", fields.rectification());
        complete(itemNo, "verifier", fields.verification());
        complete(itemNo, "supervisor", fields.signOff());
        return itemNo;
    }

    private void complete(String itemNo, String person, Map<String, Object> fields) {
        as(person, () -> {
            tasks.complete(toDos.of(itemNo).get(0).taskId(), fields);
            return null;
        });
    }

    private <T> T as(String id, Supplier<T> work) {
        Person person =
                people.computeIfAbsent(id, key -> organization.person(key).orElseThrow());
        return currentPerson.callAs(person, work);
    }

    private static LifeCycleFields fields() {
        return LifeCycleFields.on(LocalDate.now());
    }

    private static double ratio(Figure figure, Map<String, List<Cost>> costs) {
        return figure.median(costs.get(GUILING)) / figure.median(costs.get(BARE));
    }

    private static List<String> exceeded(Map<String, List<Cost>> costs) {
        return FIGURES.stream()
                .filter(figure -> figure.gate() != null && ratio(figure, costs) > figure.gate())
                .map(figure -> "%s: %.3f".formatted(figure.name(), ratio(figure, costs)))
                .toList();
    }

    private static void publish(Map<String, List<Cost>> costs, String version) throws IOException {
        List<List<String>> table = new ArrayList<>();
        table.add(row("per life-cycle", costs.keySet().stream(), "Guiling / bare", "at most"));
        for (Figure figure : FIGURES) {
            table.add(row(
                    figure.name(),
                    costs.values().stream().map(runs -> number(figure.median(runs))),
                    figure.median(costs.get(BARE)) == 0 ? "" : "%.3f".formatted(ratio(figure, costs)),
                    figure.gate() == null ? "" : "%.2f".formatted(figure.gate())));
        }
        new Report("life-cycle")
                .line(
                        "%s; %s; PostgreSQL %s; Java %s. Medians of %d runs of %d life-cycles each, in turn.",
                        LocalDate.now(),
                        Machine.describe(),
                        version,
                        Runtime.version().feature(),
                        ROUNDS,
                        LIFE_CYCLES)
                .line("")
                .table(table)
                .publish();
    }

    private static List<String> row(String name, Stream<String> figures, String... more) {
        return Stream.of(Stream.of(name), figures, Stream.of(more))
                .flatMap(part -> part)
                .toList();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 1000 ? "%.1f" : "%,.0f", value);
    }

    private static void writeTexts(List<Side> sides) throws IOException {
        StringBuilder all = new StringBuilder();
        for (Side side : sides) {
            side.counter().forgetTexts();
            side.work().run();
            all.append("One life-cycle, ").append(side.name()).append(":\n");
            all.append(side.counter().texts().entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                            .thenComparing(Map.Entry.comparingByKey()))
                    .map(text -> "%4d  %s".formatted(text.getValue(), text.getKey()))
                    .collect(Collectors.joining("\n", "", "\n\n")));
        }
        Files.writeString(Path.of("target/benchmark-statements.txt"), all);
    }
}
