package org.guiling.ledger.imports;

/**
 * A problem that keeps a row from being imported.
 *
 * @param sheet null for a file without sheets
 * @param row 1 for the first row of the sheet, as spreadsheet programs count
 * @param field field of the start form, or null
 * @param message in the words of the person
 */
public record ImportProblem(String sheet, int row, String field, String message) {}
