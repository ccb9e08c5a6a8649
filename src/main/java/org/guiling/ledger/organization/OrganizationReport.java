package org.guiling.ledger.organization;

import java.util.List;

/**
 * The changes that a workbook of units and people makes to the organization, or would make.
 *
 * @param stored true where they were stored; never when a row is wrong
 * @param rows every row of the two sheets, in the file's order
 * @param ignored sheets and columns that were not read
 */
public record OrganizationReport(boolean stored, List<Line> rows, List<String> ignored) {

    /** The outcomes for a row. */
    public enum Outcome {
        NEW,
        CHANGED,
        UNCHANGED,
        WRONG
    }

    /**
     * One row.
     *
     * @param row 1 for the first of the sheet, as spreadsheet programs count
     * @param subject the unit's code or the person's account; empty where the row has none
     * @param problems none unless it is wrong
     */
    public record Line(String sheet, int row, String subject, String name, Outcome outcome, List<Flaw> problems) {}

    /** @param cell such as {@code B3}; null where the reason is not in one cell */
    public record Flaw(String cell, String message) {}

    public long count(Outcome outcome) {
        return rows.stream().filter(row -> row.outcome() == outcome).count();
    }

    /** True where storing it would change anything, and may be done. */
    public boolean isStorable() {
        return count(Outcome.WRONG) == 0 && count(Outcome.NEW) + count(Outcome.CHANGED) > 0;
    }
}
