package org.guiling.ledger.imports;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.guiling.ledger.value.DateWords;
import org.guiling.ledger.value.Normal;
import org.guiling.ledger.value.RegistrationField;
import org.guiling.refusal.RefusedException;

/**
 * Maps the columns of a kind of file to the fields of the start form; read from {@code import-profiles/*.yaml}, or from
 * the file that an office keeps in its place.
 *
 * @param label what people call it; null for the label {@code ImportProfile.*} of those that are shipped
 * @param needed fields whose columns tell the header row
 * @param titleFrom the field whose first sentence is the title where there is none; null when there always is
 * @param dates patterns of dates that are written as text
 * @param fields by form field
 * @param constants by form field: what counts where neither row nor upload say anything
 * @param values by form field: words that stand for a code, beside its labels; for a unit, its other names; for a date, what
 *     {@link DateWords} makes of them
 * @param itemNo headers of the column that has our own numbers; may be empty
 * @param state the columns that say whether a problem is done with; null for none
 */
record ImportProfile(
        String id,
        String label,
        List<String> needed,
        String titleFrom,
        List<String> dates,
        Map<String, Field> fields,
        Map<String, String> constants,
        Map<String, Map<String, String>> values,
        List<String> itemNo,
        State state) {

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
        itemNo = itemNo == null ? List.of() : itemNo;
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

    /**
     * The columns and words by which a list says that a problem is done with.
     *
     * @param headers the words that head such a column
     * @param closed the content of such a column for a problem that is done with
     */
    record State(List<String> headers, List<String> closed) {

        private static final Pattern DENIED = Pattern.compile("[未没待]|推进|整改中|正在|持续");
        private static final Set<String> YES = Set.of("是", "√", "y", "yes", "✓");

        State {
            require(headers != null && !headers.isEmpty() && !headers.contains(null), "import.profile.no-columns");
            closed = closed == null ? List.of() : closed;
        }

        /**
         * True where a row says so.
         *
         * @param texts what stands in its columns of this kind, by header; one that denies it wins
         */
        boolean isClosed(Map<String, String> texts) {
            return texts.values().stream()
                            .noneMatch(text -> DENIED.matcher(text).find())
                    && texts.entrySet().stream().anyMatch(text -> isClosed(text.getKey(), Normal.of(text.getValue())));
        }

        private boolean isClosed(String header, String text) {
            return closed.stream().map(Normal::of).anyMatch(text::equals)
                    || header.startsWith("是否") && YES.contains(text);
        }
    }

    /** The place that a header leads to: the field and which of its columns. */
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

    /** The headings before the texts of columns that are joined. */
    List<String> headings() {
        return fields.values().stream()
                .flatMap(field -> field.columns().stream())
                .map(Column::heading)
                .filter(Objects::nonNull)
                .toList();
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

    /** True where a pattern can read any day at all: one without a day or a year never does. */
    static boolean canMatch(String pattern) {
        DateTimeFormatter format = DateTimeFormatter.ofPattern(pattern).withResolverStyle(ResolverStyle.STRICT);
        LocalDate day = LocalDate.of(2026, 12, 31);
        try {
            return LocalDate.parse(format.format(day), format).equals(day);
        } catch (DateTimeException e) {
            return false;
        }
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
