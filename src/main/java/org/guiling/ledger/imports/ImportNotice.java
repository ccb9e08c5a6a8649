package org.guiling.ledger.imports;

/**
 * Something that a person should know about a row that is no problem of it.
 *
 * @param sheet null for a file without sheets
 * @param row 1 for the first row of the sheet, as spreadsheet programs count
 * @param field field of the start form, or null
 * @param message in the words of the person
 * @param itemNo the item that the row equals or is like; null for none
 * @param like the earlier row of the file that it equals or is like; null for none
 */
public record ImportNotice(
        String sheet, int row, Kind kind, String field, String message, String itemNo, EarlierRow like) {

    /** A row of the same file. @param sheet null for a file without sheets @param row 1 for the first row of the sheet */
    public record EarlierRow(String sheet, int row) {}

    /** The kinds of notices. */
    public enum Kind {
        /** The row is known already and brings nothing new. */
        KNOWN,
        /** The row is known already and says something else now. */
        DIFFERENT,
        /** An item or an earlier row is like the row, which becomes an item unless such rows are to stay out. */
        SIMILAR,
        /** The row says that it is done with, and stays out. */
        CLOSED,
        /** A value was understood that is not what stands there letter by letter. */
        UNDERSTOOD,
        /** The file does not show the row. */
        HIDDEN,
        /** The row is no problem: a heading, a total, a note. */
        NO_PROBLEM
    }
}
