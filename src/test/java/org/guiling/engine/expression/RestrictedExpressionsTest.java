package org.guiling.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.camunda.bpm.dmn.engine.DmnEngineException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.engine.repository.DeploymentWithDefinitions;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.TaskQuery;
import org.guiling.Canary;
import org.guiling.GuilingTest;
import org.guiling.refusal.RefusedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Asks the engine by its Java API, past every door: an expression reaches what is listed, wherever it comes from. */
@GuilingTest
class RestrictedExpressionsTest {

    private static final String MODEL = """
            <?xml version="1.0" encoding="UTF-8"?>
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
                xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="attack">
              <process id="attack-process" isExecutable="true" camunda:historyTimeToLive="1">
                <startEvent id="start"/><sequenceFlow id="first" sourceRef="start" targetRef="attack"/>
                %s
                <sequenceFlow id="second" sourceRef="attack" targetRef="end"/><endEvent id="end"/>
              </process>
            </definitions>""";

    @Autowired
    ProcessEngine engine;

    @Autowired
    Canary canary;

    private int songs;

    @BeforeEach
    void listen() {
        songs = canary.songs();
    }

    @AfterEach
    void nobodySang() {
        assertThat(canary.songs()).isEqualTo(songs);
        List.of("attack", "dmn-attack", "cmmn-attack")
                .forEach(name ->
                        engine.getRepositoryService().createDeploymentQuery().deploymentName(name).list().stream()
                                .forEach(found -> engine.getRepositoryService().deleteDeployment(found.getId(), true)));
    }

