package org.guiling.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.ConditionExpression;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Message;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaExecutionListener;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaFailedJobRetryTimeCycle;
import org.guiling.engine.form.CodeOptions;
import org.guiling.engine.form.Forms;
import org.guiling.engine.notification.RetryPolicies;
import org.guiling.item.Step;
import org.guiling.workflow.CardReply;
import org.guiling.workflow.FastLaneModel;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.FiveStepZeroing.Variables;
import org.guiling.workflow.LookBack;
import org.guiling.workflow.NotificationProcess;
import org.guiling.workflow.RequestProcess;
import org.guiling.workflow.RequestTask;
import org.guiling.workflow.SpotCheckModel;
import org.guiling.workflow.SpotCheckVisitTask;
import org.guiling.workflow.SupervisionTask;
import org.guiling.workflow.TaskContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.ClassPathResource;

/** Model and code agree both ways; forms, bundles and codes agree too. */
class ModelContractTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern GENERATED_ID = Pattern.compile("(Activity|Gateway|Event|Flow)_[0-9a-z]{7}");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{\\s*([a-zA-Z]+)");
    private static final Set<String> BEANS = Set.of(
            "taskDeadlines",
            "registerItemListener",
            "closeItemDelegate",
            "raiseRequestListener",
            "extendDeadlineDelegate",
            "suspendItemDelegate",
            "resumeItemDelegate",
            "withdrawItemDelegate",
            "reopenItemDelegate",
            "sendBackItemDelegate",
            "reopenedItemListener",
            "itemColumnsListener",
            "supervision",
            "climbLadderDelegate",
            "tellOfCardDelegate",
            "splitItemDelegate",
            "takeBackRequestDelegate",
            "freshItemListener",
            "fastLaneListener",
            "openFastLaneDelegate",
            "orderSpotCheckListener",
            "drawSampleDelegate",
            "drawnVisits",
            "beginFoundItemsDelegate");

    private final BpmnModelInstance model = read(FiveStepZeroing.KEY);
    private final BpmnModelInstance notification = read(NotificationProcess.KEY);

