package org.guiling.ledger.imports;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.poi.ss.util.CellReference;
import org.guiling.ledger.imports.ImportProfile.Place;
import org.guiling.ledger.table.Cell;
import org.guiling.ledger.table.Merge;
import org.guiling.ledger.table.Row;
import org.guiling.ledger.value.RegistrationField;

/** The header of a sheet: which column leads where. It may span two rows, as merged headers do. */
final class HeaderRow {

    /** A longer text is what a column says, not what it is called. */
    private static final int LONGEST_WORD = 30;
    /** So many words that head columns are no coincidence. */
    private static final int WORDS_OF_A_HEADER = 3;

    private final HeaderWords words;
    private final Map<Integer, String> labels;
    private final Map<RegistrationField, List<Source>> sources = new EnumMap<>(RegistrationField.class);
    private final List<Integer> itemNumbers = new ArrayList<>();
    private final List<Integer> states = new ArrayList<>();
    private final Set<Integer> mapped;
    /** The texts of the rows that it was read from. */
    private final Set<List<String>> own = new HashSet<>();

    /**
     * A column that a field is read from.
     *
     * @param part which of the field's columns in the profile it is
     * @param label what it is called within a group of columns that the profile knows by one word; else null
     */
    record Source(int part, int column, String label) {}

    private HeaderRow(Map<Integer, String> labels, Map<Integer, String> groups, HeaderWords words) {
        this.labels = labels;
        this.words = words;
        labels.forEach((column, label) -> place(column, label, groups.get(column)));
        sources.values().forEach(list -> list.sort(Comparator.comparingInt(Source::part)));
        this.mapped = sources.values().stream()
                .flatMap(List::stream)
                .map(Source::column)
                .collect(Collectors.toSet());
    }

    private void place(int column, String label, String group) {
        if (words.isItemNo(label)) {
            itemNumbers.add(column);
            return;
        }
        if (words.isState(label)) {
            states.add(column);
            return;
        }
        Optional<Place> own = words.place(label);
        Optional<Place> place = own.or(() -> group == null ? Optional.empty() : ofGroup(label, group));
        place.ifPresent(found -> sources.computeIfAbsent(found.field(), field -> new ArrayList<>())
                .add(new Source(found.column(), column, own.isEmpty() && !label.equals(group) ? label : null)));
    }

    /** 责任 above 单位 is 责任单位; and under a word for texts, each column is a part of the text. */
    private Optional<Place> ofGroup(String label, String group) {
        return words.place(group + label)
                .or(() -> words.place(group).filter(place -> place.field().kind() == RegistrationField.Kind.TEXT));
    }

    /** True where rows, read as the upper and the lower half of one header, have the columns that a profile needs. */
    static boolean isIn(HeaderWords words, List<String> needed, Row... rows) {
        List<String> found = Stream.of(rows)
                .flatMap(row -> row.cells().stream())
                .filter(Objects::nonNull)
                .map(cell -> words.place(cell.text()))
                .flatMap(Optional::stream)
                .map(place -> place.field().key())
                .toList();
        return found.size() > 1 && found.containsAll(needed);
    }

    /** True where a row says nothing but headers. */
    static boolean isOnlyHeaders(Row row, HeaderWords words) {
        return row.cells().stream().allMatch(cell -> cell == null || words.isKnown(cell));
    }

    /**
     * True where a row is the lower half of the header above it. Not every word has to be known: what stands under a merged
     * word belongs to it, and a row that says something where the upper half has its own columns is a row of the list.
     */
    static boolean isLowerHalf(Row row, Row above, List<Merge> merges, HeaderWords words) {
        if (isOnlyHeaders(row, words)) {
            return true;
        }
        boolean told = false;
        for (int column = 0; column < row.cells().size(); column++) {
            Cell cell = row.cell(column);
            if (cell == null) {
                continue;
            }
            boolean grouped = group(column, above, merges) != null;
            if (cell.text().length() > LONGEST_WORD
                    || cell.kind() != Cell.Kind.TEXT
                    || !grouped && !words.isKnown(cell) && words.isKnown(above.cell(column))) {
                return false;
            }
            told |= grouped || words.isKnown(cell);
        }
        return told;
    }

