package org.guiling.ledger.table;

/** A merged region; rows counted from 1, columns from 0, ends included. */
public record Merge(int firstRow, int lastRow, int firstColumn, int lastColumn) {

    public boolean spansRows() {
        return lastRow > firstRow;
    }

    public boolean spansColumns() {
        return lastColumn > firstColumn;
    }
}
