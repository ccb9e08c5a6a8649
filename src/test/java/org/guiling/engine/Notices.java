package org.guiling.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.guiling.TestClock;
import org.guiling.notification.ChannelName;
import org.guiling.notification.Notice;
import org.guiling.notification.NoticeKind;
import org.guiling.notification.Notifications;
import org.guiling.notification.OutsideWorld;
import org.guiling.organization.Addresses;
import org.guiling.organization.Organization;
import org.guiling.workflow.NotificationProcess;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Tells people something and looks after what becomes of it; runs the engine's jobs, since no executor does in tests. */
@TestComponent
public class Notices {

    /** A Friday, and within working hours. */
    public static final String WORKING_HOUR = "2026-11-20T10:00";

    private static final AtomicInteger NUMBERS = new AtomicInteger(700_000);

    private final Notifications notifications;
    private final ManagementService management;
    private final RuntimeService runtime;
    private final Organization organization;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final TestClock clock;
    private volatile Consumer<DelegateTask> onTask = task -> {};

    Notices(
            Notifications notifications,
            ManagementService management,
            RuntimeService runtime,
            Organization organization,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            TestClock clock) {
        this.notifications = notifications;
        this.management = management;
        this.runtime = runtime;
        this.organization = organization;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** Does something inside the engine's command whenever a task is created, as a caller in the engine would. */
    public void whenTaskIsCreated(Consumer<DelegateTask> work) {
        onTask = work;
    }

    @EventListener
    void on(DelegateTask task) {
        if (TaskListener.EVENTNAME_CREATE.equals(task.getEventName())) {
            onTask.accept(task);
        }
    }

    /** @param notBefore null for at once */
    public record Delivery(
            long id,
            ChannelName channel,
            String person,
            String state,
            int attempts,
            Instant notBefore,
            String lastError) {}

    /** A working hour, nothing that waits from other tests, everything up. */
    public void startAfresh() {
        onTask = task -> {};
        clock.reset();
        timeIs(WORKING_HOUR);
        runtime.createProcessInstanceQuery()
                .processDefinitionKey(NotificationProcess.KEY)
                .list()
                .forEach(instance -> runtime.deleteProcessInstance(instance.getId(), "another test's"));
        jdbc.sql("truncate delivery_notice, delivery, notice").update();
        OutsideWorld.reset();
    }

    public void timeIs(String local) {
        Instant target = LocalDateTime.parse(local).atZone(clock.getZone()).toInstant();
        clock.advance(Duration.between(clock.instant(), target));
    }

    /** A number that no other test uses. */
    public String newItemNo() {
        return "ZG-2026-" + NUMBERS.incrementAndGet();
    }

    public void tell(NoticeKind kind, String itemNo, String occasion, String... people) {
        transaction.executeWithoutResult(
                status -> notifications.notify(Notice.of(kind, itemNo, List.of(people), occasion)));
    }

    /** Leaves aside that tasks came to wait. */
    public void forgetTasks() {
        jdbc.sql("""
                        delete from delivery_notice
                        where notice_id in (select id from notice where kind = 'TASK_WAITING')""").update();
        jdbc.sql("delete from delivery where deduplication_key like '%|TASK_WAITING|%'")
                .update();
    }

    /** The task waits no longer, or somebody has it in hand. */
    public void settle(String itemNo, String task, String inHandOf) {
        transaction.executeWithoutResult(status -> notifications.settle(itemNo, task, inHandOf));
    }

    /** Tells, and then something goes wrong. */
    public void tellAndRollBack(NoticeKind kind, String itemNo, String occasion, String... people) {
        transaction.executeWithoutResult(status -> {
            notifications.notify(Notice.of(kind, itemNo, List.of(people), occasion));
            status.setRollbackOnly();
        });
    }

    /** Takes a person's addresses away for the time of the work. */
    public void withoutAddresses(String person, Runnable work) {
        Addresses addresses = organization.addresses(person);
        organization.save(person, new Addresses(null, null, null));
        try {
            work.run();
        } finally {
            organization.save(person, addresses);
        }
    }

    public List<Delivery> deliveries() {
        return jdbc.sql("select * from delivery order by id")
                .query((row, index) -> new Delivery(
                        row.getLong("id"),
                        ChannelName.valueOf(row.getString("channel")),
                        row.getString("person"),
                        row.getString("state"),
                        row.getInt("attempts"),
                        row.getTimestamp("not_before") == null
                                ? null
                                : row.getTimestamp("not_before").toInstant(),
                        row.getString("last_error")))
                .list();
    }

    public List<Delivery> deliveries(ChannelName channel) {
        return deliveries().stream()
                .filter(delivery -> delivery.channel() == channel)
                .toList();
    }

    /** The only delivery of the channel. */
    public Delivery delivery(ChannelName channel) {
        List<Delivery> found = deliveries(channel);
        assertThat(found).as("deliveries by %s", channel).hasSize(1);
        return found.get(0);
    }

    public Delivery delivery(long id) {
        return deliveries().stream()
                .filter(delivery -> delivery.id() == id)
                .findFirst()
                .orElseThrow();
    }

    public Optional<ProcessInstance> instance(Delivery delivery) {
        return Optional.ofNullable(runtime.createProcessInstanceQuery()
                .processDefinitionKey(NotificationProcess.KEY)
                .processInstanceBusinessKey(Long.toString(delivery.id()))
                .singleResult());
    }

    /** The one job of a delivery that is on its way. */
    public Job job(Delivery delivery) {
        return management
                .createJobQuery()
                .processInstanceId(instance(delivery).orElseThrow().getId())
                .singleResult();
    }

    /** The stack trace of a failed job, as Cockpit shows it. */
    public String stacktrace(Delivery delivery) {
        return management.getJobExceptionStacktrace(job(delivery).getId());
    }

    /** Runs what waits for the delivery as the job executor would; empty when it went well. */
    public Optional<RuntimeException> run(Delivery delivery) {
        try {
            management.executeJob(job(delivery).getId());
            return Optional.empty();
        } catch (RuntimeException failure) {
            return Optional.of(failure);
        }
    }

    /** Runs what waits for the channel until nothing is left; fails when anything does. */
    public void runAll(ChannelName channel) {
        for (Delivery delivery : deliveries(channel)) {
            while (instance(delivery).isPresent()) {
                run(delivery).ifPresent(failure -> {
                    throw failure;
                });
            }
        }
    }

    /** Runs whatever waits and has attempts left, once each, timers included; says how many jobs failed. */
    public long runOnce() {
        return management
                .createJobQuery()
                .processDefinitionKey(NotificationProcess.KEY)
                .withRetriesLeft()
                .list()
                .stream()
                .sorted(Comparator.comparing(Job::getId))
                .filter(job -> {
                    try {
                        management.executeJob(job.getId());
                        return false;
                    } catch (RuntimeException failure) {
                        return true;
                    }
                })
                .count();
    }

    public long incidents() {
        return runtime.createIncidentQuery()
                .processDefinitionKeyIn(NotificationProcess.KEY)
                .count();
    }
}
