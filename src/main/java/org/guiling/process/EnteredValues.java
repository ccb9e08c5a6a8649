package org.guiling.process;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.spin.SpinList;
import org.camunda.spin.json.SpinJsonNode;

/** Turns the engine's variables into plain values: Tasklist sends checklists as JSON variables. */
final class EnteredValues {

    private EnteredValues() {}

    static Map<String, Object> plain(Map<String, Object> variables) {
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
