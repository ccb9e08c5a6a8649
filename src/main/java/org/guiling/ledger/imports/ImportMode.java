package org.guiling.ledger.imports;

/** The treatment of the good rows of a file that has bad ones. */
public enum ImportMode {
    /** Nothing is stored unless every row can be. */
    ALL_OR_NOTHING,
    /** The good rows are stored, the bad ones reported. */
    VALID_ROWS
}
