package org.guiling.document;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names that the templates of a kind may use: the components of its content.
 *
 * @param texts {@code title}, {@code item.title}
 * @param lists a list's name, and the names in its rows
 */
public record Placeholders(Set<String> texts, Map<String, Set<String>> lists) {

    static Placeholders of(Class<? extends Record> content) {
        Placeholders placeholders = new Placeholders(new LinkedHashSet<>(), new LinkedHashMap<>());
        placeholders.add("", content);
        return placeholders;
    }

    private void add(String prefix, Class<?> content) {
        for (RecordComponent component : content.getRecordComponents()) {
            String name = prefix + component.getName();
            if (component.getType() == List.class) {
                Class<?> row = (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
                lists.put(name, of(row.asSubclass(Record.class)).texts());
            } else if (component.getType().isRecord()) {
                add(name + ".", component.getType());
            } else {
                texts.add(name);
            }
        }
    }

    /** The content as the templates read it. */
    static Map<String, Object> values(Record content) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (RecordComponent component : content.getClass().getRecordComponents()) {
            values.put(component.getName(), value(read(content, component)));
        }
        return values;
    }

    private static Object value(Object value) {
        if (value instanceof List<?> rows) {
            return rows.stream().map(row -> values((Record) row)).toList();
        }
        return value instanceof Record facts ? values(facts) : value;
    }

    private static Object read(Record content, RecordComponent component) {
        try {
            return component.getAccessor().invoke(content);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(component.toString(), e);
        }
    }
}
