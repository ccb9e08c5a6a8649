package org.guiling.bench;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.task.Task;
import org.guiling.engine.Samples;

/**
 * The yardstick: our models on an engine with Camunda's defaults and a database of its own; no record, no rules, no
 * checks, delegates that do nothing.
 */
final class BareEngine implements AutoCloseable {

    private static final String KEY = "five-step-zeroing";

    private final HikariDataSource pool;
    private final StatementCounter counter;
    private final ProcessEngine engine;
    private final boolean withFields;

    private BareEngine(HikariDataSource pool, StatementCounter counter, ProcessEngine engine, boolean withFields) {
        this.pool = pool;
        this.counter = counter;
        this.engine = engine;
        this.withFields = withFields;
    }

    /**
     * @param history the engine's history level
     * @param withFields whether every field of every form becomes a variable, as Tasklist's do; otherwise only what
     *     gateways, rules, expressions and Tasklist's columns read
     */
    static BareEngine start(HikariDataSource pool, String history, boolean withFields) {
        StatementCounter counter = StatementCounter.around(pool);
        StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
        configuration.setProcessEngineName("bare-" + UUID.randomUUID());
        configuration.setDataSource(counter.dataSource());
        configuration.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
        configuration.setHistory(history);
        configuration.setJobExecutorActivate(false);
        configuration.setBeans(new HashMap<>(Map.of(
                "registerItemListener", (ExecutionListener) BareEngine::supervise,
                "closeItemDelegate", (JavaDelegate) BareEngine::close,
                "supervision", new InAWeek(),
                "reopenedItemListener", (ExecutionListener) execution -> {},
                "taskDeadlines", new InAWeek())));
        ProcessEngine engine = configuration.buildProcessEngine();
        engine.getRepositoryService()
                .createDeployment()
                .addClasspathResource("processes/five-step-zeroing.bpmn")
                .addClasspathResource("processes/look-back.bpmn")
                .addClasspathResource("processes/supervision.bpmn")
                .addClasspathResource("processes/closing-authority.dmn")
                .addClasspathResource("processes/time-limits.dmn")
                .deploy();
        return new BareEngine(pool, counter, engine, withFields);
    }

    /** Public, because expressions call it. */
    public static final class InAWeek {
        public Date dueDate(DelegateExecution execution) {
            return new Date(System.currentTimeMillis() + 7 * 86_400_000L);
        }

        public Date nextLook(DelegateExecution execution) {
            return dueDate(execution);
        }
    }

    /** Starts the supervision of a new item, as the models do. */
    private static void supervise(DelegateExecution execution) {
        execution
                .getProcessEngineServices()
                .getRuntimeService()
                .startProcessInstanceByKey("supervision", execution.getProcessBusinessKey());
    }

    /** Ends the supervision of a closed item and starts its look-back, as the models do. */
    private static void close(DelegateExecution execution) {
        RuntimeService runtime = execution.getProcessEngineServices().getRuntimeService();
        runtime.createMessageCorrelation("supervision-ended")
                .processInstanceBusinessKey(execution.getProcessBusinessKey())
                .correlate();
        runtime.startProcessInstanceByKey(
                "look-back",
                execution.getProcessBusinessKey(),
                Map.of("lookBackDay", new Date(System.currentTimeMillis() + 90 * 86_400_000L)));
    }

    StatementCounter counter() {
        return counter;
    }

    /** One item from its report to its closing. */
    String lifeCycle(LifeCycleFields fields) {
        String itemNo = UUID.randomUUID().toString();
        Map<String, Object> columns = Map.of(
                "itemNo",
                itemNo,
                "title",
                fields.registration().get("title"),
                "unitName",
                "市住房建设和城市管理局（示例）",
                "leadUnit",
                Samples.CITY_UNIT);
        String instance = engine.getRuntimeService()
                .startProcessInstanceByKey(KEY, itemNo, variables(fields.registration(), columns))
                .getId();
        complete(instance, "reviewer", fields.acceptance(), Map.of("outcome", "ACCEPT"));
        complete(instance, "handler", fields.claim(), Map.of("handler", "handler", "outcome", "CLAIM"));
        complete(instance, "handler", fields.plan(), Map.of());
        complete(instance, "supervisor", fields.planApproval(), Map.of("outcome", "APPROVE"));
        complete(instance, "handler", fields.rectification(), Map.of("outcome", "SUBMIT"));
        complete(
                instance,
                "verifier",
                fields.verification(),
                Map.of("outcome", "PASS", "level", 1, "tier", "CITY", "township", "", "approvals", 0));
        complete(instance, "supervisor", fields.signOff(), Map.of("outcome", "APPROVE", "approvals", 1));
        return instance;
    }

    private void complete(String instance, String person, Map<String, Object> fields, Map<String, Object> needed) {
        Task task = engine.getTaskService()
                .createTaskQuery()
                .processInstanceId(instance)
                .singleResult();
        engine.getTaskService().claim(task.getId(), person);
        engine.getTaskService().complete(task.getId(), variables(fields, needed));
    }

    private Map<String, Object> variables(Map<String, Object> fields, Map<String, Object> needed) {
        Map<String, Object> variables = new HashMap<>();
        if (withFields) {
            // Tasklist sends a list as JSON text.
            fields.forEach(
                    (name, value) -> variables.put(name, value instanceof Collection<?> ? value.toString() : value));
        }
        variables.putAll(needed);
        return variables;
    }

    boolean hasEnded(String instance) {
        return engine.getRuntimeService()
                        .createProcessInstanceQuery()
                        .processInstanceId(instance)
                        .count()
                == 0;
    }

    @Override
    public void close() {
        engine.close();
        pool.close();
    }
}
