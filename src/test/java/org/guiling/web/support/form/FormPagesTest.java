package org.guiling.web.support.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.guiling.GuilingTest;
import org.guiling.engine.form.Forms;
import org.guiling.web.support.form.FormPage.Component;
import org.guiling.web.support.form.FormPage.Kind;
import org.guiling.web.support.form.FormPage.Option;
import org.guiling.web.support.form.FormPages.AskedForm;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** The portal shows and sends the inputs of every form file as Tasklist does, which reads the same file. */
@GuilingTest
class FormPagesTest {

    @Autowired
    FormPages formPages;

    @Autowired
    FormFiles formFiles;

    @Autowired
    Forms forms;

    @TestFactory
    Stream<DynamicTest> everyFormIsShownWithAllThatItsFileSays() {
        return forms.all().keySet().stream().map(id -> DynamicTest.dynamicTest(id, () -> isShown(id)));
    }

    private void isShown(String formId) {
        Map<String, Component> shown =
                inputs(formPages.opened(asked(formId, Map.of())).components());
        Map<String, JsonNode> written = new LinkedHashMap<>();
        collect(formFiles.schema(formId), written);

        assertThat(shown.keySet())
                .isEqualTo(written.keySet())
                .containsExactlyInAnyOrderElementsOf(forms.get(formId).keys());
        written.forEach((key, node) -> {
            Component input = shown.get(key);
            JsonNode rules = node.path("validate");
            assertThat(input.label()).as(key).isNotBlank();
            assertThat(input.required())
                    .as(key)
                    .isEqualTo(rules.path("required").asBoolean());
            assertThat(String.valueOf(input.rules().maxLength()))
                    .as(key)
                    .isEqualTo(rules.path("maxLength").asText("null"));
            assertThat(String.valueOf(input.rules().min()))
                    .as(key)
                    .isEqualTo(rules.path("min").asText("null"));
            assertThat(String.valueOf(input.rules().max()))
                    .as(key)
                    .isEqualTo(rules.path("max").asText("null"));
            assertThat(String.valueOf(input.description()))
                    .as(key)
                    .isEqualTo(node.path("description").asText("null"));
            assertThat(input.options().stream().map(Option::value).toList())
                    .as(key)
                    .isEqualTo(StreamSupport.stream(node.path("values").spliterator(), false)
                            .map(value -> value.path("value").asText())
                            .toList());
        });
    }

    @TestFactory
    Stream<DynamicTest> everyFormSendsWhatTasklistSends() {
        return forms.all().keySet().stream().map(id -> DynamicTest.dynamicTest(id, () -> isSent(id)));
    }

    /** Tasklist sends texts, dates and choices as text, a check mark as a boolean and several choices as a list. */
    private void isSent(String formId) {
        MultiValueMap<String, String> sent = new LinkedMultiValueMap<>();
        sent.add("_csrf", "token");
        Map<String, Object> expected = new LinkedHashMap<>();
        inputs(formPages.opened(asked(formId, Map.of())).components()).forEach((key, input) -> {
            switch (input.kind()) {
                case CHECKBOX -> {
                    sent.add(key, "true");
                    expected.put(key, true);
                }
                case CHECKLIST -> {
                    sent.put(key, List.of("A", "B"));
                    expected.put(key, List.of("A", "B"));
                }
                default -> {
                    sent.add(key, "甲\r\n乙");
                    expected.put(key, "甲\n乙");
                }
            }
        });

        assertThat(formPages.entered(formId, sent)).isEqualTo(expected);
    }

    @Test
    void whatIsNotChosenIsEmptyAndWhatTheFormDoesNotKnowIsKeptForTheRefusal() {
        MultiValueMap<String, String> sent = new LinkedMultiValueMap<>();
        sent.add("status", "CLOSED");

        assertThat(formPages.entered("rectification", sent))
                .containsEntry("measure1Done", false)
                .containsEntry("status", "CLOSED");
        assertThat(formPages.entered("claim", sent)).containsEntry("coUnits", List.of());
    }

    @Test
    void conditionsHideTheSameComponentsAsInTasklist() {
        assertThat(shownInputs("claim", Map.of("decision", "CLAIM")))
                .contains("principal", "handler")
                .doesNotContain("declineReason");
        assertThat(shownInputs("claim", Map.of("decision", "DECLINE")))
                .contains("declineReason")
                .doesNotContain("principal", "handler");
        assertThat(hiddenAfter("CLAIM")).isNotEqualTo(hiddenAfter("DECLINE"));
    }

    @Test
    void theNextMeasureAppearsWhenTheLastIsFilled() {
        assertThat(shownInputs("plan", Map.of("measure1Content", "补齐井盖")))
                .contains("measure2Content")
                .doesNotContain("measure3Content");
        assertThat(shownInputs("plan", Map.of("measure1Content", "补齐井盖", "measure2Content", "印发制度")))
                .contains("measure3Content")
                .doesNotContain("measure4Content");
    }

    private Set<String> hiddenAfter(String decision) {
        MultiValueMap<String, String> sent = new LinkedMultiValueMap<>();
        sent.add("decision", decision);
        return formPages.hidden(asked("claim", Map.of()), sent).hidden();
    }

    private static AskedForm asked(String formId, Map<String, Object> data) {
        return new AskedForm(formId, () -> data, Set.of());
    }

    private Set<String> shownInputs(String formId, Map<String, Object> entered) {
        return inputs(visible(formPages.opened(asked(formId, entered)).components()))
                .keySet();
    }

    private static List<Component> visible(List<Component> components) {
        List<Component> visible = new ArrayList<>();
        for (Component component : components) {
            if (!component.hidden()) {
                visible.add(component);
                visible.addAll(visible(component.components()));
            }
        }
        return visible.stream()
                .filter(component -> component.kind() != Kind.GROUP)
                .toList();
    }

    private static Map<String, Component> inputs(List<Component> components) {
        Map<String, Component> inputs = new LinkedHashMap<>();
        for (Component component : components) {
            if (component.key() != null) {
                inputs.put(component.key(), component);
            }
            inputs.putAll(inputs(component.components()));
        }
        return inputs;
    }

    private static void collect(JsonNode parent, Map<String, JsonNode> inputs) {
        for (JsonNode component : parent.path("components")) {
            if (component.has("key")) {
                inputs.put(component.path("key").asText(), component);
            }
            collect(component, inputs);
        }
    }
}
