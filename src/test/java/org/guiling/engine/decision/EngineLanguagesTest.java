package org.guiling.engine.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentWithDefinitions;
import org.guiling.GuilingTest;
import org.guiling.refusal.RefusedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Whoever deploys a model at the engine itself gets no more of FEEL than a form, and no script. */
@GuilingTest
@Timeout(120)
class EngineLanguagesTest {

    @Autowired
    RepositoryService repository;

    @Autowired
    DecisionService decisions;

    private DeploymentWithDefinitions deployed;

    @AfterEach
    void takeAway() {
        if (deployed != null) {
            repository.deleteDeployment(deployed.getId(), true);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "count(for x in 1..1000000000 return x)",
                "some x in 1..1000000000 satisfies x = 0",
                "matches(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", \"(a+)+b\")",
                "2 ** 999999999",
            })
    void anEndlessTableIsRefused(String expression) {
        for (String table : List.of(table("", expression, "1"), table("", "-", expression))) {
            String id = decision(table);

            assertThatThrownBy(() -> decisions.evaluateDecisionTableById(id, Map.of("level", 1)))
                    .rootCause()
                    .isInstanceOfSatisfying(RefusedException.class, refused -> {
                        assertThat(refused.problems().get(0).code()).isEqualTo("form.expression");
                        assertThat(refused).hasMessageContaining(expression.substring(0, 10));
                    });
            repository.deleteDeployment(deployed.getId(), true);
        }
        decision(table("", "-", "1"));
    }

    @Test
    void aTableWithinTheLimitsIsAnswered() {
        String id = decision(table("", "[1..2]", "if level > 1 then 20 else 10"));

        assertThat(decisions
                        .evaluateDecisionTableById(id, Map.of("level", 2))
                        .<Number>getSingleEntry()
                        .intValue())
                .isEqualTo(20);
    }

    /** Each is a script engine on the class path, which would know no limits. */
    @ParameterizedTest
    @ValueSource(strings = {"feel-scala", "feel-unary-tests", "FEEL-Scala", "javascript", "groovy"})
    void aTableInAScriptLanguageHasNoAnswer(String language) {
        String id = decision(table("expressionLanguage=\"" + language + "\"", "-", "1 + 1"));

        assertThatThrownBy(() -> decisions.evaluateDecisionTableById(id, Map.of("level", 1)))
                .rootCause()
                .hasMessageContaining(language);
    }

    @ParameterizedTest
    @ValueSource(strings = {"feel", "feel-scala", "feel-unary-tests", "juel", "javascript"})
    void aScriptTaskIsNotDeployed(String language) {
        String model = """
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
                    xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="test">
                  <process id="language-test" isExecutable="true" camunda:historyTimeToLive="1">
                    <startEvent id="start"/><sequenceFlow id="a" sourceRef="start" targetRef="task"/>
                    <scriptTask id="task" scriptFormat="%s" camunda:resultVariable="x"><script>1</script></scriptTask>
                  </process>
                </definitions>""".formatted(language);

        assertThatThrownBy(() -> repository
                        .createDeployment()
                        .addString("language-test.bpmn", model)
                        .deploy())
                .hasRootCauseInstanceOf(RefusedException.class)
                .hasMessageContaining("scriptTask");
    }

    private String decision(String table) {
        deployed = repository
                .createDeployment()
                .addString("language-test.dmn", table)
                .deployWithResult();
        return deployed.getDeployedDecisionDefinitions().get(0).getId();
    }

    private static String table(String language, String input, String output) {
        return """
                <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="test"
                    xmlns:camunda="http://camunda.org/schema/1.0/dmn">
                  <decision id="language-test" name="x" camunda:historyTimeToLive="1">
                    <decisionTable id="t">
                      <input id="i"><inputExpression id="e" typeRef="integer"><text>level</text></inputExpression></input>
                      <output id="o" name="amount" typeRef="integer"/>
                      <rule id="r"><inputEntry id="ri"><text>%s</text></inputEntry>
                        <outputEntry id="ro" %s><text>%s</text></outputEntry></rule>
                    </decisionTable>
                  </decision>
                </definitions>""".formatted(input.replace("<", "&lt;"), language, output.replace("<", "&lt;"));
    }
}
