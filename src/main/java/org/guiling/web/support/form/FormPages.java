package org.guiling.web.support.form;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.guiling.engine.form.Forms;
import org.guiling.refusal.RefusedException;
import org.guiling.web.support.Problems;
import org.guiling.web.support.Problems.FieldError;
import org.guiling.web.support.form.FormPage.Component;
import org.guiling.web.support.form.FormPage.Kind;
import org.guiling.web.support.form.FormPage.Option;
import org.guiling.web.support.form.FormPage.Rules;
import org.springframework.util.MultiValueMap;

/**
 * Shows the {@code .form} files in the portal: the same inputs, options and conditions as in Tasklist, and the same names
 * when they are sent.
 */
@org.springframework.stereotype.Component
public class FormPages {

    private static final int COLUMNS = 16;

    private final FormFiles files;
    private final Forms forms;
    private final Problems problems;
    private final OnceForms onceForms;

    FormPages(FormFiles files, Forms forms, Problems problems, OnceForms onceForms) {
        this.files = files;
        this.forms = forms;
        this.problems = problems;
        this.onceForms = onceForms;
    }

    /**
     * A form with what its page knows.
     *
     * @param id the name of its file
     * @param data what it shows and what its inputs begin with
     * @param fixed keys of inputs whose value the page knows already; they are left out
     * @param elsewhere names of tables that the page shows itself, beside the form; they are left out
     */
    public record AskedForm(String id, Supplier<Map<String, Object>> data, Set<String> fixed, Set<String> elsewhere) {

        public AskedForm(String id, Supplier<Map<String, Object>> data, Set<String> fixed) {
            this(id, data, fixed, Set.of());
        }
    }

    /** The components of a form that are hidden now, by their ids. */
    public record Hidden(Set<String> hidden) {}

    /** The form as it is opened. */
    public FormPage opened(AskedForm form) {
        return page(form, Map.of(), List.of());
    }

    /**
     * Hands on what a page sent, once. Where it is refused, the form comes back: with all that was entered, and what was wrong at
     * its input.
     *
     * @param use does what the form is for and says where to go on
     * @param page shows the form that comes back
     * @return what one of the two answers
     */
    public String answer(
            AskedForm form,
            MultiValueMap<String, String> sent,
            Function<Map<String, Object>, String> use,
            Function<FormPage, String> page,
            HttpServletResponse response) {
        Map<String, Object> entered = entered(form.id(), sent);
        try {
            return onceForms.once(() -> use.apply(entered));
        } catch (RefusedException refusal) {
            response.setStatus(Problems.statusOf(refusal).value());
            return page.apply(page(form, entered, problems.errors(refusal)));
        }
    }

    /** The parts of the form that are hidden for the values entered so far. */
    public Hidden hidden(AskedForm form, MultiValueMap<String, String> sent) {
        return new Hidden(
                forms.hidden(form.id(), entered(form.id(), sent), form.data().get()));
    }

    /**
     * Converts the values sent by a page into those that the engine takes. An input that a browser leaves out because
     * nothing is chosen is empty; a name that the form does not know stays, so that it is refused as everywhere.
     */
    Map<String, Object> entered(String formId, MultiValueMap<String, String> sent) {
        Map<String, Kind> inputs = inputs(files.schema(formId));
        Map<String, Object> entered = new HashMap<>();
        inputs.forEach((key, kind) -> {
            if (kind == Kind.CHECKBOX) {
                entered.put(key, false);
            } else if (kind == Kind.CHECKLIST) {
                entered.put(key, List.of());
            }
        });
        sent.forEach((name, values) -> {
            if (!name.startsWith("_")) {
                entered.put(name, entered(inputs.getOrDefault(name, Kind.TEXTFIELD), values));
            }
        });
        return entered;
    }

    private static Object entered(Kind kind, List<String> values) {
        return switch (kind) {
            case CHECKBOX -> values.contains("true");
            case CHECKLIST -> List.copyOf(values);
            // A browser ends lines as HTTP does.
            default -> values.get(0).replace("\r\n", "\n");
        };
    }

    private static Map<String, Kind> inputs(JsonNode parent) {
        Map<String, Kind> inputs = new LinkedHashMap<>();
        for (JsonNode component : parent.path("components")) {
            if (component.has("key")) {
                inputs.put(component.path("key").asText(), kind(component));
            }
            inputs.putAll(inputs(component));
        }
        return inputs;
    }

