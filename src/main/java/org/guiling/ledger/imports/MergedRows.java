package org.guiling.ledger.imports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.guiling.ledger.table.Cell;
import org.guiling.ledger.table.Merge;
import org.guiling.ledger.table.Row;
import org.guiling.ledger.value.RegistrationField;

/**
 * Reads merged cells below a header as people do: what is merged over rows stands in each of them, and rows over which
 * the problem itself is merged are one problem.
 */
final class MergedRows {

    private final HeaderRow header;
    private final List<Integer> factColumns;
    /** By the row that they begin in; those that have begun are gone from here. */
    private final TreeMap<Integer, List<Merge>> coming = new TreeMap<>();
    /** Those that reach to the current row or beyond. */
    private final List<Merge> open = new ArrayList<>();

    private final Map<Merge, Cell> values = new HashMap<>();

    MergedRows(List<Merge> merges, int lastHeaderRow, HeaderRow header, List<Integer> factColumns) {
        this.header = header;
        this.factColumns = factColumns;
        merges.stream()
                .filter(merge -> merge.firstRow() > lastHeaderRow && merge.spansRows())
                .filter(merge -> header.isMapped(merge.firstColumn()))
                .forEach(merge -> coming.computeIfAbsent(merge.firstRow(), row -> new ArrayList<>())
                        .add(merge));
    }

    /** The row with what is merged into it from above. To be asked of every row, from the first to the last. */
    Row filled(Row row) {
        open.removeIf(merge -> merge.lastRow() < row.number());
        while (!coming.isEmpty() && coming.firstKey() <= row.number()) {
            open.addAll(coming.pollFirstEntry().getValue());
        }
        List<Cell> cells = new ArrayList<>(row.cells());
        for (Merge merge : open) {
            int column = merge.firstColumn();
            if (merge.firstRow() == row.number()) {
                values.put(merge, row.cell(column));
            } else if (row.cell(column) == null && values.get(merge) != null) {
                while (cells.size() <= column) {
                    cells.add(null);
                }
                cells.set(column, values.get(merge));
            }
        }
        return new Row(row.number(), cells, row.hidden());
    }

    /** True where the row goes on with the problem above it: that is merged over both, and so is its number, if it has one. */
    boolean goesOn(Row row) {
        return isMerged(row, factColumns)
                && header.sources(RegistrationField.SOURCE_SEQ).stream()
                        .map(HeaderRow.Source::column)
                        .allMatch(column -> row.cell(column) == null || isMerged(row, List.of(column)));
    }

    /** Two rows of one problem as one: what the second adds stands behind what the first says. */
    static Row joined(Row first, Row second) {
        List<Cell> cells = new ArrayList<>();
        for (int column = 0;
                column < Math.max(first.cells().size(), second.cells().size());
                column++) {
            Cell one = first.cell(column);
            Cell other = second.cell(column);
            boolean more = one != null
                    && other != null
                    && !List.of(one.text().split("\n")).contains(other.text());
            cells.add(more ? Cell.text(one.text() + "\n" + other.text()) : one == null ? other : one);
        }
        return new Row(first.number(), cells, first.hidden());
    }

    private boolean isMerged(Row row, List<Integer> columns) {
        return open.stream()
                .anyMatch(merge -> columns.contains(merge.firstColumn())
                        && merge.firstRow() < row.number()
                        && row.number() <= merge.lastRow());
    }
}
