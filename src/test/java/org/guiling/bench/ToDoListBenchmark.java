package org.guiling.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.TaskQuery;
import org.guiling.engine.Samples;
import org.guiling.engine.service.ItemProcesses;
import org.guiling.engine.service.Tasks;
import org.guiling.item.todo.ToDos;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Unit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The first page of a person's to-do list and the number of all, beside the engine's own query with authorization on,
 * for somebody with few and somebody with many.
 */
@Benchmark
class ToDoListBenchmark {

    private static final int OPEN_ITEMS = 10_000;
    private static final int CHUNK = 250;
    private static final int ONE_OF_OURS_IN = 250;
    private static final int WARM_UP = 5;
    private static final int CALLS = 50;
    private static final int PAGE = 25;
    /** The engine is called no longer than this, but at least {@link #CALLS_AT_LEAST} times. */
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private static final int CALLS_AT_LEAST = 3;

    @Autowired
    private JdbcConnectionDetails database;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private ItemProcesses itemProcesses;

    @Autowired
    private Tasks tasks;

    @Autowired
    private ToDos toDos;

    @Autowired
    private CurrentPerson currentPerson;

    @Autowired
    private Organization organization;

    @Autowired
    private TaskService engineTasks;

    @Autowired
    private IdentityService engineIdentities;

    @Autowired
    private PlatformTransactionManager transactions;

    private StatementCounter counter;

    private record Measured(int calls, double milliseconds, long statements) {}

    @Test
    void theFirstPageOfALongList() throws Exception {
        counter = Benchmark.Counting.counter();
        fill();
        jdbc.sql("vacuum analyze").update();
        List<List<String>> table = new ArrayList<>();
        table.add(List.of(
                "person, to-dos of " + "%,d".formatted(OPEN_ITEMS) + " open items",
                "Guiling, ms",
                "statements",
                "engine, ms",
                "statements",
                "engine's calls measured"));
        List<String> plans = new ArrayList<>();
        for (String id : List.of("handler", "reviewer")) {
            Person person = organization.person(id).orElseThrow();
            long total = toDos.waitingFor(person, 0, PAGE).total();
            assertThat(engineCall(person)).isEqualTo(total);
            Measured ours = measure(() -> toDos.waitingFor(person, 0, PAGE).total(), total);
            Measured engine = measure(() -> engineCall(person), total);
            table.add(List.of(
                    "%s, %,d".formatted(id, total),
                    "%.1f".formatted(ours.milliseconds()),
                    "" + ours.statements(),
                    "%.1f".formatted(engine.milliseconds()),
                    "" + engine.statements(),
                    "" + engine.calls()));
            plans.add(id + ":");
            plans.addAll(counter.plansOf(() -> toDos.waitingFor(person, 0, PAGE)));
        }
        Files.write(Path.of("target/benchmark-plans.txt"), plans);
        try (Server server = Server.connect(database)) {
            new Report("to-do list")
                    .line(
                            "%s; %s; PostgreSQL %s. Medians of %d calls, the engine's for at most %d seconds.",
                            LocalDate.now(), Machine.describe(), server.version(), CALLS, TIMEOUT.toSeconds())
                    .line("")
                    .table(table)
                    .publish();
        }
    }

    /** Half of the items wait for the reviewer, half for the people of twenty units; a few are the handler's own. */
    private void fill() {
        List<String> others = organization.units().stream()
                .map(Unit::code)
                .filter(code -> !code.equals(Samples.CITY_UNIT))
                .toList();
        Person registrar = organization.person("registrar").orElseThrow();
        Person reviewer = organization.person("reviewer").orElseThrow();
        Person handler = organization.person("handler").orElseThrow();
        TransactionTemplate chunk = new TransactionTemplate(transactions);
        for (int start = 0; start < OPEN_ITEMS; start += CHUNK) {
            List<Integer> numbers =
                    IntStream.range(start, start + CHUNK).boxed().toList();
            chunk.executeWithoutResult(status -> numbers.forEach(number -> {
                boolean ours = number % ONE_OF_OURS_IN == 0;
                Map<String, Object> fields = Samples.registration(LocalDate.now());
                fields.put("leadUnit", ours ? Samples.CITY_UNIT : others.get(number % others.size()));
                String itemNo = currentPerson.callAs(
                        registrar, () -> itemProcesses.register(fields).itemNo());
                if (number % 2 == 0) {
                    complete(reviewer, itemNo, Samples.acceptance());
                }
                if (number % (2 * ONE_OF_OURS_IN) == 0) {
                    complete(handler, itemNo, Samples.claim(handler.id()));
                }
            }));
        }
    }

    private void complete(Person person, String itemNo, Map<String, Object> fields) {
        currentPerson.callAs(person, () -> {
            tasks.complete(toDos.of(itemNo).get(0).taskId(), fields);
            return null;
        });
    }

    private Measured measure(LongSupplier call, long expected) {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        List<Double> times = new ArrayList<>();
        long statements = 0;
        for (int i = -WARM_UP; i < CALLS; i++) {
            boolean patient = System.nanoTime() < deadline;
            if (!patient && times.size() >= CALLS_AT_LEAST) {
                break;
            }
            long before = counter.statements();
            long start = System.nanoTime();
            long total = call.getAsLong();
            double time = (System.nanoTime() - start) / 1e6;
            assertThat(total).isEqualTo(expected);
            if (i >= 0 || !patient) {
                times.add(time);
                statements = counter.statements() - before;
            }
        }
        times.sort(null);
        return new Measured(times.size(), times.get(times.size() / 2), statements);
    }

    /** A page and a count, as Tasklist asks for them in somebody's name. */
    private long engineCall(Person person) {
        List<String> groups = List.copyOf(person.groups());
        engineIdentities.setAuthentication(person.id(), groups);
        try {
            TaskQuery query = engineTasks
                    .createTaskQuery()
                    .or()
                    .taskAssignee(person.id())
                    .taskCandidateGroupIn(groups)
                    .endOr()
                    .orderByDueDate()
                    .asc();
            assertThat(query.listPage(0, PAGE)).isNotEmpty();
            return query.count();
        } finally {
            engineIdentities.clearAuthentication();
        }
    }
}
