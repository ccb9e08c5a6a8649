package org.guiling.ledger.imports;

import java.text.BreakIterator;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.guiling.ledger.imports.HeaderRow.Source;
import org.guiling.ledger.imports.ImportProfile.Field;
import org.guiling.ledger.table.Cell;
import org.guiling.ledger.table.Row;
import org.guiling.ledger.value.Amounts;
import org.guiling.ledger.value.CodeLabels;
import org.guiling.ledger.value.DateWords;
import org.guiling.ledger.value.Normal;
import org.guiling.ledger.value.RegistrationField;
import org.guiling.ledger.value.RegistrationField.Kind;
import org.guiling.ledger.value.UnitNames;
import org.guiling.organization.Unit;
import org.guiling.refusal.RefusedException;

/** Turns a row into the fields of the start form: what the row says wins over the upload, the upload over the profile. */
final class RowFields {

    private static final Pattern SENTENCE_END = Pattern.compile("[。！？；\\n]|[.!?;](?=\\s|$)");
    private static final Pattern THOUSANDS = Pattern.compile("\\d{1,3}(,\\d{3})+(\\.\\d+)?");
    private static final Pattern OWN_NUMBER = Pattern.compile("^ZG-[0-9]{4}-[0-9]{6,10}$");
    private static final Pattern IN_YUAN = Pattern.compile(".*\\((单位:)?元\\).*");
    private static final int TITLE_LENGTH = 200;
    /** The texts that people write into cells that have nothing to say. */
    private static final Set<String> BLANK = Set.of("-", "--", "—", "——", "/", "\\", "无", "暂无", "n/a", "na");
    /** A smaller number in a date column is a year or a count of something, not a day. */
    private static final LocalDate FIRST_DAY_MEANT = LocalDate.of(1990, 1, 1);

    private final ImportProfile profile;
    private final CodeLabels labels;
    private final UnitNames units;
    private final LocalDate today;
    private final Map<String, Object> defaults = new HashMap<>();

    /**
     * @param today the day from which dates without a year are read where nothing says when a problem was found
     * @throws RefusedException when the defaults name a field that the start form does not have
     */
    RowFields(
            ImportProfile profile, Map<String, String> defaults, CodeLabels labels, UnitNames units, LocalDate today) {
        this.profile = profile;
        this.labels = labels;
        this.units = units;
        this.today = today;
        profile.constants().forEach((field, value) -> this.defaults.put(field, read(field, value)));
        defaults.forEach((field, value) -> {
            if (value != null && !value.isBlank()) {
                this.defaults.put(field, read(field, value.strip()));
            }
        });
    }

    UnitNames units() {
        return units;
    }

    RowReading of(Row row, HeaderRow header) {
        RowReading reading = new RowReading();
        Map<String, Object> fields = reading.fields();
        fields.putAll(defaults);
        // The day on which a problem was found says from when 30日内 counts.
        value(RegistrationField.FOUND_DATE, row, header, reading);
        profile.fields().keySet().stream()
                .map(key -> RegistrationField.of(key).orElseThrow())
                .filter(field -> field != RegistrationField.FOUND_DATE)
                .forEach(field -> value(field, row, header, reading));
        firstText(row, header).ifPresent(fact -> {
            reading.about(fact);
            if (profile.titleFrom() != null && !fields.containsKey(RegistrationField.TITLE.key())) {
                fields.put(RegistrationField.TITLE.key(), titleOf(fact));
            }
        });
        if (!fields.containsKey(RegistrationField.ORIGINAL_DUE.key())) {
            fields.remove(RegistrationField.DUE_BASIS.key());
        }
        identify(row, header, reading);
        readState(row, header, reading);
        return reading;
    }

