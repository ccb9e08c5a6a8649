package org.guiling.organization.change;

/**
 * Kinds of subjects of an audit event of a change: its detail {@value #DETAIL}. Events of earlier versions have none.
 */
public enum ChangedThing {
    /** The subject is its code. */
    UNIT,
    /** The subject is their id. */
    PERSON,
    /** The subject is the id of whoever is absent. */
    SUBSTITUTION;

    public static final String DETAIL = "thing";
}