    @Test
    void everyModelIsInAContractAndTheOtherWayRound() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("processes"))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".bpmn"))
                            .map(name -> name.substring(0, name.length() - ".bpmn".length())))
                    .containsExactlyInAnyOrderElementsOf(allModels().toList());
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void theProcessHasItsKeyAndLivesLongEnough(String key) {
        Process process =
                read(key).getModelElementsByType(Process.class).iterator().next();
        assertThat(process.getId()).isEqualTo(key);
        assertThat(process.isExecutable()).isTrue();
        assertThat(process.getCamundaHistoryTimeToLiveString()).isEqualTo("P3650D");
    }

    @Test
    void aNotificationHasItsKeyAndIsForgottenAfterNinetyDays() {
        Process process =
                notification.getModelElementsByType(Process.class).iterator().next();
        assertThat(process.getId()).isEqualTo(NotificationProcess.KEY);
        assertThat(process.isExecutable()).isTrue();
        assertThat(process.getCamundaHistoryTimeToLiveString()).isEqualTo("P90D");
    }

    @Test
    void everyElementOfANotificationIsInTheContractAndTheOtherWayRound() {
        assertThat(notification.getModelElementsByType(FlowNode.class))
                .extracting(BaseElement::getId)
                .containsExactlyInAnyOrderElementsOf(NotificationProcess.ELEMENTS);
    }

    @Test
    void aNotificationLeavesTheCallersTransactionAndIsTriedAgainByTheNamedPolicy() {
        assertThat(notification.getModelElementsByType(ServiceTask.class))
                .singleElement()
                .satisfies(task -> {
                    assertThat(task.getId()).isEqualTo(NotificationProcess.DELIVER_NOTICE);
                    assertThat(task.isCamundaAsyncBefore()).isTrue();
                    assertThat(task.getCamundaDelegateExpression()).isEqualTo("${deliverNoticeDelegate}");
                    assertThat(task.getExtensionElements()
                                    .getElementsQuery()
                                    .filterByType(CamundaFailedJobRetryTimeCycle.class)
                                    .singleResult()
                                    .getTextContent())
                            .isEqualTo("${retryPolicies.outsideWorld}");
                });
        assertThat(RetryPolicies.OUTSIDE_WORLD).isEqualTo("R3/PT1M,PT30M,PT2H");
    }

    @Test
    void everyExpressionOfANotificationReadsItsVariableOrANamedBean() throws IOException {
        Set<String> used = new TreeSet<>();
        Matcher matcher = VARIABLE.matcher(Files.readString(Path.of("processes/notification.bpmn")));
        while (matcher.find()) {
            used.add(matcher.group(1));
        }
        assertThat(used)
                .containsExactlyInAnyOrder(
                        NotificationProcess.Variables.NOT_BEFORE, "deliverNoticeDelegate", "retryPolicies");
    }

    @ParameterizedTest
    @MethodSource("models")
    void everyUserTaskOfTheModelIsInTheContractAndTheOtherWayRound(String key) {
        Map<String, String> inModel = read(key).getModelElementsByType(UserTask.class).stream()
                .collect(Collectors.toMap(BaseElement::getId, UserTask::getCamundaFormRef));
        Map<String, String> inContract = contract(key).collect(Collectors.toMap(TaskContract::id, TaskContract::form));
        assertThat(inModel).isEqualTo(inContract);
    }

    @Test
    void everyRequestBeginsWithItsFormAndItsGuard() {
        for (RequestProcess process : RequestProcess.values()) {
            StartEvent start = read(process.key())
                    .getModelElementsByType(StartEvent.class)
                    .iterator()
                    .next();
            assertThat(start.getCamundaFormRef()).isEqualTo(process.startForm());
            assertThat(start.getExtensionElements()
                            .getElementsQuery()
                            .filterByType(CamundaExecutionListener.class)
                            .singleResult()
                            .getCamundaDelegateExpression())
                    .isEqualTo("${raiseRequestListener}");
        }
    }

    @Test
    void theMessagesOfTheModelAreThoseOfTheContract() {
        assertThat(model.getModelElementsByType(Message.class))
                .extracting(Message::getName)
                .containsExactlyInAnyOrder(
                        FiveStepZeroing.ITEM_WITHDRAWN,
                        FiveStepZeroing.ITEM_REOPENED,
                        FiveStepZeroing.PART_ASSIGNED,
                        FiveStepZeroing.FAST_LANE_OPENED,
                        FiveStepZeroing.FALSIFIED_WORK_FOUND);
    }

    @Test
    void theMessagesOfSupervisionAreThoseOfTheContract() {
        assertThat(read(SupervisionTask.KEY).getModelElementsByType(Message.class))
                .extracting(Message::getName)
                .containsExactlyInAnyOrder(SupervisionTask.MATTER_SETTLED, SupervisionTask.SUPERVISION_ENDED);
    }

    @Test
    void theMessageOfAReplyIsThatOfTheContract() {
        assertThat(read(CardReply.KEY).getModelElementsByType(Message.class))
                .extracting(Message::getName)
                .containsExactly(CardReply.REPLY_NEEDLESS);
    }

    private static Stream<String> allModels() {
        return Stream.concat(models(), Stream.of(NotificationProcess.KEY));
    }

    static Stream<String> models() {
        return Stream.concat(
                Stream.of(
                        FiveStepZeroing.KEY,
                        FastLaneModel.KEY,
                        LookBack.KEY,
                        SupervisionTask.KEY,
                        CardReply.KEY,
                        SpotCheckModel.KEY,
                        SpotCheckVisitTask.KEY),
                Arrays.stream(RequestProcess.values()).map(RequestProcess::key));
    }

    static Stream<? extends TaskContract> contract(String key) {
        return switch (key) {
            case FiveStepZeroing.KEY -> Arrays.stream(FiveStepZeroing.UserTask.values());
            case LookBack.KEY -> Arrays.stream(LookBack.values());
            case SupervisionTask.KEY -> Arrays.stream(SupervisionTask.values());
            case CardReply.KEY -> Arrays.stream(CardReply.values());
            case SpotCheckVisitTask.KEY -> Arrays.stream(SpotCheckVisitTask.values());
            default ->
                Arrays.stream(RequestTask.values())
                        .filter(task -> task.process().key().equals(key));
        };
    }

    private static BpmnModelInstance read(String key) {
        return Bpmn.readModelFromFile(new File("processes/" + key + ".bpmn"));
    }

    @Test
    void everyStepIsASubProcessThatHoldsItsTasks() {
        for (FiveStepZeroing.UserTask contract : FiveStepZeroing.UserTask.values()) {
            UserTask task = model.getModelElementById(contract.id());
            SubProcess step = (SubProcess) task.getParentElement();
            assertThat(step.getId())
                    .as(contract.id())
                    .isEqualTo(contract.step().name().toLowerCase());
        }
        assertThat(model.getModelElementsByType(SubProcess.class))
                .filteredOn(subProcess -> !subProcess.triggeredByEvent())
                .extracting(BaseElement::getId)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Step.values())
                        .map(step -> step.name().toLowerCase())
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("models")
    void everyTaskAsksForItsDueDate(String key) {
        assertThat(read(key).getModelElementsByType(UserTask.class))
                .allSatisfy(
                        task -> assertThat(task.getCamundaDueDate()).isEqualTo("${taskDeadlines.dueDate(execution)}"));
    }

    @Test
    void everyExpressionReadsAVariableOfTheContractOrANamedBean() throws IOException {
        Set<String> declared = Arrays.stream(Variables.class.getFields())
                .filter(field -> field.getType() == String.class)
                .map(field -> {
                    try {
                        return (String) field.get(null);
                    } catch (IllegalAccessException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .collect(Collectors.toSet());
        Set<String> used = new TreeSet<>();
        for (String key : models().toList()) {
            Matcher matcher = VARIABLE.matcher(Files.readString(Path.of("processes", key + ".bpmn")));
            while (matcher.find()) {
                used.add(matcher.group(1));
            }
        }
        Set<String> known = new HashSet<>(declared);
        known.add(RequestProcess.REVIEW_DAY);
        known.add(RequestProcess.OVERDUE);
        known.add(LookBack.LOOK_BACK_DAY);
        known.addAll(Set.of(SupervisionTask.ISSUERS, SupervisionTask.ISSUER));
        known.addAll(BEANS);
        assertThat(known).containsAll(used);
        assertThat(used).containsAll(BEANS);
    }

    @ParameterizedTest
    @MethodSource("allModels")
    void elementsCarryMeaningfulIdsNamesAndDocumentation(String key) {
        BpmnModelInstance model = read(key);
        assertThat(model.getModelElementsByType(FlowElement.class)).allSatisfy(element -> {
            assertThat(element.getId()).doesNotMatch(GENERATED_ID.pattern());
            if (element instanceof FlowNode) {
                assertThat(element.getName()).as(element.getId()).isNotBlank();
                assertThat(element.getDocumentations()).as(element.getId()).isNotEmpty();
            }
        });
        assertThat(model.getModelElementsByType(ConditionExpression.class))
                .allSatisfy(condition -> assertThat(condition.getTextContent()).isNotEqualTo("${true}"));
    }

    @ParameterizedTest
    @MethodSource("allModels")
    void everyGatewayThatDecidesHasADefaultAndNamedAnswers(String key) {
        for (ExclusiveGateway gateway : read(key).getModelElementsByType(ExclusiveGateway.class)) {
            if (gateway.getOutgoing().size() > 1) {
                assertThat(gateway.getDefault()).as(gateway.getId()).isNotNull();
                assertThat(gateway.getOutgoing())
                        .as(gateway.getId())
                        .extracting(SequenceFlow::getName)
                        .noneMatch(name -> name == null || name.isBlank());
            }
        }
    }

    @Test
    void everyFormOfTheModelExistsAndNoFormIsIdle() throws IOException {
        Set<String> used = new TreeSet<>();
        models().map(ModelContractTest::read).forEach(each -> {
            each.getModelElementsByType(UserTask.class).forEach(task -> used.add(task.getCamundaFormRef()));
            each.getModelElementsByType(StartEvent.class).stream()
                    .map(StartEvent::getCamundaFormRef)
                    .filter(Objects::nonNull)
                    .forEach(used::add);
        });
        assertThat(forms().keySet()).isEqualTo(used);
    }

    @Test
    void aFormFieldIsEitherRecordedOrDecided() throws IOException {
        // Names that stay in the engine appear in a form only where the form sets them.
        Map<String, Set<String>> allowed = Map.ofEntries(
                Map.entry("registration", Set.of(Variables.TITLE, Variables.LEAD_UNIT)),
                Map.entry("registration-amendment", Set.of(Variables.TITLE, Variables.LEAD_UNIT)),
                Map.entry("claim", Set.of(Variables.HANDLER)),
                Map.entry("extension-request", Set.of(Variables.ITEM_NO)),
                Map.entry("suspension-request", Set.of(Variables.ITEM_NO)),
                Map.entry("withdrawal-request", Set.of(Variables.ITEM_NO)),
                Map.entry("reopening-request", Set.of(Variables.ITEM_NO)),
                Map.entry("objection-request", Set.of(Variables.ITEM_NO)),
                Map.entry("decomposition-request", Set.of(Variables.ITEM_NO)),
                Map.entry("request-taking-back", Set.of(Variables.ITEM_NO)),
                Map.entry("fast-lane", Set.of(Variables.TITLE, Variables.HANDLER)),
                Map.entry("spot-check-order", Set.of(Variables.TITLE)));
        Forms forms = new Forms(JSON);
        forms.all().forEach((id, form) -> {
            Set<String> persisted = new TreeSet<>(form.keys());
            persisted.retainAll(Variables.PERSISTED);
            assertThat(persisted).as(id).isEqualTo(new TreeSet<>(allowed.getOrDefault(id, Set.of())));
        });
        // A transient variable cannot take the name of a submitted one.
        Set<String> passing = Set.of(Variables.OUTCOME, Variables.TIER, Variables.TOWNSHIP, Variables.APPROVALS);
        forms.all().forEach((id, form) -> assertThat(form.keys()).as(id).doesNotContainAnyElementsOf(passing));
        assertThat(forms.get("registration-amendment").keys())
                .isEqualTo(forms.get("registration").keys());
    }

    @Test
    void everyOptionOfAFormIsLabelledAsInTheBundle() throws IOException {
        Map<String, String> kinds = Map.ofEntries(
                Map.entry("callBack", "CallBack"),
                Map.entry("sourceReply", "SourceReply"),
                Map.entry("ground", "RequestGround"),
                Map.entry("kind", "RequestKind"),
                Map.entry("rung", "Rung"),
                Map.entry("scope", "SpotCheckScope"),
                Map.entry("unitTier", "Tier"));
        Properties bundle = bundle("messages.properties");
        forms().values()
                .forEach(form -> walk(form, component -> {
                    String key = component.path("key").asText();
                    String kind = kinds.get(key);
                    if (kind != null) {
                        component.path("values").forEach(option -> assertThat(bundle.getProperty(
                                        kind + "." + option.path("value").asText()))
                                .as("%s %s", key, option)
                                .isEqualTo(option.path("label").asText()));
                    }
                }));
    }

    /** Codes that an office may change stand in no form; and a name that nobody knows would let everything pass. */
    @Test
    void theListsOfCodesAreSuppliedByTheServer() throws IOException {
        Set<String> others = Set.of("units", "lowerUnits", "handlers", "verifiers", "mergedSources");
        Set<String> literal =
                Set.of("sourceType", "category", "level", "urgency", "visibility", "rectType", "verifyMethod");
        Set<String> asked = new TreeSet<>();
        forms().forEach((id, form) -> walk(form, component -> {
            String key = component.path("key").asText();
            if (literal.contains(key) || key.matches("measure\\d(Track|EvidenceType)|problem\\d(Category|Level)")) {
                assertThat(component.has("values")).as("%s of %s", key, id).isFalse();
            }
            if (component.has("valuesKey")) {
                asked.add(component.path("valuesKey").asText());
            }
        }));
        Set<String> supplied = new TreeSet<>(others);
        supplied.addAll(CodeOptions.keys());
        assertThat(asked).isEqualTo(supplied);
    }

    @Test
    void bothBundlesHaveTheSameKeys() throws IOException {
        assertThat(bundle("messages_en.properties").stringPropertyNames())
                .isEqualTo(bundle("messages.properties").stringPropertyNames());
    }

    private static Map<String, JsonNode> forms() throws IOException {
        Map<String, JsonNode> forms = new TreeMap<>();
        try (Stream<Path> files = Files.list(Path.of("forms"))) {
            for (Path file : files.toList()) {
                JsonNode form = JSON.readTree(file.toFile());
                forms.put(form.path("id").asText(), form);
                assertThat(file.getFileName().toString())
                        .isEqualTo(form.path("id").asText() + ".form");
            }
        }
        return forms;
    }

    static void walk(JsonNode parent, Consumer<JsonNode> visitor) {
        for (JsonNode component : parent.path("components")) {
            visitor.accept(component);
            walk(component, visitor);
        }
    }

    private static Properties bundle(String name) throws IOException {
        Properties properties = new Properties();
        try (var reader = new InputStreamReader(new ClassPathResource(name).getInputStream(), StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        return properties;
    }
}
