package org.guiling.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.script.ScriptEngineFactory;
import javax.script.ScriptEngineManager;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.variable.Variables;
import org.guiling.GuilingTest;
import org.guiling.workflow.FiveStepZeroing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.beans.factory.annotation.Autowired;

/** Tests the features of the engine that are switched off, whoever asks for them. */
@GuilingTest
class EngineConfigurationTest {

    @Autowired
    ProcessEngine engine;

    @Autowired
    RepositoryService repository;

    static Stream<Path> models() {
        return Stream.of(new File("processes").listFiles()).map(File::toPath);
    }

    @ParameterizedTest
    @MethodSource("models")
    void noModelHasAScript(Path model) throws IOException {
        assertThat(Files.readString(model))
                .doesNotContain("scriptTask", "camunda:script", "scriptFormat", "<script", "groovy", "javascript")
                .doesNotContain("expressionLanguage=\"juel", "camunda:class=", "camunda:connector");
    }

    /** The languages that the engine brings itself evaluate only models that somebody has to deploy first. */
    @Test
    void noScriptLanguageIsOnTheClassPath() {
        assertThat(new ScriptEngineManager().getEngineFactories())
                .flatExtracting(ScriptEngineFactory::getNames)
                .allSatisfy(
                        name -> assertThat(name).containsAnyOf("juel", "feel", "FEEL", "Friendly Enough Expression"));
    }

    @Test
    void switchesAreAsTheManualOfSecuritySays() {
        var configuration = PropertyAccessorFactory.forBeanPropertyAccess(engine.getProcessEngineConfiguration());
        Map<String, Object> switches = Map.of(
                "javaSerializationFormatEnabled", false,
                "deserializationTypeValidationEnabled", true,
                "enableExpressionsInAdhocQueries", false,
                "enableXxeProcessing", false,
                "cmmnEnabled", false,
                "authorizationEnabled", true,
                "enforceSpecificVariablePermission", true,
                "authorizationCheckRevokes", "never");

        switches.forEach((name, value) ->
                assertThat(configuration.getPropertyValue(name)).as(name).isEqualTo(value));
    }

    @Test
    void noJavaObjectBecomesAVariable() {
        assertThatThrownBy(() -> engine.getRuntimeService()
                        .createProcessInstanceByKey(FiveStepZeroing.KEY)
                        .setVariable(
                                "progress",
                                Variables.serializedObjectValue("rO0ABXA=")
                                        .serializationDataFormat("application/x-java-serialized-object")
                                        .objectTypeName("java.util.HashMap")
                                        .create())
                        .execute())
                .hasMessageContaining("Java serialization format is prohibited");
    }

    /** Only the engine's administrators deploy; and not even they have a model read what lies on the server. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SYSTEM \"file:///etc/passwd\"",
                "SYSTEM \"http://127.0.0.1:1/x\"",
                "PUBLIC \"x\" \"ftp://127.0.0.1:1/x\""
            })
    void aModelReadsNoForeignEntity(String entity) {
        String model = """
                <?xml version="1.0"?><!DOCTYPE x [<!ENTITY e %s>]>
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x">
                  <process id="evil" name="&e;" isExecutable="true"/>
                </definitions>""".formatted(entity);

        assertThatThrownBy(() -> repository
                        .createDeployment()
                        .addString("evil.bpmn", model)
                        .deploy())
                .hasStackTraceContaining("DOCTYPE");
        assertThat(repository
                        .createProcessDefinitionQuery()
                        .processDefinitionKey("evil")
                        .list())
                .isEqualTo(List.of());
    }
}
