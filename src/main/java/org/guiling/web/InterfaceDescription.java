package org.guiling.web;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.DateSchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.NumberSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.guiling.idempotency.IdempotencyKey;
import org.guiling.text.Texts;
import org.guiling.web.support.form.FormBody;
import org.guiling.web.support.form.FormFiles;
import org.guiling.web.task.TasksApi;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.customizers.ParameterCustomizer;
import org.springdoc.core.customizers.PropertyCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.NoSuchMessageException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * {@code /v3/api-docs}: what springdoc reads from the controllers, and what it cannot see – refusals, headers that hold
 * everywhere, bodies that a form file checks, the words for codes.
 */
@Configuration(proxyBeanMethods = false)
class InterfaceDescription {

    private static final String PROBLEM = "Problem";
    private static final String PROBLEM_JSON = org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE;

    @Bean
    OpenAPI describedInterface(ObjectProvider<BuildProperties> build) {
        BuildProperties built = build.getIfAvailable();
        return new OpenAPI()
                .info(new Info()
                        .title("Guiling 归零")
                        .version(built == null ? "0" : built.getVersion())
                        .description("Errors are problem documents (RFC 9457). POST takes Idempotency-Key."))
                .components(new Components()
                        .addSchemas(PROBLEM, problem())
                        .addSecuritySchemes("basic", scheme("basic"))
                        .addSecuritySchemes("token", scheme("bearer")))
                .addSecurityItem(new SecurityRequirement().addList("basic"))
                .addSecurityItem(new SecurityRequirement().addList("token"));
    }

    private static SecurityScheme scheme(String name) {
        return new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme(name);
    }

    private static Schema<?> problem() {
        Schema<?> error =
                new ObjectSchema().addProperty("field", new StringSchema()).addProperty("message", new StringSchema());
        return new ObjectSchema()
                .addProperty("type", new StringSchema())
                .addProperty("title", new StringSchema())
                .addProperty("status", new IntegerSchema())
                .addProperty("detail", new StringSchema())
                .addProperty("errors", new ArraySchema().items(error));
    }

    /** Codes with their words, where a property has them. */
    @Bean
    PropertyCustomizer labelledProperties(Texts texts) {
        return (property, type) -> labelled(property, type, texts);
    }

    /** Codes with their words, where a parameter is one. */
    @Bean
    ParameterCustomizer labelledParameters(Texts texts) {
        return (parameter, method) -> {
            if (parameter != null && method != null && parameter.getSchema() != null) {
                labelled(parameter.getSchema(), new AnnotatedType(method.getParameterType()), texts);
            }
            return parameter;
        };
    }

    @SuppressWarnings("rawtypes")
    private static Schema labelled(Schema schema, AnnotatedType annotated, Texts texts) {
        Type type = annotated.getType();
        JavaType java = type == null ? null : Json.mapper().constructType(type);
        if (java != null && java.isEnumType() && schema.getEnum() != null) {
            try {
                String labels = Arrays.stream(java.getRawClass().getEnumConstants())
                        .map(code -> ((Enum<?>) code).name() + " " + texts.label((Enum<?>) code))
                        .collect(Collectors.joining("; "));
                schema.setDescription(labels);
            } catch (NoSuchMessageException e) {
                // Codes that people never see have no words.
            }
        }
        return schema;
    }

    @Bean
    OperationCustomizer everywhere(FormFiles forms) {
        return (operation, method) -> {
            operation.setOperationId(name(method));
            boolean changes = !method.hasMethodAnnotation(GetMapping.class);
            FormBody body = method.getMethodAnnotation(FormBody.class);
            if (body != null) {
                operation.setRequestBody(body(forms.schema(body.value()), Set.of(body.without())));
            }
            if (method.hasMethodAnnotation(PostMapping.class)) {
                operation.addParametersItem(header(
                        IdempotencyKey.HEADER,
                        "What is sent again with the same key is answered as the first time and not done again.",
                        IdempotencyKey.LONGEST + 2));
            }
            if (changes && hasItem(method)) {
                operation.addParametersItem(header(
                        HttpHeaders.IF_MATCH,
                        "The ETag of the item as it was read; 412 when it has changed since.",
                        200));
            }
            describe(operation, method, changes);
            return operation;
        };
    }

    /**
     * Of the method that a client gets for it; one that springdoc counts would be another's when a method is added. An
     * operation that names itself, since its controller is not the one that clients know, keeps its name.
     */
    private static String name(HandlerMethod method) {
        io.swagger.v3.oas.annotations.Operation described =
                method.getMethodAnnotation(io.swagger.v3.oas.annotations.Operation.class);
        if (described != null && !described.operationId().isEmpty()) {
            return described.operationId();
        }
        String api = method.getBeanType().getSimpleName().replaceAll("Api$", "");
        return StringUtils.uncapitalize(api)
                + StringUtils.capitalize(method.getMethod().getName());
    }

    private static HeaderParameter header(String name, String description, int longest) {
        HeaderParameter header = new HeaderParameter();
        header.name(name).description(description).required(false).schema(new StringSchema().maxLength(longest));
        return header;
    }

