package org.guiling.audit;

/** Kinds of faults of the audit trail. */
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
    /** A record does not say what its last step left. */
    RECORD_CHANGED,
    /** A record was not, when a step began, what the step before had left, whatever it says now. */
    RECORD_CHANGED_BEFORE,
    /** An item without a digest, or whose newest step none stands for. */
    NO_DIGEST,
    /** A number was issued, and its item is not there. */
    ITEM_MISSING,
    /** An item whose number was never issued. */
    NO_NUMBER,
    /** The content of a file is not what its hash says. */
    CONTENT_CHANGED,
    /** The content of a file is not there. */
    CONTENT_MISSING,
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
