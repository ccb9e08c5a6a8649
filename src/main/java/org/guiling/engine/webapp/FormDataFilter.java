package org.guiling.engine.webapp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Gives Tasklist's forms what the record knows. Tasklist asks the engine for a task's variables; the answer is
 * completed with the form's data, after the engine has let the person read the task. A start form has no variables at
 * all, so that the options of its selects are written into the form itself; a text field with the property {@code choices}
 * becomes a select where there are any.
 */
public class FormDataFilter extends OncePerRequestFilter {

    /** The property of a text field that names the options to choose its value from. */
    private static final String CHOICES = "choices";

    private static final Pattern FORM_VARIABLES = Pattern.compile(".*/task/([0-9a-zA-Z-]+)/form-variables");
    private static final Pattern START_FORM =
            Pattern.compile(".*/process-definition/(?:key/)?([^/:]+).*/deployed-start-form");

    private final Function<String, Map<String, Object>> taskData;
    private final Function<String, Map<String, Object>> startData;
    private final ObjectMapper json;

    /**
     * @param taskData the data of a task's form, by the task's id
     * @param startData the options of the start form of a process, by their {@code valuesKey}
     */
    public FormDataFilter(
            Function<String, Map<String, Object>> taskData,
            Function<String, Map<String, Object>> startData,
            ObjectMapper json) {
        this.taskData = taskData;
        this.startData = startData;
        this.json = json;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        return !"GET".equals(request.getMethod())
                || !FORM_VARIABLES.matcher(path).matches()
                        && !START_FORM.matcher(path).matches();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ContentCachingResponseWrapper buffered = new ContentCachingResponseWrapper(response);
        chain.doFilter(request, buffered);
        if (buffered.getStatus() == HttpServletResponse.SC_OK) {
            JsonNode completed = completed(request.getRequestURI(), json.readTree(buffered.getContentAsByteArray()));
            buffered.resetBuffer();
            buffered.getOutputStream().write(json.writeValueAsBytes(completed));
        }
        buffered.copyBodyToResponse();
    }

    private JsonNode completed(String path, JsonNode answer) {
        Matcher formVariables = FORM_VARIABLES.matcher(path);
        if (formVariables.matches()) {
            taskData.apply(formVariables.group(1))
                    .forEach((name, value) -> ((ObjectNode) answer).set(name, variable(value)));
        } else {
            Matcher startForm = START_FORM.matcher(path);
            if (startForm.matches()) {
                fillOptions(answer, startData.apply(startForm.group(1)));
            }
        }
        return answer;
    }

    private ObjectNode variable(Object value) {
        ObjectNode variable = json.createObjectNode();
        boolean structured = value instanceof Collection<?> || value instanceof Map<?, ?>;
        variable.put("type", structured ? "Json" : type(value));
        variable.set(
                "value", structured ? json.valueToTree(json.valueToTree(value).toString()) : json.valueToTree(value));
        variable.putObject("valueInfo");
        return variable;
    }

    private static String type(Object value) {
        if (value instanceof Boolean) {
            return "Boolean";
        }
        if (value instanceof Integer) {
            return "Integer";
        }
        return value instanceof Number ? "Double" : "String";
    }

    /** Turns a text field into a choice where there is something to choose from; the server checks it as always. */
    private void offer(Collection<?> choices, ObjectNode field, JsonNode properties) {
        if (choices.isEmpty()) {
            field.set("description", properties.path("noChoicesDescription"));
            return;
        }
        field.put("type", "select").put("searchable", true);
        field.set("values", json.valueToTree(choices));
        field.set("description", properties.path("choicesDescription"));
        ObjectNode rules = field.withObject("validate");
        rules.retain("required");
    }

    private void fillOptions(JsonNode component, Map<String, Object> options) {
        String key = component.path("valuesKey").asText();
        if (options.containsKey(key)) {
            ObjectNode select = (ObjectNode) component;
            select.remove("valuesKey");
            select.set("values", json.valueToTree(options.get(key)));
        }
        JsonNode properties = component.path("properties");
        if (options.get(properties.path(CHOICES).asText()) instanceof Collection<?> choices) {
            offer(choices, (ObjectNode) component, properties);
        }
        component.path("components").forEach(child -> fillOptions(child, options));
    }
}
