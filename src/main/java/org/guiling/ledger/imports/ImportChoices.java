package org.guiling.ledger.imports;

/**
 * The choices of a person about rows that can be treated in more than one way.
 *
 * @param leaveHidden true where rows that the file does not show, by a filter or otherwise, stay out
 * @param takeOver true where what is different in a row that is known already goes into its item, where that is still
 *     possible without a procedure of its own
 * @param leaveSimilar true where rows stay out that the duplicate search (查重) finds like an item, or like an earlier
 *     row that comes in
 */
public record ImportChoices(boolean leaveHidden, boolean takeOver, boolean leaveSimilar) {

    /** All rows are read; nothing that is known changes. */
    public static final ImportChoices USUAL = new ImportChoices(false, false, false);
}
