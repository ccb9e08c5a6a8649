package org.guiling.engine.webapp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Gives Tasklist's list its columns from the record, for the tasks that the engine lets the person read. The engine could
 * show the variables of an instance only to whoever may read those of all instances of its model.
 */
public class TaskColumnsFilter extends OncePerRequestFilter {

    private static final Pattern LIST = Pattern.compile(".*/filter/[0-9a-zA-Z-]+/list");

    private final Function<Collection<String>, Map<String, Map<String, String>>> columns;
    private final ObjectMapper json;

    /** @param columns name and value of the columns of each task, by the tasks' ids */
    public TaskColumnsFilter(
            Function<Collection<String>, Map<String, Map<String, String>>> columns, ObjectMapper json) {
        this.columns = columns;
        this.json = json;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !LIST.matcher(request.getRequestURI()).matches();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ContentCachingResponseWrapper buffered = new ContentCachingResponseWrapper(response);
        chain.doFilter(request, buffered);
        if (buffered.getStatus() == HttpServletResponse.SC_OK) {
            JsonNode answer = json.readTree(buffered.getContentAsByteArray());
            complete(answer.path("_embedded").path("task"));
            buffered.resetBuffer();
            buffered.getOutputStream().write(json.writeValueAsBytes(answer));
        }
        buffered.copyBodyToResponse();
    }

    /** Only lists in HAL have tasks there; the others have no columns. */
    private void complete(JsonNode tasks) {
        List<String> ids = StreamSupport.stream(tasks.spliterator(), false)
                .map(task -> task.path("id").asText())
                .toList();
        if (ids.isEmpty()) {
            return;
        }
        Map<String, Map<String, String>> byTask = columns.apply(ids);
        for (JsonNode task : tasks) {
            String instance = task.path("processInstanceId").asText();
            ArrayNode variables = ((ObjectNode) task).withObject("_embedded").putArray("variable");
            byTask.getOrDefault(task.path("id").asText(), Map.of())
                    .forEach((name, value) -> variables.add(variable(instance, name, value)));
        }
    }

    private ObjectNode variable(String instance, String name, String value) {
        ObjectNode variable = json.createObjectNode();
        variable.putObject("_links")
                .putObject("self")
                .put("href", "/process-instance/" + instance + "/variables/" + name);
        variable.putNull("_embedded");
        variable.put("name", name).put("value", value).put("type", "String");
        variable.putObject("valueInfo");
        return variable;
    }
}
