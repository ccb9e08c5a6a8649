package org.guiling.ledger;

/**
 * What a person decides about a list that leaves it open.
 *
 * @param leaveHidden whether rows that the file does not show, by a filter or otherwise, stay out
 * @param takeOver whether what is different in a row that is known already goes into its item, where that is still
 *     possible without a procedure of its own
 * @param leaveSimilar whether rows that the duplicate search (查重) finds like an item, or like an earlier row that comes
 *     in, stay out
 */
public record ImportChoices(boolean leaveHidden, boolean takeOver, boolean leaveSimilar) {

    /** All rows are read; nothing that is known changes. */
    public static final ImportChoices USUAL = new ImportChoices(false, false, false);
}
