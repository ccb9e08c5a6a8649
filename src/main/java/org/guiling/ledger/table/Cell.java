package org.guiling.ledger.table;

import java.time.LocalDate;

/**
 * One filled cell. A formula counts as its stored value and is never evaluated.
 *
 * @param text what a person sees, cleaned; for an error its name, for a formula without a value empty
 * @param day the day that the number stands for when it is meant as a date; null for a text
 * @param formula whether the text is what a formula came to when the file was last calculated
 * @param number the stored number in plain digits, whatever its format shows; null for what is none
 */
public record Cell(Kind kind, String text, LocalDate day, boolean formula, String number) {

    /** Spreadsheets keep so many digits of a number; those behind them are zeros that nobody wrote. */
    private static final int DIGITS_KEPT = 15;

    Cell(Kind kind, String text, LocalDate day) {
        this(kind, text, day, false, null);
    }

    /** The kinds of cells that a file distinguishes. */
    public enum Kind {
        TEXT,
        NUMBER,
        /** A number that the file shows as a date. */
        DATE,
        /** {@code #REF!} and its like. */
        ERROR,
        /** A formula that was never calculated. */
        NO_VALUE
    }

    Cell ofFormula() {
        return new Cell(kind, text, day, true, number);
    }

    /** True where the number is longer than what a spreadsheet keeps of one, so that its end is lost. */
    public boolean isCut() {
        return number != null && number.replaceAll("\\D", "").length() > DIGITS_KEPT && !number.contains(".");
    }

    /** The same text in a cell that is none of a number, as when cells are put together. */
    public static Cell text(String text) {
        return new Cell(Kind.TEXT, text, null);
    }
}