    /** Expressions that an attacker might write. */
    static Stream<String> attacks() {
        return Stream.of(
                "canary.sing()",
                "canary.song",
                "canary['song']",
                "canary",
                "dataSource",
                "processEngine",
                "environment",
                "applicationContext",
                "''.getClass().forName('java.lang.Runtime').getRuntime().exec('id')",
                "''.class.name",
                "''['class']",
                "''.length()",
                "taskDeadlines.getClass()",
                "taskDeadlines.class",
                "taskDeadlines['class']",
                "taskDeadlines.toString()",
                "retryPolicies.getClass()",
                "closeItemDelegate.execute(null)",
                "closeItemDelegate.class",
                "now().getTime()",
                "now().class",
                "dateTime().plusDays(1)",
                "currentUserGroups().get(0)",
                "S('<x/>')",
                "XML('<x/>').name()",
                "JSON('[]').elements()",
                "execution.processEngineServices.runtimeService",
                "execution.setVariable('outcome', 'PASS')",
                "task.delete()",
                "task.execution",
                "authenticatedUserId",
                "outcome.class",
                "outcome.getClass()",
                "title",
                "T(java.lang.Runtime)",
                "empty canary.sing() ? 1 : 2",
                "true ? canary.sing() : 1",
                "1 + canary.sing()",
                "taskDeadlines.startOfDayIn(canary.sing())");
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void aQuerySentToTheEngineReachesNothing(String expression) {
        for (String written : List.of("${" + expression + "}", "#{" + expression + "}")) {
            assertRefused(
                    () -> tasks().or().taskAssigneeExpression(written).endOr().list());
            assertRefused(() ->
                    tasks().or().taskCandidateGroupInExpression(written).endOr().count());
            assertRefused(() -> tasks().taskAssigneeExpression(written).list());
            assertRefused(() -> tasks().or()
                    .processInstanceBusinessKeyLikeExpression("%" + written)
                    .endOr()
                    .list());
        }
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void aStoredFilterReachesNothing(String expression) {
        Filter filter = engine.getFilterService()
                .newTaskFilter("attack " + UUID.randomUUID())
                .setQuery(tasks().taskAssigneeExpression("${" + expression + "}"));
        engine.getFilterService().saveFilter(filter);
        try {
            assertRefused(() -> engine.getFilterService().list(filter.getId()));
            assertRefused(() -> engine.getFilterService().count(filter.getId()));
        } finally {
            engine.getFilterService().deleteFilter(filter.getId());
        }
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void aServiceTaskReachesNothing(String expression) {
        start("<serviceTask id='attack' camunda:expression='${%s}'/>".formatted(escaped(expression)), true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<serviceTask id='attack' camunda:delegateExpression='${canary}'/>",
                "<callActivity id='attack' calledElement='${canary.sing()}'/>",
                "<userTask id='attack' camunda:assignee='${canary.sing()}'/>",
                "<userTask id='attack' camunda:dueDate='${canary.sing()}'/>",
                "<userTask id='attack'><extensionElements><camunda:taskListener event='create' expression='${canary.sing()}'/></extensionElements></userTask>",
                "<userTask id='attack'><extensionElements><camunda:executionListener event='start' expression='${canary.sing()}'/></extensionElements></userTask>",
                "<userTask id='attack'><extensionElements><camunda:inputOutput><camunda:inputParameter name='x'>${canary.sing()}</camunda:inputParameter></camunda:inputOutput></extensionElements></userTask>",
                "<userTask id='attack'><multiInstanceLoopCharacteristics camunda:collection='${canary.sing()}'/></userTask>",
                "<intermediateCatchEvent id='attack'><timerEventDefinition><timeDuration xsi:type='tFormalExpression'>${canary.sing()}</timeDuration></timerEventDefinition></intermediateCatchEvent>"
            })
    void noPlaceInAModelReachesTheCanary(String element) {
        start(element, false);
    }

    @Test
    void aConditionReachesNothing() {
        start(
                "<exclusiveGateway id='attack' default='second'/><sequenceFlow id='third' sourceRef='attack' targetRef='end'>"
                        + "<conditionExpression xsi:type='tFormalExpression'>${canary.sing() == 'handler'}</conditionExpression></sequenceFlow>",
                false);
    }

    /** A job that was stored before, or by whoever writes to the database. */
    @Test
    void aJobReachesNothing() {
        deploy("<serviceTask id='attack' camunda:asyncBefore='true' camunda:expression='${canary.sing()}'/>");
        String instance = engine.getRuntimeService()
                .startProcessInstanceByKey("attack-process")
                .getId();
        Job job = engine.getManagementService()
                .createJobQuery()
                .processInstanceId(instance)
                .singleResult();

        assertThatThrownBy(() -> engine.getManagementService().executeJob(job.getId()))
                .hasStackTraceContaining("Not on the list of names");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scriptTask  | <scriptTask id='attack' scriptFormat='juel'><script>${canary.sing()}</script></scriptTask>",
                "scriptTask  | <scriptTask id='attack' scriptFormat='feel'><script>1</script></scriptTask>",
                "type        | <serviceTask id='attack' camunda:type='shell'><extensionElements><camunda:field name='command' stringValue='id'/></extensionElements></serviceTask>",
                "type        | <sendTask id='attack' camunda:type='Shell'><extensionElements><camunda:field name='command' stringValue='id'/></extensionElements></sendTask>",
                "type        | <businessRuleTask id='attack' camunda:type='shell'><extensionElements><camunda:field name='command' stringValue='id'/></extensionElements></businessRuleTask>",
                "class       | <serviceTask id='attack' camunda:class='org.guiling.Canary'/>",
                "class       | <userTask id='attack'><extensionElements><camunda:taskListener event='create' class='java.lang.Thread'/></extensionElements></userTask>",
                "script      | <userTask id='attack'><extensionElements><camunda:executionListener event='start'><camunda:script scriptFormat='juel'>${canary.sing()}</camunda:script></camunda:executionListener></extensionElements></userTask>"
            })
    void aModelThatRunsCodeIsNotDeployed(String named, String element) {
        assertThatThrownBy(() -> deploy(element))
                .hasRootCauseInstanceOf(RefusedException.class)
                .hasMessageContaining("“" + named + "”：流程模型不得运行");
    }

    @ParameterizedTest
    @ValueSource(strings = {"juel", "javascript", "groovy", "python"})
    void aDecisionInAnotherLanguageReachesNothing(String language) {
        assertThatThrownBy(() -> decide(language, "juel".equals(language) ? "${canary.sing()}" : "canary.sing()"))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void aDecisionCallsNoJava() {
        assertThat(
                        decideQuietly(
                                "feel",
                                "{f: function(x) external {java: {class: \"java.lang.Math\", method signature: \"abs(int)\"}}, y: f(-1)}.y"))
                .isNotEqualTo("1");
    }

    @Test
    void aCaseModelIsNoModel() {
        String model = """
                <definitions xmlns="http://www.omg.org/spec/CMMN/20151109/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/cmmn"
                    id="attack" targetNamespace="attack">
                  <case id="case-attack" camunda:historyTimeToLive="1"><casePlanModel id="plan">
                    <planItem id="item" definitionRef="task"/>
                    <task id="task"><extensionElements>
                      <camunda:caseExecutionListener event="create" expression="${canary.sing()}"/>
                    </extensionElements></task></casePlanModel></case>
                </definitions>""";

        DeploymentWithDefinitions deployment = engine.getRepositoryService()
                .createDeployment()
                .name("cmmn-attack")
                .addString("attack.cmmn", model)
                .deployWithResult();

        assertThat(deployment.getDeployedCaseDefinitions()).isNullOrEmpty();
        assertThatThrownBy(() -> engine.getCaseService().createCaseInstanceByKey("case-attack"))
                .isInstanceOf(ProcessEngineException.class);
    }

    private static void assertRefused(ThrowingCallable query) {
        assertThatThrownBy(query).isInstanceOf(RuntimeException.class);
    }

    private TaskQuery tasks() {
        return engine.getTaskService().createTaskQuery();
    }

    private void start(String element, boolean mayNotParse) {
        assertThatThrownBy(() -> {
                    deploy(element);
                    engine.getRuntimeService()
                            .startProcessInstanceByKey("attack-process", Map.of("outcome", "PASS", "title", "x"));
                })
                .isInstanceOf(RuntimeException.class);
        if (!mayNotParse) {
            assertThatCode(() -> deploy(element)).doesNotThrowAnyException();
        }
    }

    private void deploy(String element) {
        engine.getRepositoryService()
                .createDeployment()
                .name("attack")
                .addInputStream(
                        "attack.bpmn",
                        new ByteArrayInputStream(MODEL.formatted(element).getBytes(StandardCharsets.UTF_8)))
                .deploy();
    }

    private Object decideQuietly(String language, String expression) {
        try {
            return decide(language, expression);
        } catch (ProcessEngineException | DmnEngineException e) {
            return null;
        }
    }

    private Object decide(String language, String expression) {
        String model = """
                <?xml version="1.0" encoding="UTF-8"?>
                <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:camunda="http://camunda.org/schema/1.0/dmn"
                    id="attack" name="attack" namespace="attack">
                  <decision id="dmn-attack" name="attack" camunda:historyTimeToLive="1">
                    <variable id="v" name="y" typeRef="string"/>
                    <literalExpression id="e" expressionLanguage="%s"><text>%s</text></literalExpression>
                  </decision>
                </definitions>""".formatted(language, escaped(expression));
        DeploymentWithDefinitions deployment = engine.getRepositoryService()
                .createDeployment()
                .name("dmn-attack")
                .addString("attack.dmn", model)
                .deployWithResult();
        DecisionDefinition decision =
                deployment.getDeployedDecisionDefinitions().get(0);
        return engine.getDecisionService()
                .evaluateDecisionById(decision.getId())
                .evaluate()
                .getSingleEntry();
    }

    private static String escaped(String expression) {
        return expression
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("'", "&#39;")
                .replace("\"", "&quot;");
    }
}
