package org.guiling.process.property;

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
 * What a {@code .form} file says, read apart from the product's own reader.
 *
 * @param keys of all inputs
 * @param alwaysRequired keys of the inputs that nobody may leave out, whatever else is entered
 * @param sentEmpty keys of the inputs that a browser sends where nothing was entered
 */
public record FormFile(List<String> keys, List<String> alwaysRequired, List<String> sentEmpty) {

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
            FormFile file = new FormFile(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
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
