package org.guiling.ledger;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.poi.ss.util.CellReference;
import org.guiling.item.RefusedException;
import org.guiling.ledger.ImportProfile.Place;
import org.guiling.ledger.table.Cell;
import org.guiling.ledger.table.Row;

/** The header of a sheet: which column leads where. It may span two rows, as merged headers do. */
final class HeaderRow {

    private final Map<Integer, String> labels;
    private final Map<Integer, Place> places = new TreeMap<>();
    private final Map<RegistrationField, Map<Integer, Integer>> columns = new EnumMap<>(RegistrationField.class);

    private HeaderRow(Map<Integer, String> labels, Map<String, Place> known) {
        this.labels = labels;
        labels.forEach((column, label) -> {
            Place place = known.get(Normal.ofHeader(label));
            if (place != null) {
                Integer other = columns.computeIfAbsent(place.field(), field -> new HashMap<>())
                        .put(place.column(), column);
                if (other != null) {
                    throw RefusedException.invalid(
                            "file", "import.header.twice", labels.get(other), name(other), label, name(column));
                }
                places.put(column, place);
            }
        });
    }

    /** Whether the row alone has the columns that the profile needs. */
    static boolean isIn(Row row, Map<String, Place> known, List<String> needed) {
        List<String> found = row.cells().stream()
                .map(cell -> place(cell, known))
                .filter(Objects::nonNull)
                .map(place -> place.field().key())
                .toList();
        return found.size() > 1 && found.containsAll(needed);
    }

    /** Whether a row says nothing but headers: the lower half of a header of two rows, or a repetition. */
    static boolean isOnlyHeaders(Row row, Map<String, Place> known) {
        return row.cells().stream().allMatch(cell -> cell == null || place(cell, known) != null);
    }

    /**
     * Puts the header together: for each column the lowest label that there is.
     *
     * @param above null when there is no row above
     * @param below null when the row below is data
     */
    static HeaderRow of(Row above, Row row, Row below, Map<String, Place> known) {
        Map<Integer, String> labels = new TreeMap<>();
        if (above != null) {
            IntStream.range(0, above.cells().size())
                    .filter(column -> place(above.cell(column), known) != null)
                    .forEach(column -> labels.put(column, above.cell(column).text()));
        }
        overwrite(labels, row);
        if (below != null) {
            overwrite(labels, below);
        }
        return new HeaderRow(labels, known);
    }

    /** The column that holds a part of a field; null when the file has none. */
    Integer column(RegistrationField field, int part) {
        return columns.getOrDefault(field, Map.of()).get(part);
    }

    boolean isMapped(int column) {
        return places.containsKey(column);
    }

    boolean isLabelled(int column) {
        return labels.containsKey(column);
    }

    /** The label, or the letter of a column that has none. */
    String label(int column) {
        return labels.getOrDefault(column, name(column));
    }

    /** The labels of the columns that lead nowhere. */
    List<String> unmapped() {
        return labels.entrySet().stream()
                .filter(label -> !places.containsKey(label.getKey()))
                .map(Map.Entry::getValue)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    static String name(int column) {
        return CellReference.convertNumToColString(column);
    }

    private static void overwrite(Map<Integer, String> labels, Row row) {
        IntStream.range(0, row.cells().size())
                .filter(column -> row.cell(column) != null)
                .forEach(column -> labels.put(column, row.cell(column).text()));
    }

    private static Place place(Cell cell, Map<String, Place> known) {
        return cell == null ? null : known.get(Normal.ofHeader(cell.text()));
    }
}
