package org.guiling.bench;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.task.Task;
import org.guiling.process.Samples;

/**
 * The yardstick: our model on an engine with Camunda's defaults, no record, no rules, no checks. It gets only the
 * variables that gateways, rules and expressions read.
 */
final class BareEngine implements AutoCloseable {

    private static final String KEY = "five-step-zeroing";

    private final HikariDataSource pool;
    private final StatementCounter counter;
    private final ProcessEngine engine;

    private BareEngine(HikariDataSource pool, StatementCounter counter, ProcessEngine engine) {
        this.pool = pool;
        this.counter = counter;
        this.engine = engine;
    }

    static BareEngine start(HikariDataSource pool) {
        StatementCounter counter = StatementCounter.around(pool);
        StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
        configuration.setProcessEngineName("bare");
        configuration.setDataSource(counter.dataSource());
        configuration.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
        configuration.setHistory(ProcessEngineConfiguration.HISTORY_FULL);
        configuration.setJobExecutorActivate(false);
        configuration.setBeans(new HashMap<>(Map.of(
                "registerItemListener", (ExecutionListener) execution -> {},
                "closeItemDelegate", (JavaDelegate) execution -> {},
                "taskDeadlines", new InAWeek())));
        ProcessEngine engine = configuration.buildProcessEngine();
        engine.getRepositoryService()
                .createDeployment()
                .addClasspathResource("processes/five-step-zeroing.bpmn")
                .addClasspathResource("processes/closing-authority.dmn")
                .addClasspathResource("processes/time-limits.dmn")
                .deploy();
        return new BareEngine(pool, counter, engine);
    }

    /** Public, because expressions call it. */
    public static final class InAWeek {
        public Date dueDate(DelegateExecution execution) {
            return new Date(System.currentTimeMillis() + 7 * 86_400_000L);
        }
    }

    StatementCounter counter() {
        return counter;
    }

    /** One item from its report to its closing. */
    String lifeCycle() {
        String itemNo = UUID.randomUUID().toString();
        String instance = engine.getRuntimeService()
                .startProcessInstanceByKey(
                        KEY,
                        itemNo,
                        Map.of(
                                "itemNo",
                                itemNo,
                                "title",
                                "测试事项 " + itemNo,
                                "unitName",
                                "市住房和城乡建设局",
                                "leadUnit",
                                Samples.CITY_UNIT))
                .getId();
        complete(instance, "reviewer", Map.of("outcome", "ACCEPT"));
        complete(instance, "handler", Map.of("handler", "handler"));
        complete(instance, "handler", Map.of());
        complete(instance, "supervisor", Map.of("outcome", "APPROVE"));
        complete(instance, "handler", Map.of("outcome", "SUBMIT"));
        complete(
                instance,
                "verifier",
                Map.of("outcome", "PASS", "level", 1, "tier", "CITY", "township", "", "approvals", 0));
        complete(instance, "supervisor", Map.of("outcome", "APPROVE", "approvals", 1));
        return instance;
    }

    private void complete(String instance, String person, Map<String, Object> variables) {
        Task task = engine.getTaskService()
                .createTaskQuery()
                .processInstanceId(instance)
                .singleResult();
        engine.getTaskService().claim(task.getId(), person);
        engine.getTaskService().complete(task.getId(), variables);
    }

    List<String> endsOf(String instance) {
        return engine
                .getHistoryService()
                .createHistoricActivityInstanceQuery()
                .processInstanceId(instance)
                .activityId("item-zeroed")
                .list()
                .stream()
                .map(activity -> activity.getActivityId())
                .toList();
    }

    @Override
    public void close() {
        engine.close();
        pool.close();
    }
}
