package org.guiling.ledger;

import java.util.List;

/**
 * What became of a file.
 *
 * @param rows how many rows it has
 * @param created items created; in a dry run, how many would be
 * @param duplicates rows that are in the ledger already, or twice in the file
 * @param rejected rows with problems
 * @param problems the first of them, in the file's order
 * @param problemCount how many there are in all
 * @param ignored columns and sheets that were not read
 * @param batchId null when nothing was created
 */
public record ImportReport(
        int rows,
        int created,
        int duplicates,
        int rejected,
        List<ImportProblem> problems,
        int problemCount,
        List<String> ignored,
        Long batchId) {

    ImportReport withNothingCreated() {
        return new ImportReport(rows, 0, duplicates, rejected, problems, problemCount, ignored, null);
    }

    ImportReport storedAs(Long batch) {
        return new ImportReport(rows, created, duplicates, rejected, problems, problemCount, ignored, batch);
    }
}
