package org.guiling.workflow.form;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * An input of a form: its key, and what Java makes of what was entered. Reading and showing meet here, so that a key stands
 * once.
 *
 * @param <T> what Java reads
 */
public final class Field<T> {

    /** The inputs of a form that may have the key. */
    public enum Kind {
        TEXT,
        NUMBER,
        DATE,
        FLAG,
        CODE,
        LIST
    }

    private final String key;
    private final Kind kind;
    private final List<String> codes;
    private final Function<Object, T> read;
    private final Function<T, Object> show;

    private Field(String key, Kind kind, List<String> codes, Function<Object, T> read, Function<T, Object> show) {
        this.key = key;
        this.kind = kind;
        this.codes = codes;
        this.read = read;
        this.show = show;
    }

    /** A text, or null when it was left empty. */
    public static Field<String> text(String key) {
        return new Field<>(key, Kind.TEXT, List.of(), String.class::cast, text -> text);
    }

    /** A whole number that is chosen by its digits, or null. */
    public static Field<Integer> digits(String key) {
        return new Field<>(
                key,
                Kind.TEXT,
                List.of(),
                value -> value == null ? null : Integer.valueOf((String) value),
                Object::toString);
    }

    /** A number, or null. */
    public static Field<BigDecimal> number(String key) {
        return new Field<>(key, Kind.NUMBER, List.of(), BigDecimal.class::cast, number -> number);
    }

    /** A day, or null. */
    public static Field<LocalDate> date(String key) {
        return new Field<>(key, Kind.DATE, List.of(), LocalDate.class::cast, LocalDate::toString);
    }

    /** True where it was ticked. */
    public static Field<Boolean> flag(String key) {
        return new Field<>(key, Kind.FLAG, List.of(), Boolean.TRUE::equals, flag -> flag);
    }

    /** True where yes was chosen. */
    public static Field<Boolean> yesOrNo(String key) {
        return new Field<>(key, Kind.CODE, List.of("YES", "NO"), "YES"::equals, yes -> yes ? "YES" : "NO");
    }

    /** The chosen code, or null. */
    public static <E extends Enum<E>> Field<E> code(String key, Class<E> type) {
        return new Field<>(
                key,
                Kind.CODE,
                names(type),
                value -> value == null ? null : Enum.valueOf(type, (String) value),
                Enum::name);
    }

    /** The chosen values, empty when none. */
    @SuppressWarnings("unchecked")
    public static Field<List<String>> texts(String key) {
        return new Field<>(
                key, Kind.LIST, List.of(), value -> value == null ? List.of() : (List<String>) value, texts -> texts);
    }

    /** The chosen codes, empty when none. */
    public static <E extends Enum<E>> Field<Set<E>> codes(String key, Class<E> type) {
        Field<List<String>> texts = texts(key);
        return new Field<>(
                key,
                Kind.LIST,
                names(type),
                value -> {
                    Set<E> codes = EnumSet.noneOf(type);
                    texts.read(value).forEach(name -> codes.add(Enum.valueOf(type, name)));
                    return codes;
                },
                codes -> codes.stream().map(Enum::name).toList());
    }

    private static <E extends Enum<E>> List<String> names(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
    }

    public String key() {
        return key;
    }

    public Kind kind() {
        return kind;
    }

    /** The codes that Java understands; empty where it takes any text. */
    public List<String> codes() {
        return codes;
    }

    /** @param value as the check of the form leaves it; null when nothing was entered */
    T read(Object value) {
        return read.apply(value);
    }

    /** Puts what the form is to show into its data; null is left out. */
    public void show(Map<String, Object> data, T value) {
        if (value != null) {
            data.put(key, show.apply(value));
        }
    }
}