    private void value(RegistrationField target, Row row, HeaderRow header, RowReading reading) {
        List<Source> filled = header.sources(target).stream()
                .filter(source -> row.cell(source.column()) != null)
                .filter(source -> isReadable(target, source, row, header, reading))
                .toList();
        if (filled.isEmpty()) {
            return;
        }
        reading.tells(target);
        switch (target.kind()) {
            case TEXT -> reading.fields().put(target.key(), text(target, filled, row, header, reading));
            case UNIT, UNITS -> readUnits(target, joined(target, filled, row), reading);
            default -> {
                Source first = filled.get(0);
                Cell cell = row.cell(first.column());
                filled.stream()
                        .skip(1)
                        .filter(other -> !row.cell(other.column()).text().equals(cell.text()))
                        .forEach(other -> reading.notice(
                                target,
                                "import.notice.second-column",
                                header.label(first.column()),
                                header.label(other.column()),
                                row.cell(other.column()).text()));
                single(target, cell, header.label(first.column()), reading);
            }
        }
    }

    private static boolean isReadable(
            RegistrationField target, Source source, Row row, HeaderRow header, RowReading reading) {
        Cell cell = row.cell(source.column());
        switch (cell.kind()) {
            case ERROR -> reading.problem(target, "import.cell.error", header.label(source.column()), cell.text());
            case NO_VALUE -> reading.problem(target, "import.cell.no-value", header.label(source.column()));
            default -> {
                return target.kind() == Kind.TEXT
                        || target.kind() == Kind.DATE
                        || !BLANK.contains(Normal.of(cell.text()));
            }
        }
        return false;
    }

    private String text(RegistrationField target, List<Source> filled, Row row, HeaderRow header, RowReading reading) {
        Field field = profile.fields().get(target.key());
        return filled.stream()
                .map(source -> {
                    Cell cell = row.cell(source.column());
                    if (cell.isCut()) {
                        reading.notice(target, "import.notice.cut", header.label(source.column()), cell.text());
                    }
                    String heading = field.columns().get(source.part()).heading();
                    return (heading == null ? "" : heading)
                            + (source.label() == null ? "" : source.label() + "：")
                            + cell.text();
                })
                .distinct()
                .collect(Collectors.joining(field.separator()));
    }

    private String joined(RegistrationField target, List<Source> filled, Row row) {
        return filled.stream()
                .map(source -> row.cell(source.column()).text())
                .distinct()
                .collect(Collectors.joining(
                        target.kind() == Kind.UNIT
                                ? "、"
                                : profile.fields().get(target.key()).separator()));
    }

    private void single(RegistrationField target, Cell cell, String label, RowReading reading) {
        switch (target.kind()) {
            case DATE -> readDate(target, cell, reading);
            case NUMBER -> readAmount(target, cell, label, reading);
            default -> reading.fields().put(target.key(), read(target, cell.text()));
        }
    }

    private void readDate(RegistrationField target, Cell cell, RowReading reading) {
        if (cell.day() != null && !cell.day().isBefore(FIRST_DAY_MEANT)) {
            reading.fields().put(target.key(), cell.day().toString());
            return;
        }
        Optional<LocalDate> day = profile.day(cell.text());
        if (day.isPresent()) {
            reading.fields().put(target.key(), day.get().toString());
            return;
        }
        Object found = reading.fields().get(RegistrationField.FOUND_DATE.key());
        LocalDate base = profile.day(String.valueOf(found)).orElse(today);
        DateWords.read(cell.text(), base, profile.values().getOrDefault(target.key(), Map.of()))
                .ifPresentOrElse(meaning -> told(target, cell, meaning, reading), () -> {
                    // A text that is not a date stays as it was written: the form refuses it and names it.
                    reading.fields().put(target.key(), cell.text());
                });
    }

    private void told(RegistrationField target, Cell cell, DateWords.Meaning meaning, RowReading reading) {
        LocalDate day = meaning.day();
        if (meaning.done()) {
            reading.close();
        } else if (day == null) {
            reading.fields().remove(target.key());
            reading.notice(target, "import.notice.no-date", cell.text());
        } else {
            if (target == RegistrationField.FOUND_DATE && day.isAfter(today)) {
                day = day.withDayOfMonth(1);
            }
            reading.fields().put(target.key(), day.toString());
            reading.notice(target, "import.notice.date", cell.text(), day.toString());
        }
    }

