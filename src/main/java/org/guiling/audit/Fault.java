package org.guiling.audit;

/** What is wrong with the audit trail. */
public enum Fault {
    /** A row does not say what it said when it was written. */
    CHANGED,
    /** Rows that were there are not. */
    MISSING,
    /** A row that was not written by the application: its place is taken, or behind the end of its chain. */
    FORGED,
    /** The head of a chain is not the chain's. */
    HEAD_CHANGED,
    /** An item without any history. */
    NO_TIMELINE,
    /** Rows are sound among themselves, and others than at the time of an anchor. */
    REWRITTEN,
    /** An anchor does not say what its digest stands for. */
    ANCHOR_CHANGED,
    /** The file of an anchor says something else than the database. */
    ANCHOR_FILE_DIFFERS,
    /** An anchor without its file. */
    ANCHOR_FILE_MISSING,
    /** A file whose anchor is not in the database. */
    ANCHOR_MISSING
}
