package org.guiling.ledger;

import java.text.Normalizer;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.guiling.item.RefusedException;

/**
 * How the columns of a kind of file become the fields of the start form; read from {@code import-profiles/*.yaml}, or from
 * what an office keeps in their place.
 *
 * @param label what people call it; null for the label {@code ImportProfile.*} of those that are shipped
 * @param needed fields whose columns tell the header row
 * @param titleFrom the field whose first sentence is the title where there is none; null when there always is
 * @param dates patterns of dates that are written as text
 * @param fields by form field
 * @param constants by form field: what counts where neither row nor upload say anything
 * @param values by form field: words that stand for a code, beside its labels
 */
record ImportProfile(
        String id,
        String label,
        List<String> needed,
        String titleFrom,
        List<String> dates,
        Map<String, Field> fields,
        Map<String, String> constants,
        Map<String, Map<String, String>> values) {

    private static final Pattern TIME_OF_DAY = Pattern.compile("[ T]\\d{1,2}:\\d{2}(:\\d{2}(\\.\\d+)?)?Z?$");

    /** @throws RefusedException when the profile does not make sense; the message says what is wrong */
    ImportProfile {
        require(id != null && id.matches("[a-z][a-z0-9-]{0,39}"), "import.profile.id");
        require(fields != null && !fields.isEmpty(), "import.profile.no-fields");
        fields = new LinkedHashMap<>(fields);
        needed = needed == null ? List.of() : needed;
        dates = dates == null ? List.of() : dates;
        constants = constants == null ? Map.of() : Map.copyOf(constants);
        values = values == null ? Map.of() : normalized(values);
        requireFields(fields);
        requireFields(constants);
        requireFields(values);
        require(!needed.isEmpty() && fields.keySet().containsAll(needed), "import.profile.needed");
        require(titleFrom == null || fields.containsKey(titleFrom), "import.profile.title", titleFrom);
        dates.forEach(ImportProfile::requirePattern);
    }

    /**
     * A field and the columns that make it.
     *
     * @param separator stands between the columns' texts; a space by default
     */
    record Field(String separator, List<Column> columns) {

        Field {
            separator = separator == null ? " " : separator;
            require(columns != null && !columns.isEmpty() && !columns.contains(null), "import.profile.no-columns");
        }
    }

    /**
     * One column.
     *
     * @param headers the words that head it in the files of different offices
     * @param heading goes before its text where several columns are joined; null for none
     */
    record Column(List<String> headers, String heading) {

        Column {
            require(headers != null && !headers.isEmpty() && !headers.contains(null), "import.profile.no-columns");
        }
    }

    /** Where a header leads: the field and which of its columns. */
    record Place(RegistrationField field, int column) {}

    /** All headers that this profile knows, as {@link Normal#ofHeader} has them. */
    Map<String, Place> places() {
        Map<String, Place> places = new HashMap<>();
        fields.forEach((key, field) -> {
            RegistrationField target = RegistrationField.of(key).orElseThrow();
            for (int i = 0; i < field.columns().size(); i++) {
                for (String header : field.columns().get(i).headers()) {
                    Place place = new Place(target, i);
                    Place other = places.put(Normal.ofHeader(header), place);
                    if (other != null && !other.equals(place)) {
                        throw RefusedException.invalid("file", "import.profile.header-twice", header);
                    }
                }
            }
        });
        return places;
    }

    /** The code that a word stands for by this profile's own table. */
    Optional<String> value(RegistrationField field, String word) {
        return Optional.ofNullable(values.getOrDefault(field.key(), Map.of()).get(Normal.of(word)));
    }

    /** The day that a text names; empty when it is none of the profile's patterns. */
    Optional<LocalDate> day(String text) {
        String plain = TIME_OF_DAY
                .matcher(Normalizer.normalize(text, Normalizer.Form.NFKC).strip())
                .replaceFirst("");
        for (String pattern : dates) {
            try {
                return Optional.of(LocalDate.parse(
                        plain, DateTimeFormatter.ofPattern(pattern).withResolverStyle(ResolverStyle.STRICT)));
            } catch (DateTimeParseException e) {
                continue;
            }
        }
        return Optional.empty();
    }

    private static Map<String, Map<String, String>> normalized(Map<String, Map<String, String>> values) {
        Map<String, Map<String, String>> normalized = new HashMap<>();
        values.forEach((field, words) -> {
            Map<String, String> codes = new HashMap<>();
            words.forEach((word, code) -> codes.put(Normal.of(word), code));
            normalized.put(field, codes);
        });
        return normalized;
    }

    private static void requireFields(Map<String, ?> byField) {
        byField.forEach((key, value) -> {
            require(RegistrationField.of(key).isPresent(), "import.profile.field", key);
            require(value != null, "import.profile.no-columns");
        });
    }

    private static void requirePattern(String pattern) {
        try {
            DateTimeFormatter.ofPattern(pattern);
        } catch (IllegalArgumentException e) {
            throw RefusedException.invalid("file", "import.profile.date", pattern);
        }
    }

    private static void require(boolean holds, String code, Object... arguments) {
        if (!holds) {
            throw RefusedException.invalid("file", code, arguments);
        }
    }
}
