package org.guiling.ledger.table;

import java.io.Closeable;
import java.util.List;
import org.guiling.refusal.RefusedException;

/** Reads a file sheet by sheet and row by row. Every method refuses ({@link RefusedException}) a file it cannot read. */
public interface TableReader extends Closeable {

    /** Goes to the next visible sheet; false when there is none left. */
    boolean nextSheet();

    /** The name of the sheet, or null for a file without sheets. */
    String sheet();

    /** The next row of the sheet that is not blank; null at its end. */
    Row nextRow();

    /** The merged regions of the sheet. */
    List<Merge> merges();

    /** The names of the sheets that are hidden and therefore not read. */
    List<String> hiddenSheets();

    @Override
    void close();
}