    private static boolean hasItem(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .anyMatch(parameter -> parameter.hasParameterAnnotation(PathVariable.class)
                                && "itemNo".equals(parameter.getParameter().getName())
                        || parameter.hasParameterAnnotation(PathVariable.class)
                                && method.getBeanType() == TasksApi.class);
    }

    private static void describe(Operation operation, HandlerMethod method, boolean changes) {
        ApiResponses responses = operation.getResponses();
        if (isFile(method)) {
            responses
                    .values()
                    .forEach(response -> response.content(new Content()
                            .addMediaType(
                                    org.springframework.http.MediaType.APPLICATION_OCTET_STREAM_VALUE,
                                    new MediaType().schema(new StringSchema().format("binary")))));
        }
        for (int status : refusals(operation, method, changes)) {
            responses.putIfAbsent(
                    String.valueOf(status),
                    new ApiResponse()
                            .description(HttpStatus.valueOf(status).getReasonPhrase())
                            .content(new Content()
                                    .addMediaType(
                                            PROBLEM_JSON,
                                            new MediaType()
                                                    .schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM)))));
        }
    }

    private static List<Integer> refusals(Operation operation, HandlerMethod method, boolean changes) {
        Set<Integer> statuses = new TreeSet<>(List.of(400, 401, 403, 406, 429, 500, 503));
        boolean named = Arrays.stream(method.getMethodParameters())
                .anyMatch(parameter -> parameter.hasParameterAnnotation(PathVariable.class));
        if (named || changes) {
            statuses.add(404);
        }
        if (changes) {
            statuses.addAll(List.of(409, 507));
        }
        if (changes && hasItem(method)) {
            statuses.add(412);
        }
        if (operation.getRequestBody() != null) {
            statuses.addAll(List.of(408, 413, 415));
        }
        if (isUpload(operation)) {
            statuses.add(411);
        }
        if (method.hasMethodAnnotation(PostMapping.class)) {
            statuses.add(422);
        }
        return new ArrayList<>(statuses);
    }

    private static boolean isUpload(Operation operation) {
        return operation.getRequestBody() != null
                && operation.getRequestBody().getContent() != null
                && operation
                        .getRequestBody()
                        .getContent()
                        .containsKey(org.springframework.http.MediaType.MULTIPART_FORM_DATA_VALUE);
    }

    /** True where the method writes into the response, or returns bytes. */
    private static boolean isFile(HandlerMethod method) {
        Class<?> returned = method.getMethod().getReturnType();
        String generic = method.getMethod().getGenericReturnType().getTypeName();
        boolean written = returned == void.class
                && Arrays.stream(method.getMethod().getParameterTypes())
                        .anyMatch(jakarta.servlet.http.HttpServletResponse.class::isAssignableFrom);
        return written
                || returned == ResponseEntity.class
                        && (generic.contains("byte[]") || generic.contains("InputStreamResource"))
                || StreamingResponseBody.class.isAssignableFrom(returned);
    }

    /** The inputs of a form file; what its conditions hide may be left out, so that only its file says what is required. */
    private static RequestBody body(JsonNode form, Set<String> without) {
        Map<String, Schema<?>> fields = new LinkedHashMap<>();
        collect(form, fields);
        fields.keySet().removeAll(without);
        ObjectSchema schema = new ObjectSchema();
        fields.forEach(schema::addProperty);
        schema.setAdditionalProperties(false);
        return new RequestBody()
                .required(true)
                .content(new Content()
                        .addMediaType(
                                org.springframework.http.MediaType.APPLICATION_JSON_VALUE,
                                new MediaType().schema(schema)));
    }

    private static void collect(JsonNode parent, Map<String, Schema<?>> fields) {
        for (JsonNode component : parent.path("components")) {
            Schema<?> schema = field(component);
            if (schema != null && component.hasNonNull("key")) {
                fields.put(component.path("key").asText(), schema);
            }
            collect(component, fields);
        }
    }

    private static Schema<?> field(JsonNode component) {
        String label =
                component.path("label").asText(component.path("dateLabel").asText());
        Schema<?> schema =
                switch (component.path("type").asText()) {
                    case "textfield", "textarea" -> text(component);
                    case "number" -> new NumberSchema();
                    case "datetime" -> new DateSchema();
                    case "checkbox" -> new BooleanSchema();
                    case "checklist", "taglist" -> new ArraySchema().items(new StringSchema());
                    case "select", "radio" -> choice(component);
                    default -> null;
                };
        if (schema != null) {
            schema.title(label);
        }
        return schema;
    }

    private static Schema<?> text(JsonNode component) {
        JsonNode longest = component.path("validate").path("maxLength");
        return longest.isMissingNode() ? new StringSchema() : new StringSchema().maxLength(longest.asInt());
    }

    private static Schema<?> choice(JsonNode component) {
        StringSchema schema = new StringSchema();
        List<String> labels = new ArrayList<>();
        component.path("values").forEach(value -> {
            schema.addEnumItem(value.path("value").asText());
            labels.add(value.path("value").asText() + " " + value.path("label").asText());
        });
        return labels.isEmpty()
                ? schema.description("A code or a number that GET /api/codes, /api/units or the task's data names")
                : schema.description(String.join("; ", labels));
    }
}
