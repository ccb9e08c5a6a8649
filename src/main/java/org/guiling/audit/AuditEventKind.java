package org.guiling.audit;

/** Kinds of events that are recorded beside the timelines of items. Each has a chain of hashes. */
public enum AuditEventKind {
    /** Somebody signed on. */
    SIGNED_ON,
    /** Somebody tried to. The actor is known only where there is such an account. */
    SIGN_ON_FAILED,
    SIGNED_OFF,
    /** The password was right and the second factor is asked: nobody is signed on yet. */
    FIRST_FACTOR_PASSED,
    /** An account was locked, or let in again. */
    ACCOUNT_LOCKED,
    ACCOUNT_UNLOCKED,
    PASSWORD_CHANGED,
    /** A second factor was enrolled, replaced or removed, its recovery asked for, approved or confirmed. */
    SECOND_FACTOR_CHANGED,
    /** A bearer token was issued or withdrawn. */
    TOKEN_ISSUED,
    TOKEN_REVOKED,
    /**
     * A request that was forbidden, or asked for something hidden: each request that was answered so, counted for an
     * hour for each person and address.
     */
    REFUSED,
    /** Input that no client of ours sends: invalid texts, parameters given twice, disguised paths. */
    INPUT_REFUSED,
    /** A file with what would act, or that is not what it says: macros, scripts, objects, what comes from elsewhere. */
    CONTENT_REFUSED,
    /** A query with a property that nobody may send, such as an expression: once a day for each person and place. */
    QUERY_REFUSED,
    /** Data left the house. */
    EXPORTED,
    /** Somebody's roles, unit, post, substitute or addresses, or a unit's name or place in the tree. */
    PERMISSION_CHANGED,
    /**
     * A decision table, a template or an import profile: a version of the office's, or what is shipped again; or a year of
     * the calendar.
     */
    RULE_CHANGED,
    /** Somebody asked the engine for a change past the forms: a repair, a deployment, a permission. */
    ENGINE_CHANGED,
    /** An administrator sent a test through a channel, or had failed messages tried again. */
    CHANNEL_TRIED,
    /** The content of a file of evidence was found missing or another than was uploaded. The subject is its item. */
    CONTENT_DAMAGED,
    /** A file of evidence was read as it was uploaded, with where it was taken. */
    ORIGINAL_READ,
    /** Masked particulars of a person were shown. */
    PERSONAL_DATA_SHOWN,
    /** Somebody read the audit trail, exported it, or verified it. */
    AUDIT_READ,
    /** A scanner found malware: in an upload, which was refused, or in stored evidence, which is quarantined. */
    MALWARE_FOUND
}
