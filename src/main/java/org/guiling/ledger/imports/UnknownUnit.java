package org.guiling.ledger.imports;

import java.util.List;

/**
 * A name in a file that no unit has.
 *
 * @param rows how many rows have it
 * @param suggested units that may be meant, the most similar first; may be empty
 */
public record UnknownUnit(String name, int rows, List<Suggestion> suggested) {

    /** A unit that may be meant. */
    public record Suggestion(String code, String name) {}
}
