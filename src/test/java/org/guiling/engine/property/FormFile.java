package org.guiling.engine.property;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The content of a {@code .form} file, read apart from the product's own reader.
 *
 * @param keys of all inputs
 * @param alwaysRequired keys of the inputs that nobody may leave out, whatever else is entered
 * @param sentEmpty keys of the inputs that a browser sends where nothing was entered
 */
public record FormFile(List<String> keys, List<String> alwaysRequired, List<String> sentEmpty, List<Input> inputs) {

    /**
     * @param values what is to be chosen from, where the file says it
     * @param valuesKey under which name whoever opens the form gets what is to be chosen from; else empty
     * @param required where it is shown
     */
    public record Input(
            String key, String type, List<String> values, String valuesKey, boolean required, int minLength) {}

    /** Types of inputs that a browser leaves out when nothing is chosen. */
    private static final Set<String> LEFT_OUT = Set.of("checkbox", "checklist", "taglist", "radio");

    private static final Map<String, FormFile> READ = new ConcurrentHashMap<>();

    public static FormFile of(String form) {
        return READ.computeIfAbsent(form, FormFile::read);
    }

    /** The fields that were entered, as a browser sends them. */
    Map<String, Object> asSent(Map<String, Object> entered) {
        Map<String, Object> sent = new HashMap<>(entered);
        sentEmpty.forEach(key -> sent.putIfAbsent(key, ""));
        return sent;
    }

    private static FormFile read(String form) {
        try {
            FormFile file = new FormFile(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            file.collect(new ObjectMapper().readTree(new File("forms/" + form + ".form")), true);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void collect(JsonNode parent, boolean alwaysShown) {
        for (JsonNode component : parent.path("components")) {
            boolean shown = alwaysShown && !component.has("conditional");
            String key = component.path("key").asText("");
            if (!key.isEmpty()) {
                keys.add(key);
                inputs.add(new Input(
                        key,
                        component.path("type").asText(),
                        component.path("values").findValuesAsText("value"),
                        component.path("valuesKey").asText(),
                        component.path("validate").path("required").asBoolean(),
                        component.path("validate").path("minLength").asInt()));
                if (!LEFT_OUT.contains(component.path("type").asText())) {
                    sentEmpty.add(key);
                }
                if (shown && component.path("validate").path("required").asBoolean()) {
                    alwaysRequired.add(key);
                }
            }
            collect(component, shown);
        }
    }
}