    private void readAmount(RegistrationField target, Cell cell, String label, RowReading reading) {
        String written = cell.number() == null ? cell.text() : cell.number();
        Amounts.read(written, IN_YUAN.matcher(Normal.of(label)).matches())
                .ifPresentOrElse(
                        amount -> {
                            reading.fields().put(target.key(), amount.number());
                            if (amount.told()) {
                                reading.notice(target, "import.notice.amount", cell.text(), amount.number());
                            }
                        },
                        () -> reading.fields().put(target.key(), written));
    }

    /** The first of several units leads, the others help. */
    private void readUnits(RegistrationField target, String text, RowReading reading) {
        List<String> names = units.names(text);
        Set<String> codes = new LinkedHashSet<>();
        for (String name : names) {
            Optional<String> code = units.code(name);
            if (code.isPresent()) {
                codes.add(code.get());
            } else if (!units.isCollective(name)) {
                codes.add(name);
                askFor(target, name, reading);
            } else if (target.kind() == Kind.UNITS) {
                reading.notice(target, "import.notice.collective", name);
            } else {
                codes.add(name);
                reading.problem(target, "import.unit.collective", name);
            }
        }
        if (codes.isEmpty()) {
            return;
        }
        if (target.kind() == Kind.UNIT) {
            String lead = codes.iterator().next();
            codes.remove(lead);
            reading.fields().put(target.key(), lead);
            if (codes.isEmpty()) {
                return;
            }
            reading.notice(
                    target,
                    "import.notice.several-units",
                    names.get(0),
                    String.join("、", names.subList(1, names.size())));
        }
        addCoUnits(codes, reading);
    }

    private void addCoUnits(Set<String> codes, RowReading reading) {
        String key = RegistrationField.CO_UNITS.key();
        Set<Object> all = new LinkedHashSet<>(codes);
        if (reading.fields().get(key) instanceof List<?> known && !Objects.equals(known, defaults.get(key))) {
            all.addAll(known);
        }
        all.remove(reading.fields().get(RegistrationField.LEAD_UNIT.key()));
        reading.fields().put(key, List.copyOf(all));
    }

    private void askFor(RegistrationField target, String name, RowReading reading) {
        reading.unknownUnit(name);
        List<Unit> meant = units.suggestions(name);
        if (!meant.isEmpty()) {
            reading.problem(
                    target,
                    "import.unit.suggested",
                    name,
                    meant.stream().map(Unit::name).collect(Collectors.joining("、")));
        }
    }

    private static void identify(Row row, HeaderRow header, RowReading reading) {
        header.itemNumbers().stream()
                .map(row::cell)
                .filter(Objects::nonNull)
                .map(Cell::text)
                .findFirst()
                .ifPresent(reading::numbered);
        Object seq = reading.fields().get(RegistrationField.SOURCE_SEQ.key());
        if (reading.itemNo() == null
                && seq instanceof String text
                && OWN_NUMBER.matcher(text).matches()) {
            reading.numbered(text);
        }
    }

    private void readState(Row row, HeaderRow header, RowReading reading) {
        if (profile.state() == null) {
            return;
        }
        Map<String, String> states = new HashMap<>();
        header.states().stream()
                .filter(column -> row.cell(column) != null)
                .forEach(column ->
                        states.put(header.label(column), row.cell(column).text()));
        if (profile.state().isClosed(states)) {
            reading.close();
        }
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

    /** The text of the field from which titles are made, without its further columns. */
    private Optional<String> firstText(Row row, HeaderRow header) {
        RegistrationField source = profile.titleFrom() == null
                ? RegistrationField.FACT_TEXT
                : RegistrationField.of(profile.titleFrom()).orElseThrow();
        List<String> texts = new ArrayList<>();
        header.sources(source).stream()
                .filter(each -> each.part() == 0)
                .map(each -> row.cell(each.column()))
                .filter(Objects::nonNull)
                .forEach(cell -> texts.add(cell.text()));
        return texts.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", texts));
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
