package org.guiling.ledger.imports;

/**
 * A difference between a row and the item that it is known as.
 *
 * @param field field of the start form
 * @param before what the item says, in words
 * @param after what the row says, in words
 * @param open true where it can be taken over with the import; else the item has to go the way of its own: a request
 *     for another date, another unit, a new plan
 */
public record ImportDifference(
        String sheet, int row, String itemNo, String field, String before, String after, boolean open) {}
