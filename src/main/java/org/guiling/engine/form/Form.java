package org.guiling.engine.form;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.guiling.engine.feel.BoundedFeel;

/** One {@code .form} file: its inputs, each with the conditions under which it is hidden. */
public final class Form {

    /**
     * An input in its place.
     *
     * @param hiddenWhen FEEL expressions of the input and the groups around it; it is hidden when one is true
     */
    record Placed(FormField field, List<String> hiddenWhen) {}

    private final String id;
    private final List<Placed> fields = new ArrayList<>();
    private final Map<String, String> conditions = new LinkedHashMap<>();

    /** @throws org.guiling.item.RefusedException when a condition has more of FEEL than a form may use */
    Form(JsonNode schema) {
        this.id = schema.path("id").asText();
        collect(schema, List.of());
    }

    public String id() {
        return id;
    }

    /** The keys of all inputs. */
    public Set<String> keys() {
        Set<String> keys = new TreeSet<>();
        fields.forEach(placed -> keys.add(placed.field().key()));
        return keys;
    }

    /** True where the input of that key takes a day. */
    public boolean isDate(String key) {
        return fields.stream()
                .anyMatch(placed ->
                        placed.field().key().equals(key) && placed.field().type() == FormField.Type.DATE);
    }

    /** The names under which the server supplies options. */
    public Set<String> optionKeys() {
        return fields.stream()
                .map(placed -> placed.field().optionsKey())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    List<Placed> fields() {
        return fields;
    }

    /** The FEEL expressions of the components that have one, by the component's id: it is hidden when its is true. */
    Map<String, String> conditions() {
        return conditions;
    }

    private void collect(JsonNode parent, List<String> inherited) {
        for (JsonNode component : parent.path("components")) {
            List<String> hiddenWhen = new ArrayList<>(inherited);
            String condition = component.path("conditional").path("hide").asText("");
            if (!condition.isBlank()) {
                String expression = condition.startsWith("=") ? condition.substring(1) : condition;
                BoundedFeel.requireExpression(component.path("id").asText(), expression);
                hiddenWhen.add(expression);
                conditions.put(component.path("id").asText(), expression);
            }
            FormField.Type type = type(component);
            if (type != null) {
                fields.add(new Placed(field(component, type), List.copyOf(hiddenWhen)));
            }
            collect(component, hiddenWhen);
        }
    }

    private static FormField.Type type(JsonNode component) {
        return switch (component.path("type").asText()) {
            case "textfield", "textarea" -> FormField.Type.TEXT;
            case "number" -> FormField.Type.NUMBER;
            case "datetime" -> FormField.Type.DATE;
            case "select", "radio" -> FormField.Type.CHOICE;
            case "checkbox" -> FormField.Type.CHECKBOX;
            case "checklist", "taglist" -> FormField.Type.CHOICES;
            case "group", "table", "text", "separator", "spacer" -> null;
            default ->
                throw new IllegalArgumentException(
                        "A form uses a component that the server cannot check: " + component.path("type"));
        };
    }

    private static FormField field(JsonNode component, FormField.Type type) {
        JsonNode validate = component.path("validate");
        String label = component
                .path(type == FormField.Type.DATE ? "dateLabel" : "label")
                .asText();
        String pattern = validate.path("pattern").asText("");
        return new FormField(
                component.path("key").asText(),
                type,
                label,
                validate.path("required").asBoolean(false),
                integer(validate.path("minLength")),
                integer(validate.path("maxLength")),
                decimal(validate.path("min")),
                decimal(validate.path("max")),
                integer(component.path("decimalDigits")),
                pattern.isEmpty() ? null : Pattern.compile(pattern),
                options(component),
                component.hasNonNull("valuesKey") ? component.path("valuesKey").asText() : null);
    }

    private static Set<String> options(JsonNode component) {
        if (!component.has("values")) {
            return null;
        }
        Set<String> options = new LinkedHashSet<>();
        component
                .path("values")
                .forEach(value -> options.add(value.path("value").asText()));
        return options;
    }

    private static Integer integer(JsonNode node) {
        return node.isNumber() || node.isTextual() ? Integer.valueOf(node.asText()) : null;
    }

    private static BigDecimal decimal(JsonNode node) {
        return node.isNumber() || node.isTextual() ? new BigDecimal(node.asText()) : null;
    }
}
