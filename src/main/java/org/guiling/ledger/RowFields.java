package org.guiling.ledger;

import java.text.BreakIterator;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.guiling.item.Problem;
import org.guiling.item.RefusedException;
import org.guiling.ledger.ImportProfile.Column;
import org.guiling.ledger.ImportProfile.Field;
import org.guiling.ledger.table.Cell;
import org.guiling.ledger.table.Row;

/** Turns a row into the fields of the start form: what the row says wins over the upload, the upload over the profile. */
final class RowFields {

    private static final Pattern SENTENCE_END = Pattern.compile("[。！？；\\n]|[.!?;](?=\\s|$)");
    private static final Pattern THOUSANDS = Pattern.compile("\\d{1,3}(,\\d{3})+(\\.\\d+)?");
    private static final int TITLE_LENGTH = 200;
    /** A smaller number in a date column is a year or a count of something, not a day. */
    private static final LocalDate FIRST_DAY_MEANT = LocalDate.of(1990, 1, 1);

    private final ImportProfile profile;
    private final CodeLabels labels;
    private final UnitNames units;
    private final Map<String, Object> defaults = new HashMap<>();

    /** @throws RefusedException when the defaults name a field that the start form does not have */
    RowFields(ImportProfile profile, Map<String, String> defaults, CodeLabels labels, UnitNames units) {
        this.profile = profile;
        this.labels = labels;
        this.units = units;
        profile.constants().forEach((field, value) -> this.defaults.put(field, read(field, value)));
        defaults.forEach((field, value) -> {
            if (value != null && !value.isBlank()) {
                this.defaults.put(field, read(field, value.strip()));
            }
        });
    }

    Map<String, Object> of(Row row, HeaderRow header, List<Problem> problems) {
        Map<String, Object> fields = new HashMap<>(defaults);
        profile.fields().forEach((key, field) -> {
            RegistrationField target = RegistrationField.of(key).orElseThrow();
            Object value = value(target, field, row, header, problems);
            if (value != null) {
                fields.put(key, value);
            }
        });
        if (profile.titleFrom() != null && !fields.containsKey(RegistrationField.TITLE.key())) {
            firstText(row, header).ifPresent(fact -> fields.put(RegistrationField.TITLE.key(), titleOf(fact)));
        }
        if (!fields.containsKey(RegistrationField.ORIGINAL_DUE.key())) {
            fields.remove(RegistrationField.DUE_BASIS.key());
        }
        return fields;
    }

    private Object value(RegistrationField target, Field field, Row row, HeaderRow header, List<Problem> problems) {
        List<String> texts = new ArrayList<>();
        for (int part = 0; part < field.columns().size(); part++) {
            Integer index = header.column(target, part);
            Cell cell = index == null ? null : row.cell(index);
            if (cell == null) {
                continue;
            }
            switch (cell.kind()) {
                case ERROR ->
                    problems.add(Problem.of(target.key(), "import.cell.error", header.label(index), cell.text()));
                case NO_VALUE -> problems.add(Problem.of(target.key(), "import.cell.no-value", header.label(index)));
                default -> texts.add(text(target, field.columns().get(part), cell));
            }
        }
        if (texts.isEmpty()) {
            return null;
        }
        String text = String.join(field.separator(), texts);
        if (target == RegistrationField.LEAD_UNIT && isSeveralUnits(text)) {
            problems.add(Problem.of(target.key(), "import.lead-several", text));
        }
        return read(target, text);
    }

    private static String text(RegistrationField target, Column column, Cell cell) {
        boolean day = target.kind() == RegistrationField.Kind.DATE
                && cell.day() != null
                && !cell.day().isBefore(FIRST_DAY_MEANT);
        String text = day ? cell.day().toString() : cell.text();
        return column.heading() == null ? text : column.heading() + text;
    }

    private boolean isSeveralUnits(String text) {
        return units.code(text).isEmpty() && units.codes(text).size() > 1;
    }

    private Object read(String key, String text) {
        RegistrationField field = RegistrationField.of(key)
                .orElseThrow(() -> RefusedException.invalid(key, "import.default-unknown", key));
        return read(field, text);
    }

    /** The value as the start form has it; what cannot be read stays as it was written, and the form refuses it. */
    private Object read(RegistrationField field, String text) {
        return switch (field.kind()) {
            case TEXT -> text;
            case NUMBER -> THOUSANDS.matcher(text).matches() ? text.replace(",", "") : text;
            case DATE -> profile.day(text).map(LocalDate::toString).orElse(text);
            case CODE ->
                profile.value(field, text).or(() -> labels.code(field, text)).orElse(text);
            case UNIT -> units.code(text).orElse(text);
            case UNITS -> units.codes(text);
        };
    }

    private Optional<String> firstText(Row row, HeaderRow header) {
        RegistrationField source = RegistrationField.of(profile.titleFrom()).orElseThrow();
        return Optional.ofNullable(header.column(source, 0)).map(row::cell).map(Cell::text);
    }

    /** The first sentence, cut between characters as people see them. */
    static String titleOf(String fact) {
        Matcher end = SENTENCE_END.matcher(fact);
        String sentence = end.find() && end.start() > 0 ? fact.substring(0, end.start()) : fact;
        String title = sentence.strip();
        if (title.codePointCount(0, title.length()) <= TITLE_LENGTH) {
            return title;
        }
        int last = title.offsetByCodePoints(0, TITLE_LENGTH);
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(title);
        return title.substring(0, characters.isBoundary(last) ? last : characters.preceding(last));
    }
}
