package org.guiling.ledger.table;

import java.time.LocalDate;

/**
 * One filled cell. A formula counts as its stored value and is never evaluated.
 *
 * @param text what a person sees, cleaned; for an error its name, for a formula without a value empty
 * @param day the day that the number stands for when it is meant as a date; null for a text
 * @param formula whether the text is what a formula came to when the file was last calculated
 */
public record Cell(Kind kind, String text, LocalDate day, boolean formula) {

    Cell(Kind kind, String text, LocalDate day) {
        this(kind, text, day, false);
    }

    /** What the file says the cell is. */
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
        return new Cell(kind, text, day, true);
    }

    static Cell text(String text) {
        return new Cell(Kind.TEXT, text, null);
    }
}
