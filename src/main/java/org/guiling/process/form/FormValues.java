package org.guiling.process.form;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The values that a person entered, checked against the form: texts trimmed, nothing hidden, nothing undeclared. */
public final class FormValues {

    private final Map<String, Object> values;

    FormValues(Map<String, Object> values) {
        this.values = values;
    }

    /** The text, or null when it was left empty. */
    public String text(String key) {
        return (String) values.get(key);
    }

    /** The day, or null. */
    public LocalDate date(String key) {
        return (LocalDate) values.get(key);
    }

    /** The number, or null. */
    public BigDecimal number(String key) {
        return (BigDecimal) values.get(key);
    }

    public boolean flag(String key) {
        return Boolean.TRUE.equals(values.get(key));
    }

    /** The chosen values, empty when none. */
    @SuppressWarnings("unchecked")
    public List<String> texts(String key) {
        return (List<String>) values.getOrDefault(key, List.of());
    }

    /** The chosen code, or null. */
    public <E extends Enum<E>> E code(String key, Class<E> type) {
        String name = text(key);
        return name == null ? null : Enum.valueOf(type, name);
    }

    public <E extends Enum<E>> Set<E> codes(String key, Class<E> type) {
        Set<E> codes = EnumSet.noneOf(type);
        texts(key).forEach(name -> codes.add(Enum.valueOf(type, name)));
        return codes;
    }
}