    /**
     * Puts the header together: for each column the lowest label that there is.
     *
     * @param above null when there is no row above
     * @param below null when the row below is data
     */
    static HeaderRow of(Row above, Row row, Row below, List<Merge> merges, HeaderWords words) {
        Map<Integer, String> labels = new TreeMap<>();
        Map<Integer, String> groups = new TreeMap<>();
        // A single word above a header is the list's title.
        if (above != null && above.cells().stream().filter(Objects::nonNull).count() > 1) {
            IntStream.range(0, above.cells().size())
                    .filter(column -> words.isKnown(above.cell(column)))
                    .forEach(column -> labels.put(column, above.cell(column).text()));
            addGroups(groups, above, merges);
        }
        addGroups(groups, row, merges);
        overwrite(labels, row);
        if (below != null) {
            overwrite(labels, below);
        }
        labels.keySet().forEach(column -> groups.remove(column, labels.get(column)));
        groups.forEach((column, group) -> {
            if (words.place(group).isPresent()) {
                labels.putIfAbsent(column, group);
            }
        });
        HeaderRow header = new HeaderRow(labels, groups, words);
        Stream.of(row, below).filter(Objects::nonNull).map(HeaderRow::texts).forEach(header.own::add);
        return header;
    }

    /** The columns that make a field, in the profile's order and then the file's. */
    List<Source> sources(RegistrationField field) {
        return sources.getOrDefault(field, List.of());
    }

    List<Integer> itemNumbers() {
        return itemNumbers;
    }

    List<Integer> states() {
        return states;
    }

    boolean isMapped(int column) {
        return mapped.contains(column);
    }

    boolean isLabelled(int column) {
        return labels.containsKey(column);
    }

    /** The label, or the letter of a column that has none. */
    String label(int column) {
        return labels.getOrDefault(column, name(column));
    }

    int mappedColumns() {
        return mapped.size();
    }

    /** The labels of the columns that lead nowhere. */
    List<String> unmapped() {
        return labels.entrySet().stream()
                .filter(label -> !mapped.contains(label.getKey()))
                .filter(label -> !itemNumbers.contains(label.getKey()) && !states.contains(label.getKey()))
                .map(Map.Entry::getValue)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** True where a row is one of those that this header was read from, as on every printed page. */
    boolean isRepeatedBy(Row row) {
        return own.contains(texts(row));
    }

    /** True where a row says what columns are called, be it in the words of another table below this one. */
    boolean isHeader(Row row) {
        List<String> filled = texts(row).stream().filter(Objects::nonNull).toList();
        long known = filled.stream().filter(words::isKnown).count();
        return filled.size() > 1
                && (isRepeatedBy(row)
                        || known == filled.size()
                        || known >= WORDS_OF_A_HEADER && 2 * known > filled.size());
    }

    private static List<String> texts(Row row) {
        return row.cells().stream()
                .map(cell -> cell == null ? null : cell.text())
                .toList();
    }

    /** Of all the merges of a sheet those that begin in these rows over several columns. */
    static List<Merge> mergesOf(List<Row> rows, List<Merge> merges) {
        Set<Integer> numbers = rows.stream().map(Row::number).collect(Collectors.toSet());
        return merges.stream()
                .filter(merge -> merge.spansColumns() && numbers.contains(merge.firstRow()))
                .toList();
    }

    static String name(int column) {
        return CellReference.convertNumToColString(column);
    }

    private static void addGroups(Map<Integer, String> groups, Row row, List<Merge> merges) {
        for (Merge merge : merges) {
            if (merge.firstRow() == row.number() && merge.spansColumns() && row.cell(merge.firstColumn()) != null) {
                for (int column = merge.firstColumn(); column <= merge.lastColumn(); column++) {
                    groups.put(column, row.cell(merge.firstColumn()).text());
                }
            }
        }
    }

    private static String group(int column, Row row, List<Merge> merges) {
        return merges.stream()
                .filter(merge -> merge.firstRow() == row.number() && merge.spansColumns())
                .filter(merge -> merge.firstColumn() <= column && column <= merge.lastColumn())
                .filter(merge -> row.cell(merge.firstColumn()) != null)
                .map(merge -> row.cell(merge.firstColumn()).text())
                .findFirst()
                .orElse(null);
    }

    private static void overwrite(Map<Integer, String> labels, Row row) {
        IntStream.range(0, row.cells().size())
                .filter(column -> row.cell(column) != null)
                .forEach(column -> labels.put(column, row.cell(column).text()));
    }
}
