package org.guiling.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.ConditionExpression;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.EventDefinition;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.guiling.item.record.VerificationResult;
import org.guiling.item.step.IntakeStep;
import org.guiling.spotcheck.SpotCheckResult;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.LadderOutcome;
import org.guiling.workflow.Outcome;
import org.guiling.workflow.RegistrationOutcome;
import org.guiling.workflow.RoundOutcome;
import org.guiling.workflow.SupervisionTask;
import org.guiling.workflow.TaskContract;
import org.guiling.workflow.VerificationOutcome;
import org.guiling.workflow.VisitOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The outcomes of a task are the options of its form and what the gateways after it ask for. Follows each outcome through
 * the model up to where the next one is made.
 */
class OutcomeContractTest {

    private static final Pattern OUTCOME =
            Pattern.compile("\\$\\{" + FiveStepZeroing.Variables.OUTCOME + " == '(\\w+)'}");

    @ParameterizedTest
    @MethodSource("models")
    void theOptionsOfEachFormAreTheOutcomesThatAPersonChooses(String key) throws IOException {
        for (TaskContract task : ModelContractTest.contract(key).toList()) {
            Set<String> options = new TreeSet<>();
            JsonNode form = new ObjectMapper().readTree(new File("forms/" + task.form() + ".form"));
            ModelContractTest.walk(form, component -> {
                if (TaskContract.DECISION.equals(component.path("key").asText())) {
                    component
                            .path("values")
                            .forEach(option -> options.add(option.path("value").asText()));
                }
            });
            assertThat(task.outcomes().stream().filter(Outcome::isOption).map(Outcome::name))
                    .as("%s, %s.form", task.id(), task.form())
                    .containsExactlyInAnyOrderElementsOf(options);
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void theConditionsOfEachModelAreTheOutcomesThatItsTasksPassOn(String key) {
        BpmnModelInstance model = Bpmn.readModelFromFile(new File("processes/" + key + ".bpmn"));
        Map<FlowNode, List<Outcome>> sources = sources(key, model);
        Set<FlowNode> deciding = sources.keySet();
        Set<SequenceFlow> taken = new HashSet<>();
        sources.forEach((source, outcomes) -> outcomes.forEach(outcome -> {
            Walk walk = new Walk(deciding, outcome.value());
            walk.leave(source);
            assertThat(walk.first != null && walk.first.getConditionExpression() != null)
                    .as("%s of %s: a condition of the next gateway asks for it", outcome, source.getId())
                    .isEqualTo(outcome.hasCondition());
            taken.addAll(walk.taken);
        }));
        for (ConditionExpression condition : model.getModelElementsByType(ConditionExpression.class)) {
            if (condition.getTextContent().contains(FiveStepZeroing.Variables.OUTCOME)) {
                SequenceFlow flow = (SequenceFlow) condition.getParentElement();
                assertThat(condition.getTextContent()).as(flow.getId()).matches(OUTCOME);
                assertThat(taken)
                        .as("%s: no task before it ends with %s", flow.getId(), condition.getTextContent())
                        .contains(flow);
            }
        }
    }

    @Test
    void theRecordKnowsTheSameResults() {
        assertThat(names(RegistrationOutcome.values())).isEqualTo(names(IntakeStep.Decision.values()));
        assertThat(options(VerificationOutcome.values())).isEqualTo(names(VerificationResult.values()));
        assertThat(options(VisitOutcome.values())).isEqualTo(names(SpotCheckResult.values()));
    }

    private static List<String> names(Enum<?>... constants) {
        return Arrays.stream(constants).map(Enum::name).toList();
    }

    private static List<String> options(Outcome... outcomes) {
        return Arrays.stream(outcomes)
                .filter(Outcome::isOption)
                .map(Outcome::name)
                .toList();
    }

    private static Stream<String> models() {
        return ModelContractTest.models();
    }

    /** The tasks that set the variable, and the messages that are sent with it. */
    private static Map<FlowNode, List<Outcome>> sources(String key, BpmnModelInstance model) {
        Map<FlowNode, List<Outcome>> sources = new LinkedHashMap<>();
        ModelContractTest.contract(key)
                .filter(task -> !task.outcomes().isEmpty())
                .forEach(task -> sources.put(model.getModelElementById(task.id()), task.outcomes()));
        if (key.equals(SupervisionTask.KEY)) {
            sources.put(model.getModelElementById(SupervisionTask.CLIMB_LADDER), List.of(LadderOutcome.values()));
        }
        if (key.equals(FiveStepZeroing.KEY)) {
            for (String message : List.of(
                    FiveStepZeroing.ITEM_REOPENED,
                    FiveStepZeroing.FAST_LANE_OPENED,
                    FiveStepZeroing.FALSIFIED_WORK_FOUND)) {
                List<FlowNode> events = catching(model, message);
                assertThat(events).as(message).isNotEmpty();
                events.forEach(event -> sources.put(event, List.of(RoundOutcome.values())));
            }
        }
        return sources;
    }

    private static List<FlowNode> catching(BpmnModelInstance model, String message) {
        Stream<Map.Entry<FlowNode, Collection<EventDefinition>>> events = Stream.concat(
                model.getModelElementsByType(StartEvent.class).stream()
                        .map(event -> Map.entry(event, event.getEventDefinitions())),
                model.getModelElementsByType(BoundaryEvent.class).stream()
                        .map(event -> Map.entry(event, event.getEventDefinitions())));
        return events.filter(event -> event.getValue().stream()
                        .anyMatch(definition -> definition instanceof MessageEventDefinition listening
                                && listening.getMessage().getName().equals(message)))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Follows one outcome from where it is made to where the next one is. */
    private static final class Walk {
        private final Set<FlowNode> deciding;
        private final String value;
        private final Set<FlowNode> seen = new HashSet<>();
        private final Set<SequenceFlow> taken = new HashSet<>();
        private SequenceFlow first;

        Walk(Set<FlowNode> deciding, String value) {
            this.deciding = deciding;
            this.value = value;
        }

        void leave(FlowNode node) {
            Collection<SequenceFlow> flows = node.getOutgoing();
            if (node instanceof ExclusiveGateway gateway && readsOutcome(gateway)) {
                SequenceFlow flow = flows.stream()
                        .filter(each -> value.equals(asked(each)))
                        .findFirst()
                        .orElse(gateway.getDefault());
                first = first == null ? flow : first;
                flows = List.of(flow);
                taken.add(flow);
            }
            flows.forEach(flow -> arrive(flow.getTarget()));
            if (node instanceof EndEvent && node.getParentElement() instanceof SubProcess subProcess) {
                leave(subProcess);
            }
        }

        private void arrive(FlowNode node) {
            if (!seen.add(node) || deciding.contains(node)) {
                return;
            }
            if (node instanceof SubProcess subProcess) {
                for (FlowElement element : subProcess.getFlowElements()) {
                    if (element instanceof StartEvent start) {
                        arrive(start);
                    }
                }
            } else {
                leave(node);
            }
        }

        private static boolean readsOutcome(ExclusiveGateway gateway) {
            return gateway.getOutgoing().stream().anyMatch(flow -> asked(flow) != null);
        }

        private static String asked(SequenceFlow flow) {
            if (flow.getConditionExpression() == null) {
                return null;
            }
            Matcher matcher = OUTCOME.matcher(
                    flow.getConditionExpression().getTextContent().strip());
            return matcher.matches() ? matcher.group(1) : null;
        }
    }
}
