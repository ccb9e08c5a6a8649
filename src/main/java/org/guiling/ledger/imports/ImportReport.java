package org.guiling.ledger.imports;

import java.util.List;

/**
 * The outcome of an import. Every row with a problem in it is counted once: created, known, closed, left out or
 * rejected.
 *
 * @param profile id of the profile that it was read with
 * @param rows number of rows that are problems, or should be
 * @param created number of items created; in a dry run, of those that would be
 * @param duplicates rows that are in the ledger already, or twice in the file; each is named by a notice
 * @param changed number of items that took over what such a row says otherwise; in a dry run, of those that would
 * @param closed rows that say that they are done with; they stay out, each named by a notice
 * @param similar rows that the duplicate search finds like an item or an earlier row, each named by a notice; they are
 *     among those that are created or left out
 * @param leftOut those of them that stay out, as was chosen
 * @param rejected rows with problems
 * @param problems all of them, in the file's order
 * @param notices what else a person should know, by row
 * @param differences what known rows say otherwise
 * @param unknownUnits names that no unit has
 * @param ignoredColumns the headers of columns that were not read
 * @param ignored columns and sheets that were not read, in words
 * @param batchId null when nothing was created
 */
public record ImportReport(
        String profile,
        int rows,
        int created,
        int duplicates,
        int changed,
        int closed,
        int similar,
        int leftOut,
        int rejected,
        List<ImportProblem> problems,
        List<ImportNotice> notices,
        List<ImportDifference> differences,
        List<UnknownUnit> unknownUnits,
        List<String> ignoredColumns,
        List<String> ignored,
        Long batchId) {

    /** Number of problems in all. */
    public int problemCount() {
        return problems.size();
    }

    /** True where an import would do anything. */
    public boolean isWorthwhile() {
        return created > 0 || changed > 0;
    }

    ImportReport withNothingCreated() {
        return stored(0, 0, null);
    }

    ImportReport storedAs(Long batch) {
        return stored(created, changed, batch);
    }

    private ImportReport stored(int items, int itemsChanged, Long batch) {
        return new ImportReport(
                profile,
                rows,
                items,
                duplicates,
                itemsChanged,
                closed,
                similar,
                leftOut,
                rejected,
                problems,
                notices,
                differences,
                unknownUnits,
                ignoredColumns,
                ignored,
                batch);
    }
}
