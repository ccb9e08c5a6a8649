package org.guiling.web.security;

import com.fasterxml.jackson.databind.JsonNode;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.guiling.web.support.EngineRoutes;
import org.springframework.beans.BeanUtils;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Everything that can be asked for, with the names of all that it reads: {@code /api} as {@code /v3/api-docs} describes it,
 * pages and SCIM as their controllers declare it, Camunda's REST by its own annotations.
 */
final class FuzzTargets {

    /** Routes that would send the caller away or shut their account. */
    private static final Set<String> NOT_ASKED =
            Set.of("POST /logout", "POST /account/password", "POST /account/sessions/end", "POST /login");

    private static final List<String> SCIM_FIELDS = List.of(
            "schemas",
            "id",
            "externalId",
            "userName",
            "displayName",
            "name",
            "active",
            "emails",
            "roles",
            "groups",
            "Operations",
            "password",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User");

    private final Map<String, Map<String, Object>> bases;
    private final List<String> formFields;
    private final List<FuzzTarget> all = new ArrayList<>();

    /**
     * @param bases complete bodies by {@code METHOD /path}
     * @param formFields keys of every input of every form
     */
    FuzzTargets(Map<String, Map<String, Object>> bases, Collection<String> formFields) {
        this.bases = bases;
        this.formFields = List.copyOf(new TreeSet<>(formFields));
    }

    List<FuzzTarget> all() {
        return all;
    }

    void described(JsonNode description) {
        description.path("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(operation -> described(
                        description,
                        operation.getKey().toUpperCase(Locale.ROOT),
                        path.getKey(),
                        operation.getValue())));
    }

    private void described(JsonNode description, String method, String path, JsonNode operation) {
        List<String> query = StreamSupport.stream(operation.path("parameters").spliterator(), false)
                .filter(parameter -> parameter.path("in").asText().equals("query"))
                .flatMap(parameter -> {
                    List<String> parts = properties(description, parameter.path("schema"));
                    return parts.isEmpty() ? Stream.of(parameter.path("name").asText()) : parts.stream();
                })
                .toList();
        JsonNode content = operation.path("requestBody").path("content");
        String type = content.fieldNames().hasNext() ? content.fieldNames().next() : "";
        Map<String, Object> base = base(method, path);
        Set<String> fields = new TreeSet<>(base.keySet());
        fields.addAll(properties(description, content.path(type).path("schema")));
        if (content.path(type).path("schema").has("additionalProperties")) {
            fields.addAll(formFields);
        }
        FuzzTarget.Body body = type.isEmpty()
                ? FuzzTarget.Body.NONE
                : type.startsWith("multipart/") ? FuzzTarget.Body.MULTIPART : FuzzTarget.Body.JSON;
        add(FuzzTarget.Door.API, method, path, query, fields, body);
    }

    private static List<String> properties(JsonNode description, JsonNode schema) {
        String reference = schema.path("$ref").asText();
        JsonNode resolved = reference.isEmpty() ? schema : description.at(reference.substring(1));
        List<String> names = new ArrayList<>();
        resolved.path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    void declared(Collection<RequestMappingHandlerMapping> mappings) {
        for (RequestMappingHandlerMapping mapping : mappings) {
            mapping.getHandlerMethods()
                    .forEach((info, handler) -> info.getPatternValues().forEach(path -> info.getMethodsCondition()
                            .getMethods()
                            .forEach(method -> declared(method.name(), path, handler))));
        }
    }

    private void declared(String method, String path, HandlerMethod handler) {
        if (path.startsWith("/scim")) {
            FuzzTarget.Body body = method.startsWith("P") ? FuzzTarget.Body.JSON : FuzzTarget.Body.NONE;
            add(
                    FuzzTarget.Door.SCIM,
                    method,
                    path,
                    List.of("filter", "startIndex", "count", "attributes"),
                    SCIM_FIELDS,
                    body);
        } else if (!path.startsWith("/api/") && !path.startsWith("/v3/") && !path.endsWith("/error")) {
            Set<String> names = new TreeSet<>();
            boolean upload = false;
            for (Parameter parameter : handler.getMethod().getParameters()) {
                upload |= parameter.getType() == MultipartFile.class;
                names.addAll(inputs(parameter));
            }
            boolean changes = !method.equals("GET");
            FuzzTarget.Body body =
                    upload ? FuzzTarget.Body.MULTIPART : changes ? FuzzTarget.Body.FORM : FuzzTarget.Body.NONE;
            add(
                    FuzzTarget.Door.PAGE,
                    method,
                    path,
                    changes ? List.of() : List.copyOf(names),
                    changes ? names : Set.of(),
                    body);
        }
    }

    private List<String> inputs(Parameter parameter) {
        RequestParam one = parameter.getAnnotation(RequestParam.class);
        if (one != null && Map.class.isAssignableFrom(parameter.getType())) {
            return formFields;
        }
        if (one != null) {
            return List.of(
                    one.value().isEmpty() ? one.name().isEmpty() ? parameter.getName() : one.name() : one.value());
        }
        boolean form = AnnotatedElementUtils.hasAnnotation(parameter, ModelAttribute.class);
        if (form && parameter.getType().isRecord()) {
            return Arrays.stream(parameter.getType().getRecordComponents())
                    .map(RecordComponent::getName)
                    .toList();
        }
        boolean plain =
                parameter.getAnnotation(PathVariable.class) == null && BeanUtils.isSimpleProperty(parameter.getType());
        return plain ? List.of(parameter.getName()) : List.of();
    }

    void ofTheEngine(String door, FuzzTarget.Door kind) {
        Map<String, List<String>> properties = new TreeMap<>();
        Collection<EngineRoutes.Route> routes = EngineRoutes.all();
        routes.stream()
                .filter(route -> route.body() != null)
                .forEach(route -> properties.put(route.path(), beanProperties(route.body())));
        for (EngineRoutes.Route route : routes) {
            // Its list takes in the query what its sibling takes in the body.
            List<String> names = properties.getOrDefault(
                    route.path(), properties.getOrDefault(route.path().replaceAll("/count$", ""), List.of()));
            boolean changes = route.method().startsWith("P");
            Stream<String> query = route.method().equals("GET")
                    ? Stream.concat(names.stream(), Stream.of("firstResult", "maxResults", "sortBy", "sortOrder"))
                    : Stream.empty();
            add(
                    kind,
                    route.method(),
                    door + route.path(),
                    query.distinct().toList(),
                    changes ? names : List.of(),
                    changes ? FuzzTarget.Body.JSON : FuzzTarget.Body.NONE);
        }
    }

    private static List<String> beanProperties(Class<?> type) {
        return Arrays.stream(BeanUtils.getPropertyDescriptors(type))
                .filter(property -> property.getWriteMethod() != null)
                .map(PropertyDescriptor::getName)
                .map(Introspector::decapitalize)
                .distinct()
                .toList();
    }

    private Map<String, Object> base(String method, String path) {
        return bases.getOrDefault(method + " " + path, Map.of());
    }

    private void add(
            FuzzTarget.Door door,
            String method,
            String path,
            List<String> query,
            Collection<String> fields,
            FuzzTarget.Body body) {
        if (!NOT_ASKED.contains(method + " " + path) && !path.contains("/logout")) {
            Set<String> names = new TreeSet<>(fields);
            names.addAll(base(method, path).keySet());
            all.add(new FuzzTarget(door, method, path, query, List.copyOf(names), body, base(method, path)));
        }
    }
}
