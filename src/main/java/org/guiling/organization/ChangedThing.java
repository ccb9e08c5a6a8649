package org.guiling.organization;

/** What an audit event of a change is about: its detail {@value #DETAIL}. Events of before it was told have none. */
public enum ChangedThing {
    /** The subject is its code. */
    UNIT,
    /** The subject is their id. */
    PERSON,
    /** The subject is the id of whoever is absent. */
    SUBSTITUTION;

    public static final String DETAIL = "thing";
}
