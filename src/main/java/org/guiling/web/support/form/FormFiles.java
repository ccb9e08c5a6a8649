package org.guiling.web.support.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** The form files as they are, for callers that render a form themselves. */
@Component
public class FormFiles {

    private final Map<String, JsonNode> schemas = new TreeMap<>();

    FormFiles(ObjectMapper json) throws IOException {
        for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath*:forms/*.form")) {
            try (InputStream content = file.getInputStream()) {
                JsonNode schema = json.readTree(content);
                schemas.put(schema.path("id").asText(), schema);
            }
        }
    }

    public JsonNode schema(String formId) {
        return schemas.get(formId);
    }
}
