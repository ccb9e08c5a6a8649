package org.guiling.ledger.table;

/** Limits on the content of a file. */
public final class Limits {

    public static final long FILE_BYTES = 20L * 1024 * 1024;
    public static final int ROWS = 20_000;
    public static final int COLUMNS = 200;
    /** The longest text that a spreadsheet cell can hold. */
    public static final int CELL_CHARACTERS = 32_767;

    static final long INFLATED_BYTES = 300L * 1024 * 1024;
    static final int PARTS = 2_000;
    static final int SHARED_CHARACTERS = 40_000_000;
    static final int SHARED_STRINGS = 1_000_000;
    static final int MERGES = 50_000;

    private Limits() {}
}
