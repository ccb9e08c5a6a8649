package org.guiling.ledger.table;

import java.util.List;

/**
 * A row as the file has it.
 *
 * @param number 1 for the first, as spreadsheet programs count
 * @param cells by column, null where blank; columns after the last filled one are absent
 * @param hidden whether the file does not show it, by a filter or otherwise
 */
public record Row(int number, List<Cell> cells, boolean hidden) {

    public Row(int number, List<Cell> cells) {
        this(number, cells, false);
    }

    /** The cell of a column that is counted from 0; null where it is blank. */
    public Cell cell(int column) {
        return column < cells.size() ? cells.get(column) : null;
    }
}