    private FormPage page(AskedForm form, Map<String, Object> entered, List<FieldError> errors) {
        JsonNode schema = files.schema(form.id());
        Map<String, Object> data = form.data().get();
        Map<String, Object> values = new HashMap<>(data);
        values.putAll(entered);
        Map<String, List<String>> byField = errors.stream()
                .filter(error -> error.field() != null)
                .collect(groupingBy(FieldError::field, mapping(FieldError::message, toList())));
        Filling filling =
                new Filling(values, forms.hidden(form.id(), entered, data), byField, form.fixed(), form.elsewhere());
        List<Component> components = filling.components(schema);
        Set<String> shown = inputs(schema).keySet();
        List<String> others = errors.stream()
                .filter(error -> error.field() == null
                        || !shown.contains(error.field())
                        || form.fixed().contains(error.field()))
                .map(FieldError::message)
                .distinct()
                .toList();
        return new FormPage(form.id(), components, others, problem(data));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> problem(Map<String, Object> data) {
        return (List<Map<String, Object>>) data.getOrDefault("itemFacts", List.of());
    }

    private static Kind kind(JsonNode component) {
        return switch (component.path("type").asText()) {
            case "group" -> Kind.GROUP;
            case "text" -> Kind.TEXT;
            case "table" ->
                component.path("columns").size() == 2
                                && "label"
                                        .equals(component
                                                .path("columns")
                                                .path(0)
                                                .path("key")
                                                .asText())
                        ? Kind.FACTS
                        : Kind.TABLE;
            case "textfield" -> Kind.TEXTFIELD;
            case "textarea" -> Kind.TEXTAREA;
            case "number" -> Kind.NUMBER;
            case "datetime" -> Kind.DATE;
            case "select" -> Kind.SELECT;
            case "radio" -> Kind.RADIO;
            case "checkbox" -> Kind.CHECKBOX;
            case "checklist", "taglist" -> Kind.CHECKLIST;
            default ->
                throw new IllegalArgumentException("A form uses a component that the portal cannot show: "
                        + component.path("type").asText());
        };
    }

    /** Fills the components of one form. */
    private record Filling(
            Map<String, Object> values,
            Set<String> hidden,
            Map<String, List<String>> errors,
            Set<String> fixed,
            Set<String> elsewhere) {

        List<Component> components(JsonNode parent) {
            List<Component> components = new ArrayList<>();
            for (JsonNode component : parent.path("components")) {
                if (isShown(component)) {
                    components.add(component(component));
                }
            }
            return components;
        }

        /** A group of which nothing is left is left out too. */
        private boolean isShown(JsonNode component) {
            if (kind(component) == Kind.GROUP) {
                return StreamSupport.stream(component.path("components").spliterator(), false)
                        .anyMatch(this::isShown);
            }
            return !fixed.contains(component.path("key").asText())
                    && !elsewhere.contains(source(component.path("dataSource").asText()));
        }

        private Component component(JsonNode node) {
            Kind kind = kind(node);
            String key = node.hasNonNull("key") ? node.path("key").asText() : null;
            return new Component(
                    kind,
                    node.path("id").asText(),
                    key,
                    node.path(kind == Kind.DATE ? "dateLabel" : "label").asText(),
                    node.path("description").asText(null),
                    node.path("layout").path("columns").asInt(COLUMNS),
                    hidden.contains(node.path("id").asText()),
                    node.path("validate").path("required").asBoolean(false),
                    rules(node),
                    kind == Kind.TEXT ? text(node.path("text").asText()) : value(key),
                    options(node, key),
                    texts(node.path("columns"), column -> column.path("label").asText()),
                    rows(node),
                    key == null ? List.of() : errors.getOrDefault(key, List.of()),
                    components(node));
        }

        private static Rules rules(JsonNode node) {
            JsonNode validate = node.path("validate");
            String digits = node.path("decimalDigits").asText("0");
            return new Rules(
                    integer(validate, "minLength"),
                    integer(validate, "maxLength"),
                    validate.path("pattern").asText(null),
                    validate.path("min").asText(null),
                    validate.path("max").asText(null),
                    kind(node) == Kind.NUMBER ? "1e-" + digits : null);
        }

        private static Integer integer(JsonNode rules, String name) {
            return rules.hasNonNull(name) ? Integer.valueOf(rules.path(name).asText()) : null;
        }

        private String value(String key) {
            Object value = key == null ? null : values.get(key);
            return value == null ? "" : value.toString();
        }

        /** The words themselves, or the name of a value after an equals sign. */
        private String text(String text) {
            return text.startsWith("=") ? value(text.substring(1).strip()) : text;
        }

        private List<Option> options(JsonNode node, String key) {
            Object value = key == null ? null : values.get(key);
            Collection<?> chosen = value instanceof Collection<?> several
                    ? several.stream().map(String::valueOf).toList()
                    : value == null ? List.of() : List.of(value.toString());
            if (node.has("values")) {
                return texts(node.path("values"), option -> option).stream()
                        .map(option -> option(
                                option.path("value").asText(),
                                option.path("label").asText(),
                                chosen))
                        .toList();
            }
            return supplied(node.path("valuesKey").asText()).stream()
                    .map(option ->
                            option(String.valueOf(option.get("value")), String.valueOf(option.get("label")), chosen))
                    .toList();
        }

        private static Option option(String value, String label, Collection<?> chosen) {
            return new Option(value, label, chosen.contains(value));
        }

        private List<List<String>> rows(JsonNode node) {
            List<String> keys =
                    texts(node.path("columns"), column -> column.path("key").asText());
            return supplied(source(node.path("dataSource").asText())).stream()
                    .map(row -> keys.stream()
                            .map(key -> row.get(key) == null ? "" : row.get(key).toString())
                            .toList())
                    .toList();
        }

        private static String source(String dataSource) {
            return dataSource.startsWith("=") ? dataSource.substring(1).strip() : dataSource;
        }

        private List<Map<?, ?>> supplied(String name) {
            return values.get(name) instanceof Collection<?> list
                    ? list.stream().<Map<?, ?>>map(row -> (Map<?, ?>) row).toList()
                    : List.of();
        }

        private static <T> List<T> texts(JsonNode nodes, Function<JsonNode, T> read) {
            return StreamSupport.stream(nodes.spliterator(), false).map(read).toList();
        }
    }
}
