package org.guiling.engine.form;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.spin.SpinList;
import org.camunda.spin.json.SpinJsonNode;
import org.guiling.refusal.Problem;
import org.guiling.refusal.RefusedException;

/** Turns the engine's variables into plain values: Tasklist sends checklists as JSON variables. */
public final class EnteredValues {

    private EnteredValues() {}

    /**
     * Only what a form has reaches the engine: texts, numbers, yes or no, and lists of them. It fails at anything else in
     * its own way, long before the form is checked.
     *
     * @throws RefusedException with each field that has another value
     */
    public static void requirePlain(Map<String, Object> fields) {
        List<Problem> problems = fields.entrySet().stream()
                .filter(field -> field.getValue() != null
                        && !isSimple(field.getValue())
                        && !(field.getValue() instanceof Collection<?> list
                                && list.stream().allMatch(EnteredValues::isSimple)))
                .map(field -> Problem.of(field.getKey(), "form.type", field.getKey()))
                .toList();
        if (!problems.isEmpty()) {
            throw new RefusedException(RefusedException.Kind.INVALID, problems);
        }
    }

    private static boolean isSimple(Object value) {
        return value instanceof String || value instanceof Number || value instanceof Boolean;
    }

    public static Map<String, Object> plain(Map<String, Object> variables) {
        Map<String, Object> plain = new HashMap<>();
        variables.forEach((name, value) -> plain.put(name, plain(value)));
        return plain;
    }

    private static Object plain(Object value) {
        if (!(value instanceof SpinJsonNode json)) {
            return value;
        }
        if (!json.isArray()) {
            return json.isValue() ? json.value() : json.toString();
        }
        SpinList<SpinJsonNode> elements = json.elements();
        List<Object> list = new ArrayList<>();
        elements.forEach(element -> list.add(plain(element)));
        return list;
    }
}
